"""Clearing over HTTP."""
