"""Acts with stored value: top-ups and their refunds, cards sold, frozen, replaced, bound."""

import csv
import io
from uuid import UUID

from shuke.entrypoints.year.life import Life
from shuke.ledger.model import Asset
from shuke.stored_value import batches, card_checking, cards, refunding, topping
from shuke.stored_value.model import Money, MoneyKind

FACE_MINOR = 5_000


def top_up(life: Life) -> str:
    member_id, amount = life.somebody(), life.random.choice((1_000, 5_000, 10_000, 12_345, 50_000))
    kind = life.random.choice(list(MoneyKind))
    with life.unit() as unit:
        done = topping.top_up(unit, member_id, life.store(), [Money(kind, amount)], amount_minor=amount)
    life.top_ups.append(done)
    life.books.in_money(kind, amount)
    life.books.wallets(Asset.STORED_PRINCIPAL, done.principal_minor)
    life.books.wallets(Asset.STORED_BONUS, done.bonus_minor)
    return f"topped up: {amount} + {done.bonus_minor}"


def refund_top_up(life: Life) -> str:
    of, kind = life.one_of(life.top_ups, recent=25), life.random.choice(list(MoneyKind))
    with life.unit() as unit:
        plan = refunding.refund(unit, of.top_up_id, life.store(), kind).plan
    life.books.in_money(kind, -plan.refunded_minor)
    life.books.wallets(Asset.STORED_PRINCIPAL, -plan.principal_minor)
    life.books.wallets(Asset.STORED_BONUS, -plan.forfeited_minor)
    return f"top-up refunded: {plan.refunded_minor}, {plan.deducted_minor} deducted, {plan.forfeited_minor} forfeited"


def sell_cards(life: Life) -> str:
    """A few cards over the counter; a new batch is printed when they run out."""
    count = life.random.randint(1, 3)
    if len(life.unsold_cards) < count:
        _print(life)
    chosen, kind = life.unsold_cards[:count], life.random.choice(list(MoneyKind))
    due = FACE_MINOR * count
    with life.unit() as unit:
        cards.sell(unit, life.store(), [number for number, _ in chosen], [Money(kind, due)])
    del life.unsold_cards[:count]
    life.cards += chosen
    life.books.in_money(kind, due)
    life.books.wallets(Asset.STORED_PRINCIPAL, due)
    return f"cards sold: {count}"


def _print(life: Life) -> None:
    with life.unit() as unit:
        batch = batches.print_cards(unit, "礼品卡", 20, FACE_MINOR, life.random.choice((None, 60)))
        file = batches.download(unit, batch.batch_id)
    rows = csv.DictReader(io.StringIO(file.removeprefix("\ufeff")))
    life.unsold_cards += [(row["number"], row["pin"]) for row in rows]


def bind_card(life: Life) -> str:
    """What is on a card goes to a member."""
    number, pin = life.one_of(life.cards)
    member_id = life.somebody()
    card_id, shown = _look(life, number, pin)
    with life.unit() as unit:
        cards.bind(unit, card_id, member_id, shown)
    life.cards.remove((number, pin))
    return "card bound"


def mind_card(life: Life) -> str:
    """A card is lost, found again, or replaced by another."""
    number, pin = life.one_of(life.cards)
    other = life.one_of(life.cards)
    card_id, other_id = _look(life, number, pin)[0], _look(life, *other)[0]
    act = life.random.choice(("freeze", "thaw", "transfer"))
    with life.unit() as unit:
        match act:
            case "freeze":
                cards.freeze(unit, card_id, "挂失")
            case "thaw":
                cards.thaw(unit, card_id)
            case _:
                cards.transfer(unit, card_id, other_id)
    return f"card: {act}"


def _look(life: Life, number: str, pin: str) -> tuple[UUID, str]:
    card, shown = card_checking.check(life.unit, number, pin)
    return card.card_id, shown


def mistype(life: Life) -> str:
    """Somebody guesses at a PIN."""
    number, _ = life.one_of(life.cards)
    card_checking.check(life.unit, number, "00000000")
    return "guessed"
