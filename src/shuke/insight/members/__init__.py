"""Members found, and one member seen from every side."""
