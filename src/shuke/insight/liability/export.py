"""The report as a file: one figure a row, so that a spreadsheet can filter and sum it."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from shuke.infra.csv_export import Cell
from shuke.insight.liability.model import Liability, Movement
from shuke.insight.liability.views import month_name

HEADER = ("month", "section", "asset", "item", "detail", "amount")

_MOVES = tuple(field.name for field in fields(Movement) if field.name != "asset")


def rows(found: Liability) -> Iterator[Sequence[Cell]]:
    month = month_name(found.month.first)
    for section, asset, item, detail, amount in _figures(found):
        yield month, section, asset, item, detail, amount


_Figure = tuple[str, str, str, str, int]


def _figures(found: Liability) -> Iterator[_Figure]:
    yield from _in_wallets(found)
    for item in ("unactivated", "unactivated_minor", "active", "active_minor"):
        yield "cards", "", item, "", getattr(found.cards, item)
    for each in found.coupons:
        yield "coupons", "", "count", each.code, each.coupons
        if each.face_minor is not None:
            yield "coupons", "", "worth_minor", each.code, each.worth_minor
    for cohort in found.cohorts:
        for item in ("issued", "used", "expired", "outstanding", "breakage_bps"):
            yield "breakage", cohort.asset, item, month_name(cohort.month), getattr(cohort, item)
    for cost in found.subsidies:
        who = f"{cost.funder}:{cost.party}" if cost.party else str(cost.funder)
        yield "subsidies", "", who, cost.stage, cost.amount_minor


def _in_wallets(found: Liability) -> Iterator[_Figure]:
    for move in found.movements:
        for item in (*_MOVES, "closing"):
            yield "movements", move.asset, item, "", getattr(move, item)
    for each in found.outstanding:
        for item in ("total", "spendable", "pending", "overdue", "worth_minor"):
            yield "outstanding", each.asset, item, "", getattr(each, item)
        for month, amount in each.expiring:
            yield "outstanding", each.asset, "expiring", month_name(month) if month else "never", amount
        for wallet, amount in each.wallets.items():
            yield "outstanding", each.asset, "wallets", wallet, amount
