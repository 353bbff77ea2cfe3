"""Stored value over HTTP."""
