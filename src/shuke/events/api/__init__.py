"""The routes: where messages come in, and where people look after them."""
