"""By what people are recognised."""

Key = tuple[str, bytes]
"""A namespace, and the blind index of a value in it."""
