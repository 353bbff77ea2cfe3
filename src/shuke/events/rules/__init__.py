"""What a message means: pure decisions, without a database."""
