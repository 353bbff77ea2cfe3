"""Money paid in beforehand: top-ups with bonus, and cards that carry a balance."""
