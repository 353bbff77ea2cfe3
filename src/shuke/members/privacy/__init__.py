"""Whose data was seen by whom, what is handed out to members, and how it goes."""
