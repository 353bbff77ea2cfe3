"""Segments that are kept: what they are, who is in them, and who came and went."""
