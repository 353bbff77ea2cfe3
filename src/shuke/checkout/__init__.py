"""Settling a basket: quote, order, tenders (C)."""
