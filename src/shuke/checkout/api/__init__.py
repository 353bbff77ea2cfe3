"""Checkout over HTTP."""
