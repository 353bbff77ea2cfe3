"""Who owes whom, and which days can be closed. Pure; the SQL of `owing.py` asks here who bears what.

Told with an example in docs/algorithms/clearing.md.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from shuke.checkout.clearing.errors import DayNotOver
from shuke.checkout.clearing.model import Bearer, BonusBearer, Debt, Position, Terms, Window
from shuke.offers.model import Funder


def discount_bearers(terms: Terms) -> Mapping[Funder, Bearer]:
    """Who bears a discount, by whom its offer says funds it.

    Where stores do not settle on their own, what the merchant or any of its stores funds is funded by the seller: they
    share one purse.
    """
    if not terms.stores_settle:
        own = Bearer.SELLER
        return {
            Funder.MERCHANT: own,
            Funder.STORE: own,
            Funder.PLATFORM: Bearer.PLATFORM,
            Funder.PARTNER: Bearer.PARTNER,
        }
    return {
        Funder.MERCHANT: Bearer.MERCHANT if terms.merchant_funds else Bearer.SELLER,
        Funder.STORE: Bearer.NAMED_STORE,
        Funder.PLATFORM: Bearer.PLATFORM,
        Funder.PARTNER: Bearer.PARTNER,
    }


def issuer_bears_bonus(terms: Terms) -> bool:
    return terms.stores_settle and terms.bonus_bearer is BonusBearer.ISSUING_STORE


def window(terms: Terms, closed: date | None, today: date) -> Window:
    """Where clearing stands, the last day closed being `closed`."""
    first = terms.since if closed is None else closed + timedelta(days=1)
    return Window(first, today, closed)


def clearing_day(own_day: date, first_open: date) -> date:
    """The day on which something of `own_day` is cleared: its own, or the next one that is still open."""
    return max(own_day, first_open)


def check_over(of: Window, day: date) -> None:
    """Raises DayNotOver."""
    if day >= of.today:
        raise DayNotOver(day=day.isoformat(), today=of.today.isoformat())


def positions(debts: Iterable[Debt]) -> list[Position]:
    """Each party's side, those who receive most first. Their net amounts add up to nothing, since every debt has two
    sides."""
    pays: dict[str, int] = {}
    receives: dict[str, int] = {}
    parties = {}
    for debt in debts:
        for party, side in ((debt.debtor, pays), (debt.creditor, receives)):
            parties[party.key] = party
            side[party.key] = side.get(party.key, 0) + debt.amount_minor
    found = [Position(party, pays.get(key, 0), receives.get(key, 0)) for key, party in parties.items()]
    return sorted(found, key=lambda each: (-each.net_minor, each.party.key))
