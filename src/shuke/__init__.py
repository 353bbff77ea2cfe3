"""Shuke 熟客: membership operations for retailers and restaurants."""

__version__ = "0.1.0"
