"""Files in: reading, mapping, checking and loading them in resumable steps (J3)."""
