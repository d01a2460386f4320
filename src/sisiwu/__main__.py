"""``python -m sisiwu`` is the command line."""

from sisiwu.faces.cli.main import main

if __name__ == "__main__":
    main()
