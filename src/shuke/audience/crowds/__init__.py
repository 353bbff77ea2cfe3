"""A crowd against everybody: what is particular about the members whom a rule tree holds."""
