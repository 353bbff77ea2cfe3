"""A member's personal data goes for good; what she bought and what she had stays in the books, under her number."""
