"""On what goods an offer works, and when, where and for whom: words that earning uses too."""

from shuke.catalog.model import ALL_GOODS, Scope
from shuke.kernel.conditions import Audience, BirthdayTime, Conditions, Who, Window

__all__ = ["ALL_GOODS", "UNCONDITIONAL", "Audience", "BirthdayTime", "Conditions", "Scope", "Who", "Window"]


UNCONDITIONAL = Conditions()
