"""How identifiers make persons. Pure."""
