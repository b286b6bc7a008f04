"""Which method beats which, on which benchmark, and how do we know."""

__version__ = "0.1.0"
