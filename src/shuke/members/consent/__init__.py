"""What members agreed to: for which purpose, through which channel, with which text."""
