"""Insight into any crowd, over HTTP."""
