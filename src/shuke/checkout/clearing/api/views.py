"""How clearing is shown and what it hears."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from shuke.checkout.clearing.model import (
    BonusBearer,
    Closing,
    DayStatus,
    DayTotals,
    Debt,
    Entry,
    FactKind,
    Party,
    PartyKind,
    Position,
    Reason,
    Statement,
    Terms,
)
from shuke.checkout.clearing.words import PARTIES, REASONS
from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import OrderId
from shuke.infra.http_refs import StoreRef
from shuke.kernel.ids import Prefix, parse, show
from shuke.tenancy.model import Store

Stores = Mapping[UUID, Store]


class ClearingParty(View):
    """`id` is what filters and exports take: merchant, platform, a store's id, or partner:name."""

    id: str
    kind: PartyKind
    name: TextView
    store: StoreRef | None

    @classmethod
    def of(cls, party: Party, stores: Stores) -> "ClearingParty":
        found = stores.get(party.store_id) if party.store_id else None
        own = found.name if found else party.name
        name = TextView(zh=own, en=own) if own else TextView.of(PARTIES[party.kind])
        return cls(id=party_id(party), kind=party.kind, name=name, store=StoreRef.of(found) if found else None)


def party_id(party: Party) -> str:
    return show(Prefix.STORE, party.store_id) if party.store_id else party.key


def read_party(text: str) -> Party:
    """The party with this id; raises ValueError."""
    kind, _, name = text.partition(":")
    match kind:
        case "merchant" | "platform" if text == kind:
            return Party(text)
        case "partner" if text != kind:
            return Party(f"partner:{name}")
    return Party(f"store:{parse(Prefix.STORE, text)}")


class ClearingTermsView(View):
    """`stores_settle`: each store has accounts of its own. `merchant_funds`: head office pays them for its benefits."""

    since: date
    stores_settle: bool
    merchant_funds: bool
    bonus_bearer: BonusBearer

    @classmethod
    def of(cls, terms: Terms) -> "ClearingTermsView":
        return cls.model_validate(terms)


class ClearingTermsBody(Body):
    """What is named changes, for all days that are still open."""

    since: date | None = Field(default=None, ge=date(2000, 1, 1), le=date(2999, 12, 31))
    stores_settle: bool | None = None
    merchant_funds: bool | None = None
    bonus_bearer: BonusBearer | None = None


class ClearingDay(View):
    """`amount_minor` is the sum of the entries; `late` of them are of days that had been closed before."""

    day: date
    status: DayStatus
    entries: int
    late: int
    amount_minor: int
    closed_at: datetime | None

    @classmethod
    def of(cls, day: DayTotals) -> "ClearingDay":
        totals = day.totals
        return cls(
            day=day.business_day,
            status=day.status,
            entries=totals.entries,
            late=totals.late,
            amount_minor=totals.amount_minor,
            closed_at=day.closed_at,
        )


class ClearingDays(View):
    items: list[ClearingDay]
    next_cursor: str | None


class ClearingPosition(View):
    """Over all parties the net amounts add up to nothing."""

    party: ClearingParty
    pays_minor: int
    receives_minor: int
    net_minor: int

    @classmethod
    def of(cls, position: Position, stores: Stores) -> "ClearingPosition":
        return cls(
            party=ClearingParty.of(position.party, stores),
            pays_minor=position.pays_minor,
            receives_minor=position.receives_minor,
            net_minor=position.net_minor,
        )


class ClearingDebt(View):
    """A cell of the matrix: what `debtor` owes `creditor` for one reason."""

    debtor: ClearingParty
    creditor: ClearingParty
    reason: Reason
    label: TextView
    entries: int
    late: int
    amount_minor: int

    @classmethod
    def of(cls, debt: Debt, stores: Stores) -> "ClearingDebt":
        return cls(
            debtor=ClearingParty.of(debt.debtor, stores),
            creditor=ClearingParty.of(debt.creditor, stores),
            reason=debt.reason,
            label=TextView.of(REASONS[debt.reason]),
            entries=debt.entries,
            late=debt.late,
            amount_minor=debt.amount_minor,
        )


class ClearingReason(View):
    reason: Reason
    label: TextView
    entries: int
    amount_minor: int


class ClearingStatement(View):
    """What parties owe each other over some days. Days from `open_from` on may still change."""

    model_config = ConfigDict(from_attributes=True, validate_by_name=True)

    from_: date = Field(alias="from")
    to: date
    open_from: date | None
    entries: int
    late: int
    positions: list[ClearingPosition]
    debts: list[ClearingDebt]
    reasons: list[ClearingReason]

    @classmethod
    def of(cls, found: Statement, stores: Stores) -> "ClearingStatement":
        return cls(
            from_=found.first,
            to=found.last,
            open_from=found.open_from,
            entries=found.entries,
            late=found.late,
            positions=[ClearingPosition.of(each, stores) for each in found.positions],
            debts=[ClearingDebt.of(debt, stores) for debt in found.debts],
            reasons=_reasons(found.debts),
        )


class ClearingDayDetail(View):
    day: ClearingDay
    statement: ClearingStatement


def _reasons(debts: Sequence[Debt]) -> list[ClearingReason]:
    mine = {reason: [debt for debt in debts if debt.reason is reason] for reason in Reason}
    return [
        ClearingReason(
            reason=reason,
            label=TextView.of(REASONS[reason]),
            entries=sum(debt.entries for debt in found),
            amount_minor=sum(debt.amount_minor for debt in found),
        )
        for reason, found in mine.items()
        if found
    ]


class ClearingEntry(View):
    """`number` is that of the order, where there is one; `late` where `own_day` had been closed before."""

    id: str
    day: date
    own_day: date
    late: bool
    debtor: ClearingParty
    creditor: ClearingParty
    reason: Reason
    kind: FactKind
    order_id: OrderId | None
    number: str | None
    amount_minor: int

    @classmethod
    def of(cls, entry: Entry, stores: Stores) -> "ClearingEntry":
        return cls(
            id=entry.entry_id.hex,
            day=entry.business_day,
            own_day=entry.own_day,
            late=entry.late,
            debtor=ClearingParty.of(entry.debtor, stores),
            creditor=ClearingParty.of(entry.creditor, stores),
            reason=entry.reason,
            kind=entry.kind,
            order_id=entry.order_id,
            number=entry.number,
            amount_minor=entry.amount_minor,
        )


class ClearingEntries(View):
    items: list[ClearingEntry]
    next_cursor: str | None


class CloseBody(Body):
    """`preview`: only say what closing would come to; nothing is written."""

    preview: bool = False


class ClosingView(View):
    """The days from `from` to `to` are closed now (or would be); none where they had been before."""

    model_config = ConfigDict(from_attributes=True, validate_by_name=True)

    from_: date | None = Field(alias="from")
    to: date
    preview: bool
    days: int
    entries: int
    late: int
    amount_minor: int
    positions: list[ClearingPosition]

    @classmethod
    def of(cls, closing: Closing, stores: Stores, *, preview: bool) -> "ClosingView":
        return cls(
            from_=closing.first,
            to=closing.last,
            preview=preview,
            days=closing.days,
            entries=closing.entries,
            late=closing.late,
            amount_minor=closing.amount_minor,
            positions=[ClearingPosition.of(each, stores) for each in closing.positions],
        )
