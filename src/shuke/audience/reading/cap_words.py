"""A cap in words, to follow those of a tree."""

from shuke.audience.model import ByAttribute, ByMeasure, ByRegistered, Cap, Measure, Missing, Random, Top
from shuke.audience.reading.words import REGISTERED, Named, counted, measured, property_words
from shuke.kernel.text import Text


def capped(cap: Cap, name: Named) -> Text:
    match cap:
        case Random(count):
            return Text(f"随机抽取 {count:,} 人", f"{count:,} of them at random")
        case Top(count, by, lowest):
            what = _what(by, name)
            zh, en = ("最低", "lowest") if lowest else ("最高", "highest")
            return Text(f"取{what.zh}{zh}的 {count:,} 人", f"the {count:,} with the {en} of {what.en}")


def _what(by: ByAttribute | ByRegistered | ByMeasure, name: Named) -> Text:
    match by:
        case ByAttribute(attribute):
            return property_words(attribute)
        case ByRegistered(attribute):
            return name(REGISTERED, attribute)
        case ByMeasure(what, aggregate, of):
            return counted(what, name) if aggregate is None else measured(Measure(what, aggregate, Missing(), of), name)
