"""The `sotagraph` command."""

from sotagraph.cli import main

if __name__ == "__main__":
    main()
