"""What is decided about stored value. Pure."""
