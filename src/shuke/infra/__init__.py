"""The outside world behind seams: configuration, database, secrets, web, queue."""
