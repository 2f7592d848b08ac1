"""`python -m epochal`: the command line without an installed script."""

from epochal.cli.main import main

if __name__ == "__main__":
    main()
