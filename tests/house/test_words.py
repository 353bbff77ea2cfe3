"""No code of the back end is shown as it is: the console has a word for each, in both languages."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from shuke.checkout.model import OrderStatus, TenderKind
from shuke.checkout.settlement.model import Stage
from shuke.ledger.model import LOT_ASSETS, STORED_ASSETS, Asset, Kind
from shuke.ledger.telling import event_type
from shuke.loyalty.model import RequestStatus
from shuke.members.model import MemberStatus
from shuke.offers.model import CouponStatus, Funder
from shuke.offers.shelves import PACKETS, PROMOTIONS, TEMPLATES
from shuke.stored_value.model import CardStatus
from tests.house.files import sources, text

LANGUAGES = ("zh", "en")
SHELVES = (PROMOTIONS, TEMPLATES, PACKETS)
TELLS = {"record_change", "emit", "tell", "_note", "_record", "_tell", "_become"}
"""Functions that write to the log or the outbox, or hand on to one that does."""
ON_SHELVES = ("created", "changed", "published", "paused", "ended", "removed")
IRREGULAR = {"given", "set", "reset", "paid", "sold", "bound", "due", "left", "sent", "came", "put", "taken"}
NOT_CODES = {"growth.counted", "pair.absorbed"}
"""A path in a document, a column in SQL."""
_CODE = re.compile(r"""["']([a-z_]+)\.([a-z]+(?:_[a-z]+)*)["']""")
_LOGS = re.compile(r"log\.\w+\(")


def _in_the_past(verb: str) -> bool:
    return any(word.endswith("ed") or word in IRREGULAR for word in verb.split("_"))


def _written(path: str) -> Iterator[str]:
    """`noun.verb` in the past tense, in Python or in SQL within it; and whatever is handed to those who tell."""
    for line in text(path).splitlines():
        if not _LOGS.search(line):
            yield from (f"{noun}.{verb}" for noun, verb in _CODE.findall(line) if _in_the_past(verb))
    for call in _telling(path):
        yield from (code for code in map(_constant, call.args[1:2]) if code and re.fullmatch(r"[a-z_]+\.[a-z_]+", code))


def _telling(path: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TELLS:
                yield node


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _of_the_books() -> Iterator[str]:
    """What postings of each asset are told as; some kinds move one asset only."""
    stored = {Kind.TOPPED_UP, Kind.TOP_UP_REFUNDED, Kind.CARD_LOADED, Kind.CARD_MOVED, Kind.PAID_OUT}
    for asset in LOT_ASSETS:
        for kind in Kind:
            if kind in stored and asset not in STORED_ASSETS:
                continue
            if kind is Kind.DEBT_REPAID and asset is not Asset.POINTS:
                continue
            if kind is Kind.RED_PACKET_GRANTED and asset is not Asset.RED_PACKET:
                continue
            yield event_type(asset, kind)
        yield f"{event_type(asset, Kind.EXPIRED).partition('.')[0]}.extended"


def _actions() -> set[str]:
    """What the log and the events call what was done."""
    found = {code for path in sources(".py") if path.startswith("src/shuke/") for code in _written(path)}
    found |= {f"{shelf.noun}.{verb}" for shelf in SHELVES for verb in ON_SHELVES}
    found |= {f"points_request.{status}" for status in RequestStatus if status is not RequestStatus.PENDING}
    return (found | set(_of_the_books())) - NOT_CODES


def _subjects() -> set[str]:
    """What the log's entries are about."""
    found = {shelf.noun for shelf in SHELVES}
    for path in sources(".py"):
        if not path.startswith("src/shuke/"):
            continue
        for call in _telling(path):
            subject = _constant(call.args[2]) if len(call.args) > 2 else None
            if getattr(call.func, "attr", getattr(call.func, "id", "")) == "record_change" and subject:
                found.add(subject)
    return found


def _keys(language: str, file: str, opening: str, closing: str) -> set[str]:
    """The keys of one object of words."""
    source = text(f"web/console/src/locales/{language}/{file}.ts")
    _, found, after = source.partition(opening)
    assert found, f"{opening!r} is not in locales/{language}/{file}.ts"
    inside = after.partition("{")[2].partition(closing)[0]
    return set(re.findall(r"(?:^|[{,])\s*([a-z_]+):", inside, re.MULTILINE))


def _codes(language: str, name: str) -> set[str]:
    return _keys(language, "codes", f"export const {name}", "\n};")


def _labels(language: str, name: str) -> set[str]:
    return _keys(language, "labels", f"  {name}:", "}")


def _missing(codes: Iterable[str], words: set[str]) -> list[str]:
    return sorted(code for code in codes if code.replace(".", "_") not in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_done_has_words(language: str) -> None:
    assert _missing(_actions(), _codes(language, "actions")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over(language: str) -> None:
    """Words of codes that nobody writes any more."""
    assert _codes(language, "actions") - {code.replace(".", "_") for code in _actions()} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_was_done_to_has_words(language: str) -> None:
    assert _missing(_subjects(), _codes(language, "subjects")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_books_have_words(language: str) -> None:
    assert _missing(Kind, _codes(language, "postings")) == []
    assert _missing(Asset, _labels(language, "asset")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_statuses_and_kinds_have_words(language: str) -> None:
    assert _missing(CardStatus, _codes(language, "cardStatuses")) == []
    for name, codes in (
        ("orderStatus", OrderStatus),
        ("couponStatus", (*CouponStatus, "expired")),
        ("memberStatus", MemberStatus),
        ("tender", TenderKind),
        ("stage", Stage),
        ("funder", Funder),
    ):
        assert _missing(codes, _labels(language, name)) == [], name


def test_the_log_can_be_asked_for_what_it_has_words_for() -> None:
    """The choice on the page holds what the log records, and nothing else."""
    source = text("web/console/src/pages/audit/actions.ts")
    offered = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', source))
    assert offered <= _actions()
