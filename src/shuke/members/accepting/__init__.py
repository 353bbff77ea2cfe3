"""Proposals accepted in large numbers, above a threshold, and taken back as a whole."""
