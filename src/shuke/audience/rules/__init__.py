"""Decisions about rule trees: days of a window, what is wrong with a tree. Pure."""
