"""Imports as every way in uses them: the command line, the API, the worker and the sample."""
