"""The settings of the three trainings that lead to the shipped weights."""

# MiniLM on the gold alone: the start of the student, and the plain figure that distillation has to beat.
PLAIN: dict[str, object] = {"kind": "minilm", "epochs": 8, "rate": 3e-4, "average": 0.99, "look_from": 4}

# MPNet, its lowest layers as packaged: they are computed once per text and kept.
TEACHER: dict[str, object] = {
    "kind": "mpnet",
    "epochs": 4,
    "rate": 1e-4,
    "frozen": 7,
    "average": 0.98,
    "look_from": 3,
}

# How many abstracts the teacher tags.
LABELLED = 800

# The student: half the inner units of MiniLM, taught by the gold and by the teacher's probabilities.
STUDENT: dict[str, object] = {"kind": "minilm", "inner": 768, "epochs": 3, "rate": 2e-4, "average": 0.99, "look_from": 2}
