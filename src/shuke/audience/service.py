"""The audience as other domains use it."""

from shuke.audience.previewing import preview

__all__ = ["preview"]
