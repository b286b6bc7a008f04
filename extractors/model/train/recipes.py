"""The settings of the trainings that lead to the shipped weights, in their order."""

Settings = dict[str, object]

# MiniLM as packaged, on the gold alone.
BEGIN: Settings = {"kind": "minilm", "epochs": 8, "until": 2, "rate": 3e-4, "look_from": 4}

# How many of the 1,536 inner units of a layer stay.
INNER = 768

# On the gold again, until the missing units are made up for.
NARROW: Settings = {
    "kind": "minilm",
    "inner": INNER,
    "epochs": 6,
    "until": 3,
    "rate": 3e-4,
    "average": 0.98,
    "look_from": 2,
}

# How many abstracts it then tags by itself.
LABELLED = 500

# From the same start: once with its own consistent reading of those abstracts, once with SciREX under a head of its own.
READ: Settings = {
    "kind": "minilm",
    "inner": INNER,
    "epochs": 2,
    "rate": 2.5e-4,
    "average": 0.985,
    "seed": 3,
    "look_from": 1,
}
SCIREX: Settings = {
    "kind": "minilm",
    "inner": INNER,
    "epochs": 3,
    "rate": 2e-4,
    "average": 0.985,
    "seed": 2,
    "look_from": 1,
    "corpus_labels": {"scirex": ["Method", "Task", "Metric", "Material"]},
}
