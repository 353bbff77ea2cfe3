"""`python -m shuke` is the `shuke` command."""

from shuke.entrypoints.cli.app import main

main()
