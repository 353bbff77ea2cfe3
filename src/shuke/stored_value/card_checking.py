"""A card is shown: number and PIN, or the pass that says they were right a moment ago."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import TooManyTries
from shuke.stored_value import card_store
from shuke.stored_value.batches import pin_hash
from shuke.stored_value.errors import CardNotUsable, CardNumberWrong, CardOrPinWrong, CardPassExpired
from shuke.stored_value.model import Card, CardStatus
from shuke.stored_value.rules.cards import make_pass, read_number, read_pass, wait
from shuke.stored_value.tables import cards
from shuke.stored_value.words import STATUS_NAMES

_C = cards.c


def count_try(unit: Unit, number: str) -> str:
    """Count one attempt at the card's PIN, before it is looked at, in a transaction of its own: guesses sent side by
    side cannot slip through together, and one that fails stays counted. Returns the number without blanks.

    Raises CardNumberWrong, and TooManyTries, which counts nothing.
    """
    known = read_number(number)
    if known is None:
        raise CardNumberWrong
    here = (_C.merchant_id == unit.merchant_id, _C.number == known)
    row = unit.connection.execute(sa.select(_C.tries, _C.last_try_at).where(*here).with_for_update()).first()
    if row is not None:
        now = unit.now()
        pause = wait(row.tries, row.last_try_at, now)
        if pause:
            raise TooManyTries(seconds=int(pause.total_seconds()) + 1)
        unit.connection.execute(cards.update().where(*here).values(tries=_C.tries + 1, last_try_at=now))
    return known


def check(open_unit: Callable[[], AbstractContextManager[Unit]], number: str, pin: str) -> tuple[Card, str]:
    """The card with this number and PIN, and a pass that stands for them for some minutes.

    Raises CardNumberWrong, TooManyTries, and CardOrPinWrong, which does not say which.
    """
    with open_unit() as unit:
        known = count_try(unit, number)
    with open_unit() as unit:
        card_id = unit.connection.scalar(
            sa.select(_C.card_id).where(
                _C.merchant_id == unit.merchant_id, _C.number == known, _C.pin_hash == pin_hash(unit, known, pin)
            )
        )
        if card_id is None:
            raise CardOrPinWrong
        card_store.change(unit, [card_id], tries=0, last_try_at=None)
        return card_store.get(unit, card_id), make_pass(card_id, unit.now(), _keyed(unit))


def _keyed(unit: Unit) -> Callable[[str], bytes]:
    return lambda text: unit.index("card_pass", text)


def card_of_pass(unit: Unit, shown: str) -> Card:
    """The usable card that a pass opens, held until the transaction ends, so that nobody binds, freezes or spends it
    meanwhile. Raises CardPassExpired, CardNotUsable."""
    card_id = read_pass(shown, unit.now(), _keyed(unit))
    if card_id is None:
        raise CardPassExpired
    return held(unit, card_id, CardStatus.ACTIVE)


def held(unit: Unit, card_id: UUID, *allowed: CardStatus) -> Card:
    """The card, held, in one of the statuses allowed. Raises CardNotFound, CardNotUsable."""
    card = card_store.hold(unit, [card_id])[card_id]
    require(card, *allowed)
    return card


def require(card: Card, *allowed: CardStatus) -> None:
    """Raises CardNotUsable."""
    if card.status not in allowed:
        name = STATUS_NAMES[card.status]
        raise CardNotUsable(status=name.en, status_zh=name.zh)
