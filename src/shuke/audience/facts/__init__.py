"""What the lake knows of members, and how it is laid out for reading."""
