"""What others tell of members fills what is known about them: as if all of it had come in the order of time."""
