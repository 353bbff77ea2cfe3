"""The sample: a real grocery chain's year (84.51° "The Complete Journey"), loaded through the importer."""

from shuke.entrypoints.sample.loading import load_sample
from shuke.entrypoints.sample.summary import Summary

__all__ = ["Summary", "load_sample"]
