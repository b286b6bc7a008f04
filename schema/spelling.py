"""Two spellings of one name have one key; what tells names apart (digits, sizes, signs, language pairs) stays in it."""

import re
import unicodedata
from functools import lru_cache

# Words, numbers with their suffix (7b, 3.5, 4o), and each sign that distinguishes names.
_TOKEN = re.compile(r"\d+(?:\.\d+)*[^\W\d_]*|[^\W\d_]+|[+*#/@^&%=<>!?]")
_BARE_FRACTION = re.compile(r"(?<![\w.])\.(?=\d)")
_ACRONYM_PLURAL = re.compile(r"([A-Z][A-Za-z]*[A-Z])s$")

# Heads whose plural names the same thing ("Pointer Networks"); a bare final s is kept ("Keras", "DeepSeeds"), and so is a
# capital or separate one ("ImageNet-S").
_PLURAL_HEAD = re.compile(
    "(?i:accuracies|agents|algorithms|architectures|attacks|autoencoders|classifiers|convolutions|correlations|costs|"
    "decoders|distances|embeddings|encoders|ensembles|errors|estimators|fields|forests|functions|games|gans|gates|"
    "gradients|graphs|kernels|layers|losses|machines|mechanisms|methods|metrics|mixtures|models|modules|nets|networks|"
    "operators|perceptrons|perplexities|policies|processes|prompts|proofs|questions|rates|ratios|regressions|samplers|"
    "scores|systems|tasks|thoughts|times|transformers|trees|units|vectors)(?<=s)$"
)

# British spellings, and Greek letters that come from TeX ("β-VAE" is "beta-VAE").
_SPELLED = {"isation": "ization", "modelling": "modeling", "labelling": "labeling", "behaviour": "behavior"}
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi "
    "omega"
)
_GREEK_NAME = dict(zip(map(ord, "αβγδεζηθικλμνξοπρστυφχψω"), _GREEK.split(), strict=True))


# A name is asked for when its paper is read, when it is written, and with every other paper that has it.
@lru_cache(maxsize=2**14)
def name_key(name: str) -> str:
    """Return the form in which two spellings of one name are equal; "" if the name has nothing to go by.

    >>> name_key("Llama-2 7B"), name_key("Llama-27B"), name_key("Neural Turing Machines")
    ('llama2-7b', 'llama27b', 'neuralturingmachine')
    """
    name = unicodedata.normalize("NFKC", name).strip()
    name = _PLURAL_HEAD.sub(_singular, _ACRONYM_PLURAL.sub(r"\1", name))
    name = unicodedata.normalize("NFKC", name.casefold()).translate(_GREEK_NAME)
    key = _joined(_TOKEN.findall(_BARE_FRACTION.sub("0.", name)))
    for spelled, instead in _SPELLED.items():
        key = key.replace(spelled, instead)
    return key


def _joined(tokens: list[str]) -> str:
    # Spaces don't distinguish ("mini F2F", "Alpha Code"), but between two numbers they do ("Llama 2 7B", "Llama 27B").
    key = ""
    for token in tokens:
        key += f"-{token}" if key[-1:].isdigit() and token[0].isdigit() else token
    return key


def _singular(plural: re.Match[str]) -> str:
    word = plural.group()
    if word.lower().endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.lower().endswith("sses") else word[:-1]
