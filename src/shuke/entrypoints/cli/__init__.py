"""The `shuke` command."""
