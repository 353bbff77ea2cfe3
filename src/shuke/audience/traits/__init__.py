"""What is known of every member each night, reckoned for all at once over the lake's native copy."""
