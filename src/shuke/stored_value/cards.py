"""The life of a card: sold and activated, frozen and thawed, bound to a member, replaced.

Who changes a card first holds its row, cards in the order of their ids, then wallets.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS, Account, Asset, Entry, Kind, Move, Transfer, WalletKind
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.stored_value import card_store
from shuke.stored_value.card_checking import card_of_pass, held, require
from shuke.stored_value.errors import CardEmpty, CardNumberWrong, CardPassExpired, MemberMayNotTopUp, SameCard
from shuke.stored_value.model import Card, CardSale, CardStatus, Money
from shuke.stored_value.rules.cards import read_number
from shuke.stored_value.rules.terms import ends_after
from shuke.stored_value.tables import card_sales
from shuke.stored_value.topping import acting_staff, check_tenders
from shuke.tenancy import service as tenancy

_ALL = dict.fromkeys(STORED_ASSETS)


def sell(unit: Unit, store_id: UUID, numbers: Sequence[str], tenders: Sequence[Money]) -> CardSale:
    """Activate cards against money: each is then worth its face value.

    Raises NotFound (store), CardNumberWrong, CardNotFound, CardNotUsable, TendersDiffer.
    """
    tenancy.store(unit, store_id)
    known = [read_number(number) for number in numbers]
    for place, number in enumerate(known):
        if number is None:
            raise CardNumberWrong(f"numbers.{place}")
    sold = card_store.hold_numbers(unit, {number for number in known if number})
    for card in sold:
        require(card, CardStatus.INACTIVE)
    due, merchant, at = sum(card.face_minor for card in sold), tenancy.premises(unit).merchant, unit.now()
    check_tenders(tenders, due, merchant.currency)
    sale = CardSale(new_id(at), store_id, len(sold), due, tuple(tenders), at)
    unit.connection.execute(
        card_sales.insert().values(
            merchant_id=unit.merchant_id,
            sale_id=sale.sale_id,
            store_id=store_id,
            cards=sale.cards,
            face_minor=due,
            tenders=[asdict(tender) for tender in tenders],
            at=at,
            business_day=business_day(at, merchant.timezone),
            staff_id=acting_staff(unit),
        )
    )
    _load(unit, sold, sale, merchant.timezone)
    told = {"store_id": store_id, "cards": [card.card_id for card in sold], "face_minor": due}
    tenancy.record_change(unit, "cards.sold", "card_sale", sale.sale_id, None, told, payload=told)
    return sale


def _load(unit: Unit, sold: Sequence[Card], sale: CardSale, timezone: str) -> None:
    """Every card's wallet gets its face value."""
    ledger.open_wallets(unit, [card.card_id for card in sold], WalletKind.CARD)
    entries = []
    for days in {card.valid_days for card in sold}:
        ids = [card.card_id for card in sold if card.valid_days == days]
        expires = ends_after(sale.at, days, timezone)
        card_store.change(unit, ids, status=CardStatus.ACTIVE, sale_id=sale.sale_id, expires_at=expires)
        for card in (card for card in sold if card.valid_days == days):
            move = Move(
                card.card_id,
                Asset.STORED_PRINCIPAL,
                card.face_minor,
                Account.PAID_IN,
                expires_at=expires,
                source_id=card.card_id,
            )
            entries.append(Entry(Kind.CARD_LOADED, card.card_id, sale.at, (move,)))
    ledger.post(unit, *entries)


def bind(unit: Unit, card_id: UUID, member_id: UUID, shown: str) -> Card:
    """Move what is on the card into the member's wallet, each lot with its expiry and source; the card is spent then.

    `shown` is the pass got for its PIN. Raises CardPassExpired, CardNotUsable, MemberMayNotTopUp, NotFound (member).
    """
    if members.present(unit, member_id).status is not MemberStatus.ACTIVE:
        raise MemberMayNotTopUp
    card = card_of_pass(unit, shown)
    if card.card_id != card_id:
        raise CardPassExpired
    moved = _move(unit, card_id, member_id, member_id)
    card_store.change(unit, [card_id], status=CardStatus.BOUND, member_id=member_id)
    _note(unit, "card.bound", card, {"status": CardStatus.BOUND, "moved_minor": moved}, member_id)
    return replace(card, status=CardStatus.BOUND, member_id=member_id)


def pass_over(unit: Unit, wallet_ids: Collection[UUID]) -> set[UUID]:
    """What came back to cards that are bound by now goes on to their members, whom it returns; other wallets stay as
    they are. The caller holds the wallets."""
    bound = card_store.bound(unit, wallet_ids)
    for card_id, member_id in sorted(bound.items()):
        _move(unit, card_id, member_id, member_id)
    return set(bound.values())


def transfer(unit: Unit, from_id: UUID, to_id: UUID) -> Card:
    """Replace a card: what is on `from_id`, which may be frozen, goes to `to_id`. The card it came from stays as it is,
    empty; the answer is the card it went to. Raises SameCard, CardNotFound, CardNotUsable, CardEmpty."""
    both = card_store.hold(unit, {from_id, to_id})
    if from_id == to_id:
        raise SameCard
    require(both[from_id], CardStatus.ACTIVE, CardStatus.FROZEN)
    require(both[to_id], CardStatus.ACTIVE)
    moved = _move(unit, from_id, to_id, None)
    if not moved:
        raise CardEmpty
    _note(unit, "card.replaced", both[from_id], {"to_card_id": to_id, "moved_minor": moved}, None)
    return card_store.get(unit, to_id)


def _move(unit: Unit, from_id: UUID, to_id: UUID, member_id: UUID | None) -> int:
    each = Transfer(Kind.CARD_MOVED, new_id(), unit.now(), from_id, to_id, _ALL, member_id=member_id)
    return sum(ledger.transfer(unit, each)[0].values())


def freeze(unit: Unit, card_id: UUID, reason: str) -> Card:
    """Nobody can spend or bind the card until it is thawed. Raises CardNotFound, CardNotUsable."""
    card = held(unit, card_id, CardStatus.ACTIVE)
    card_store.change(unit, [card_id], status=CardStatus.FROZEN)
    _note(unit, "card.frozen", card, {"status": CardStatus.FROZEN, "reason": reason}, None)
    return replace(card, status=CardStatus.FROZEN)


def thaw(unit: Unit, card_id: UUID) -> Card:
    """The card is as before, and wrong PINs are forgotten. Raises CardNotFound, CardNotUsable."""
    card = held(unit, card_id, CardStatus.FROZEN)
    card_store.change(unit, [card_id], status=CardStatus.ACTIVE, tries=0, last_try_at=None)
    _note(unit, "card.thawed", card, {"status": CardStatus.ACTIVE}, None)
    return replace(card, status=CardStatus.ACTIVE)


def _note(unit: Unit, action: str, card: Card, after: dict[str, object], member_id: UUID | None) -> None:
    told = {"card_id": card.card_id, **after}
    before = {"status": card.status}
    tenancy.record_change(unit, action, "card", card.card_id, before, told, member_id=member_id, payload=told)
