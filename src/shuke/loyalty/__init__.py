"""Earn rules and tiers (B1, B2)."""
