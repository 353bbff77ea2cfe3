"""Paid membership: opened, renewed, upgraded, cancelled; what it costs and what comes back."""
