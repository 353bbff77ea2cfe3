"""Readers of single columns, vectorised: each takes a column as the file has it and gives values and bad rows.

Text files hand in strings; Parquet and Excel may hand in numbers, dates and times, which are taken as they are.
Money becomes int64 minor units and quantities int64 thousandths, both exactly: more digits than there are is bad.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shuke.infra.imports.fields import Column, Mask, Parsed, Parser
from shuke.kernel.money import MAX_MINOR, MINOR_DIGITS
from shuke.kernel.text import Text

MILLI = 1000
"""Quantities are counted in thousandths."""


def text(max_length: int = 200) -> Parser:
    """Trimmed text; empty becomes null. Control characters and over-long values are bad."""
    reason = Text(
        f"最多 {max_length} 个字符，不能含控制字符", f"at most {max_length} characters, no control characters"
    )

    def parse(column: Column) -> Parsed:
        values = _strings(column)
        if pa.types.is_integer(column.type):
            return _parsed(values, pc.greater(pc.binary_length(values), max_length), reason)
        wrong = pc.or_(
            pc.greater(pc.utf8_length(values), max_length), pc.match_substring_regex(values, "[\\x00-\\x1f\\x7f]")
        )
        return _parsed(values, wrong, reason)

    return parse


def choice(words: Mapping[str, tuple[str, ...]]) -> Parser:
    """One of a few values, under any of its names (compared without case)."""
    meaning = {name.casefold(): value for value, names in words.items() for name in (value, *names)}
    reason = Text(f"只能是 {'、'.join(words)}", f"must be one of {', '.join(words)}")
    keys, results = pa.array(list(meaning)), pa.array(list(meaning.values()))

    def parse(column: Column) -> Parsed:
        values = _strings(column)
        found = results.take(pc.index_in(pc.utf8_lower(values), keys))
        return _parsed(found, pc.and_(values.is_valid(), found.is_null()), reason)

    return parse


def integer(low: int, high: int) -> Parser:
    reason = Text(f"应为 {low} 到 {high} 的整数", f"must be a whole number from {low} to {high}")
    return _number(scale=0, low=low, high=high, reason=reason)


def money(currency: str) -> Parser:
    """`12.30` → 1230 minor units. Neither thousands separators nor currency signs: a guess could be wrong."""
    digits = MINOR_DIGITS[currency]
    reason = Text(f"应为金额，最多 {digits} 位小数", f"must be an amount with at most {digits} decimals")
    return _number(scale=digits, low=-MAX_MINOR, high=MAX_MINOR, reason=reason)


def minor() -> Parser:
    """Amounts given in minor units already."""
    reason = Text("应为以分为单位的整数", "must be a whole number of minor units")
    return _number(scale=0, low=-MAX_MINOR, high=MAX_MINOR, reason=reason)


def quantity(high: int = 1_000_000) -> Parser:
    """Up to three decimals, as int64 thousandths; not negative."""
    reason = Text(f"应为 0 到 {high} 的数量，最多 3 位小数", f"must be from 0 to {high} with at most 3 decimals")
    return _number(scale=3, low=0, high=high * MILLI, reason=reason)


def _number(*, scale: int, low: int, high: int, reason: Text) -> Parser:
    def parse(column: Column) -> Parsed:
        values, exact = _scaled(column, scale)
        within = pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))
        wrong = pc.or_(pc.invert(exact), pc.fill_null(pc.invert(within), False))
        return _parsed(values, wrong, reason)

    return parse


def _scaled(column: Column, scale: int) -> tuple[Column, Column]:
    """`column` × 10^scale as int64, and where that was exact (or the cell empty)."""
    factor = 10**scale
    if pa.types.is_integer(column.type):
        wide = pc.cast(column, pa.int64())
        fits = pc.less_equal(pc.abs(pc.max_element_wise(wide, -MAX_MINOR * 10)), MAX_MINOR * 10)
        safe = pc.if_else(fits, wide, None)
        return pc.multiply(safe, factor), pc.fill_null(fits, True)
    if pa.types.is_floating(column.type):
        return _scaled_floats(column, factor)
    if pa.types.is_decimal(column.type):
        return _scaled_decimals(column, factor)
    words = _strings(column)
    plain = pc.match_substring_regex(words, rf"^[+-]?[0-9]{{1,14}}(\.[0-9]{{0,{scale}}}0*)?$")
    trimmed = pc.replace_substring_regex(pc.if_else(plain, words, None), rf"(\.\d{{{scale}}})0+$", r"\1")
    bare = pc.replace_substring_regex(pc.replace_substring_regex(trimmed, r"\.$", ""), r"^\+", "")
    exact = pc.cast(bare, pa.decimal128(20, 3))
    scaled = pc.cast(pc.multiply(exact, pa.scalar(factor, pa.decimal128(5, 0))), pa.int64(), safe=False)
    return scaled, pc.fill_null(plain, True)


def _scaled_floats(column: Column, factor: int) -> tuple[Column, Column]:
    """Binary fractions are taken only when they are the nearest ones to a decimal with few enough digits."""
    raw = column.to_numpy(zero_copy_only=False).astype(np.float64)
    empty = column.is_null().to_numpy(zero_copy_only=False)
    finite = np.isfinite(raw) & (np.abs(raw) < MAX_MINOR)
    whole = np.rint(np.where(finite, raw, 0) * factor)
    close = np.abs(np.where(finite, raw, 0) * factor - whole) < 1e-6 * np.maximum(1, np.abs(whole) * 1e-9)
    exact = empty | (finite & close)
    return pa.array(whole.astype(np.int64), mask=empty | ~exact), pa.array(exact)


def _scaled_decimals(column: Column, factor: int) -> tuple[Column, Column]:
    within = pc.less_equal(pc.abs(column), pa.scalar(MAX_MINOR))
    scaled = pc.multiply(pc.if_else(within, column, None), pa.scalar(Decimal(factor)))
    whole = pc.cast(scaled, pa.int64(), safe=False)
    exact = pc.and_(pc.fill_null(within, True), pc.fill_null(pc.equal(scaled, whole), True))
    return whole, exact


_DATE = r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$"
_DATE_REASON = Text("应为日期，如 2026-03-02", "must be a date such as 2026-03-02")


def date(column: Column) -> Parsed:
    """ISO dates, also with slashes or dots; date32."""
    if pa.types.is_date(column.type):
        return _parsed(pc.cast(column, pa.date32()), pa.array(np.zeros(len(column), bool)), _DATE_REASON)
    if pa.types.is_timestamp(column.type):
        return _parsed(pc.cast(column, pa.date32(), safe=False), pa.array(np.zeros(len(column), bool)), _DATE_REASON)
    words = pc.replace_substring_regex(_strings(column), r"[ T]00:00:00$", "")
    shaped = pc.if_else(pc.match_substring_regex(words, _DATE), words, None)
    iso = pc.replace_substring_regex(shaped, _DATE, r"\1-\2-\3")
    iso = pc.replace_substring_regex(iso, r"-(\d)(-|$)", r"-0\1\2")
    iso = pc.replace_substring_regex(iso, r"-(\d)$", r"-0\1")
    values = pc.cast(pc.strptime(iso, format="%Y-%m-%d", unit="s", error_is_null=True), pa.date32())
    # strptime lets the 31st of February roll over: what does not read back the same was no date.
    same = pc.equal(pc.cast(values, pa.string()), iso)
    values = pc.if_else(pc.fill_null(same, False), values, None)
    return _parsed(values, pc.and_(words.is_valid(), values.is_null()), _DATE_REASON)


_STAMP = r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(\.\d{1,6})?\d*)?$"
_STAMP_REASON = Text("应为时间，如 2026-03-02 18:30:00", "must be a time such as 2026-03-02 18:30:00")


def moment(timezone: str) -> Parser:
    """A point in time, UTC; values that name no zone are the merchant's local time.

    Local times that happen twice a year are taken as the earlier, those that never happen as the moment after.
    """

    def parse(column: Column) -> Parsed:
        if pa.types.is_timestamp(column.type):
            values = _absolute(column, timezone)
            return _parsed(values, pa.array(np.zeros(len(column), bool)), _STAMP_REASON)
        if pa.types.is_date(column.type):
            values = _absolute(pc.cast(column, pa.timestamp("us")), timezone)
            return _parsed(values, pa.array(np.zeros(len(column), bool)), _STAMP_REASON)
        words = _strings(column)
        zoned = pc.fill_null(pc.match_substring_regex(words, r"\d(Z|[+-]\d{2}:?\d{2})$"), False)
        body = pc.replace_substring_regex(words, r"(Z|[+-]\d{2}:?\d{2})$", "")
        naive = _naive(pc.if_else(zoned, body, words))
        shift = _offsets(pc.if_else(zoned, words, None))
        local = _absolute(pc.if_else(zoned, None, naive), timezone)
        utc = pc.cast(pc.if_else(zoned, pc.subtract(naive, shift), None), pa.timestamp("us", "UTC"))
        values = pc.coalesce(utc, local)
        return _parsed(values, pc.and_(words.is_valid(), values.is_null()), _STAMP_REASON)

    ZoneInfo(timezone)
    return parse


def _naive(words: Column) -> Column:
    shaped = pc.if_else(pc.match_substring_regex(words, _STAMP), words, None)
    iso = pc.replace_substring_regex(shaped, "[/]", "-")
    iso = pc.replace_substring_regex(iso, r"-(\d)\b", r"-0\1")
    iso = pc.replace_substring_regex(iso, r"[ T](\d):", r" 0\1:")
    iso = pc.replace_substring_regex(iso, r"T", " ")
    iso = pc.replace_substring_regex(iso, r"^(\S+)$", r"\1 00:00")
    iso = pc.replace_substring_regex(iso, r" (\d{2}:\d{2})$", r" \1:00")
    iso = pc.replace_substring_regex(iso, r"\.\d*$", "")
    values = pc.strptime(iso, format="%Y-%m-%d %H:%M:%S", unit="us", error_is_null=True)
    same = pc.fill_null(pc.equal(pc.strftime(values, format="%Y-%m-%d"), pc.utf8_slice_codeunits(iso, 0, 10)), False)
    return pc.if_else(same, values, None)


def _offsets(words: Column) -> Column:
    """Distance from UTC as durations: `+08:00` → eight hours; Z and no zone → zero."""
    sign = pc.if_else(pc.match_substring_regex(words, r"-\d{2}:?\d{2}$"), -1, 1)
    hours = _part(words, r"^.*[+-](\d{2}):?(\d{2})$", r"\1")
    minutes = _part(words, r"^.*[+-](\d{2}):?(\d{2})$", r"\2")
    seconds = pc.multiply(pc.multiply(sign, pc.add(pc.multiply(hours, 60), minutes)), 60)
    return pc.cast(pc.cast(seconds, pa.int64()), pa.duration("s"))


def _part(words: Column, pattern: str, part: str) -> Column:
    found = pc.if_else(pc.match_substring_regex(words, pattern), pc.replace_substring_regex(words, pattern, part), "0")
    return pc.cast(found, pa.int64())


def _absolute(column: Column, timezone: str) -> Column:
    stamps = pc.cast(column, pa.timestamp("us", column.type.tz))
    if column.type.tz is None:
        stamps = pc.assume_timezone(stamps, timezone, ambiguous="earliest", nonexistent="latest")
    return pc.cast(stamps, pa.timestamp("us", "UTC"))


def each(parse_one: Callable[[str], str | None], reason: Text) -> Parser:
    """For what no vector function knows (phones, emails): `parse_one` gives None for bad text."""

    def parse(column: Column) -> Parsed:
        words = _strings(column)
        values = pa.array([None if word is None else parse_one(word) for word in words.to_pylist()], pa.string())
        return _parsed(values, pc.and_(words.is_valid(), values.is_null()), reason)

    return parse


def _strings(column: Column) -> Column:
    """As trimmed text, empty as null. The apostrophe that our exports put before a `=`, `+`, `-` or `@` goes again."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_integer(column.type):
        return pc.cast(column, pa.string())
    words = column if pa.types.is_string(column.type) else pc.cast(column, pa.string())
    words = pc.utf8_trim_whitespace(words)
    if pc.any(pc.starts_with(words, "'")).as_py():
        words = pc.replace_substring_regex(words, r"^'([=+@-])", r"\1")
    return pc.if_else(pc.equal(words, ""), None, words)


def _parsed(values: Column, wrong: Any, reason: Text) -> Parsed:
    mask: Mask = pc.fill_null(wrong, False).to_numpy(zero_copy_only=False).astype(np.bool_)
    if mask.any():
        values = pc.if_else(pa.array(mask), None, values)
    return Parsed(values, mask, reason)
