"""The command line: each command is a thin shell over a plain function."""

from sotagraph.cli.app import main

__all__ = ["main"]
