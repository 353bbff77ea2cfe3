"""Which of the tenders money goes back to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shuke.checkout.model import Tender, TenderKind
from shuke.kernel.rounding import apportion


class TenderPolicy(StrEnum):
    """How money goes back. `same`: to what it was paid with, terminals and wallets before cash. `proportional`: to
    every tender its share. `cash`: over the counter, whatever it was paid with."""

    SAME = "same"
    PROPORTIONAL = "proportional"
    CASH = "cash"


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """`amount_minor` of the `tender_no`-th tender goes back as `kind`, which is the tender's own unless cash was asked
    for."""

    tender_no: int
    kind: TenderKind
    amount_minor: int


def kept(tenders: Sequence[Tender], due_minor: int) -> list[int]:
    """What stayed in the till of each tender: all but the change, which came out of the cash handed over last."""
    change = sum(tender.amount_minor for tender in tenders) - due_minor
    amounts = [tender.amount_minor for tender in tenders]
    for index in reversed(range(len(tenders))):
        if tenders[index].kind is TenderKind.CASH:
            back = min(change, amounts[index])
            amounts[index] -= back
            change -= back
    return amounts


def money_back(
    tenders: Sequence[Tender],
    kept_minor: Sequence[int],
    past: Sequence[MoneyBack],
    amount_minor: int,
    policy: TenderPolicy,
) -> list[MoneyBack]:
    """How `amount_minor` goes back, given what was kept of each tender and what went back of it before.

    No tender gets back more than was kept of it; the caller sees to it that there is enough in all.
    """
    left = list(kept_minor)
    for back in past:
        left[back.tender_no] -= back.amount_minor
    parts = _shares(tenders, left, amount_minor, policy)
    return [
        MoneyBack(number, TenderKind.CASH if policy is TenderPolicy.CASH else tender.kind, part)
        for number, (tender, part) in enumerate(zip(tenders, parts, strict=True))
        if part
    ]


def _shares(tenders: Sequence[Tender], left: Sequence[int], amount_minor: int, policy: TenderPolicy) -> list[int]:
    if policy is TenderPolicy.PROPORTIONAL:
        return apportion(amount_minor, left)
    cash_first = policy is TenderPolicy.CASH
    order = sorted(range(len(left)), key=lambda number: (tenders[number].kind is TenderKind.CASH) is not cash_first)
    parts = [0] * len(left)
    for number in order:
        parts[number] = min(left[number], amount_minor)
        amount_minor -= parts[number]
    return parts
