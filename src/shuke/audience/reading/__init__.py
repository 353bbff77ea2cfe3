"""The readers of a rule tree: crowds in sets, one member in plain Python, words. They agree (tests/audience)."""
