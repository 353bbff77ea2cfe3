"""Products, categories and prices (D1)."""
