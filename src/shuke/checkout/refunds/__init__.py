"""Refunds: what each instrument gets back, and giving it back. `rules.py` is the place to start."""
