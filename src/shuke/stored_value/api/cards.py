"""Cards: printed, sold, checked, bound, frozen, replaced."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from shuke.infra.database import Unit
from shuke.infra.http import Call, Cursor, Limit, SearchText, allow
from shuke.infra.http_ids import CardBatchId, CardId, MemberId
from shuke.ledger import service as ledger
from shuke.stored_value import batches, card_checking, card_store, cards
from shuke.stored_value.api.bodies import (
    CardBatchBody,
    CardBindBody,
    CardCheckBody,
    CardFreezeBody,
    CardSaleBody,
    CardTransferBody,
)
from shuke.stored_value.api.card_views import (
    CardBatchList,
    CardBatchView,
    CardList,
    CardSaleView,
    CardStatement,
    CardStatementEntry,
    CardView,
    CheckedCard,
)
from shuke.stored_value.api.names import names
from shuke.stored_value.card_store import CardFilter
from shuke.stored_value.model import Card, CardStatus
from shuke.stored_value.rules.cards import read_number
from shuke.tenancy.model import Permission

router = APIRouter(tags=["cards"])


@router.get("/card-batches")
def list_card_batches(
    call: Annotated[Call, allow(Permission.STORED_VALUE_READ)], limit: Limit = 50, cursor: Cursor = None
) -> CardBatchList:
    """Newest first."""
    with call.unit() as unit:
        found, following = card_store.list_batches(unit, cursor, limit)
    return CardBatchList(items=[CardBatchView.of(batch) for batch in found], next_cursor=following)


@router.get("/card-batches/{batch_id}")
def read_card_batch(batch_id: CardBatchId, call: Annotated[Call, allow(Permission.STORED_VALUE_READ)]) -> CardBatchView:
    with call.unit() as unit:
        return CardBatchView.of(card_store.batch(unit, batch_id))


@router.post("/card-batches", status_code=201)
def print_cards(body: CardBatchBody, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]) -> CardBatchView:
    """New cards, not activated. Their numbers and PINs are in a file that can be fetched once."""

    def act(unit: Unit) -> CardBatchView:
        return CardBatchView.of(batches.print_cards(unit, body.name, body.size, body.face_minor, body.valid_days))

    return call.once(CardBatchView, body, act)


@router.post(
    "/card-batches/{batch_id}/download",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def download_cards(batch_id: CardBatchId, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]) -> Response:
    """Numbers and PINs as CSV, for the first and last time: they are forgotten with this answer."""
    with call.unit() as unit:
        text = batches.download(unit, batch_id)
    headers = {"Content-Disposition": 'attachment; filename="cards.csv"', "Cache-Control": "no-store"}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/card-batches/{batch_id}/void")
def void_card_batch(
    batch_id: CardBatchId, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]
) -> CardBatchView:
    """What of the batch was not activated never will be."""
    with call.unit() as unit:
        return CardBatchView.of(batches.void(unit, batch_id))


@router.post("/card-sales", status_code=201)
def sell_cards(body: CardSaleBody, call: Annotated[Call, allow(Permission.STORED_VALUE_SELL)]) -> CardSaleView:
    """Activate cards against money; `tenders` add up to their face values."""

    def act(unit: Unit) -> CardSaleView:
        tenders = [tender.money() for tender in body.tenders]
        return CardSaleView.of(cards.sell(unit, body.store_id, body.numbers, tenders))

    return call.once(CardSaleView, body, act)


@router.post("/cards/check")
def check_card(body: CardCheckBody, call: Annotated[Call, allow(Permission.STORED_VALUE_SELL)]) -> CheckedCard:
    """The card with this number and PIN. After five wrong PINs each further try waits, twice as long each time."""
    card, shown = card_checking.check(call.unit, body.number, body.pin)
    with call.unit() as unit:
        known = names(unit, [card.member_id], [card.store_id])
        held = ledger.balances(unit, card.card_id)
    return CheckedCard(**CardView.fields_of(card, held, known), **{"pass": shown})


@router.get("/cards")
def list_cards(
    call: Annotated[Call, allow(Permission.STORED_VALUE_READ)],
    batch_id: Annotated[CardBatchId | None, Query()] = None,
    status: CardStatus | None = None,
    number: SearchText | None = None,
    member_id: Annotated[MemberId | None, Query(description="Into whose wallet it was bound.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> CardList:
    """By batch, in the order of printing."""
    wanted = CardFilter(batch_id, status, read_number(number) or "" if number else None, member_id)
    with call.unit() as unit:
        found, following = card_store.list_cards(unit, wanted, cursor, limit)
        held = ledger.balances_of(unit, [card.card_id for card in found])
        known = names(unit, (card.member_id for card in found), (card.store_id for card in found))
    return CardList(items=[CardView.of(card, held.get(card.card_id), known) for card in found], next_cursor=following)


@router.get("/cards/{card_id}")
def read_card(card_id: CardId, call: Annotated[Call, allow(Permission.STORED_VALUE_READ)]) -> CardView:
    with call.unit() as unit:
        return _shown(unit, card_store.get(unit, card_id))


@router.get("/cards/{card_id}/statement")
def read_card_statement(
    card_id: CardId,
    call: Annotated[Call, allow(Permission.STORED_VALUE_READ)],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> CardStatement:
    """Every movement on the card, newest first."""
    with call.unit() as unit:
        card_store.get(unit, card_id)
        page = ledger.statement(unit, card_id, cursor=cursor, limit=limit)
    items = [CardStatementEntry.of(posting) for posting in page.items]
    return CardStatement(items=items, next_cursor=page.next_cursor)


@router.post("/cards/{card_id}/bind")
def bind_card(
    card_id: CardId, body: CardBindBody, call: Annotated[Call, allow(Permission.STORED_VALUE_SELL)]
) -> CardView:
    """Move what is on the card into a member's wallet, with its expiry; the card is spent then."""

    def act(unit: Unit) -> CardView:
        return _shown(unit, cards.bind(unit, card_id, body.member_id, body.shown))

    return call.once(CardView, body, act)


@router.post("/cards/{card_id}/freeze")
def freeze_card(
    card_id: CardId, body: CardFreezeBody, call: Annotated[Call, allow(Permission.STORED_VALUE_SELL)]
) -> CardView:
    """Nobody can spend or bind it, until it is thawed."""
    with call.unit() as unit:
        return _shown(unit, cards.freeze(unit, card_id, body.reason))


@router.post("/cards/{card_id}/thaw")
def thaw_card(card_id: CardId, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]) -> CardView:
    """As before, and wrong PINs are forgotten."""
    with call.unit() as unit:
        return _shown(unit, cards.thaw(unit, card_id))


@router.post("/cards/{card_id}/transfer")
def replace_card(
    card_id: CardId, body: CardTransferBody, call: Annotated[Call, allow(Permission.STORED_VALUE_WRITE)]
) -> CardView:
    """Move what is on a card, which may be frozen, to another that is active; answers with the other."""

    def act(unit: Unit) -> CardView:
        return _shown(unit, cards.transfer(unit, card_id, body.to_card_id))

    return call.once(CardView, body, act)


def _shown(unit: Unit, card: Card) -> CardView:
    known = names(unit, [card.member_id], [card.store_id])
    return CardView.of(card, ledger.balances(unit, card.card_id), known)
