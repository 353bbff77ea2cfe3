"""Members: identity, profile, consent (A)."""
