"""The best combination of optional rights, found exactly."""
