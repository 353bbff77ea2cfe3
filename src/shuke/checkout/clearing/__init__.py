"""Clearing: who owes whom, per business day, between stores, the merchant, the platform and partners."""
