"""What is answered about cards."""

from datetime import datetime
from typing import Self

from pydantic import Field

from shuke.infra.http import View
from shuke.infra.http_ids import CardBatchId, CardId, CardSaleId, MemberId, OrderId, PostingId, StoreId
from shuke.infra.http_refs import MemberRef, StoreRef
from shuke.ledger.model import Asset, Balances, Kind, Posting
from shuke.stored_value.api.names import Names
from shuke.stored_value.api.views import MoneyView
from shuke.stored_value.model import Card, CardBatch, CardSale, CardStatus


class CardBatchView(View):
    """`counts`: cards by status. `downloadable`: the file with numbers and PINs has not been fetched yet."""

    id: CardBatchId
    name: str
    size: int
    face_minor: int
    valid_days: int | None
    created_at: datetime
    downloadable: bool
    downloaded_at: datetime | None
    voided_at: datetime | None
    counts: dict[CardStatus, int]

    @classmethod
    def of(cls, batch: CardBatch) -> "CardBatchView":
        return cls(
            id=batch.batch_id,
            name=batch.name,
            size=batch.size,
            face_minor=batch.face_minor,
            valid_days=batch.valid_days,
            created_at=batch.created_at,
            downloadable=batch.downloaded_at is None and batch.voided_at is None,
            downloaded_at=batch.downloaded_at,
            voided_at=batch.voided_at,
            counts=batch.counts,
        )


class CardBatchList(View):
    items: list[CardBatchView]
    next_cursor: str | None


class CardView(View):
    """`balance_minor`: what can be spent with it now. `expires_at`: the first moment at which that is gone. `member`:
    into whose wallet it was bound."""

    id: CardId
    batch_id: CardBatchId
    number: str
    status: CardStatus
    face_minor: int
    balance_minor: int
    activated_at: datetime | None
    activated_store_id: StoreId | None
    activated_store: StoreRef | None
    expires_at: datetime | None
    member_id: MemberId | None
    member: MemberRef | None

    @classmethod
    def of(cls, card: Card, held: Balances | None, names: Names) -> Self:
        return cls(**cls.fields_of(card, held, names))

    @staticmethod
    def fields_of(card: Card, held: Balances | None, names: Names) -> dict[str, object]:
        return {
            "id": card.card_id,
            "batch_id": card.batch_id,
            "number": card.number,
            "status": card.status,
            "face_minor": card.face_minor,
            "balance_minor": held.stored_principal + held.stored_bonus if held else 0,
            "activated_at": card.activated_at,
            "activated_store_id": card.store_id,
            "activated_store": names.store(card.store_id),
            "expires_at": card.expires_at,
            "member_id": card.member_id,
            "member": names.member(card.member_id),
        }


class CheckedCard(CardView):
    """`pass` stands for number and PIN for fifteen minutes."""

    shown: str = Field(alias="pass", serialization_alias="pass")


class CardList(View):
    items: list[CardView]
    next_cursor: str | None


class CardSaleView(View):
    id: CardSaleId
    store_id: StoreId
    cards: int
    face_minor: int
    tenders: list[MoneyView]
    at: datetime

    @classmethod
    def of(cls, sale: CardSale) -> "CardSaleView":
        return cls(
            id=sale.sale_id,
            store_id=sale.store_id,
            cards=sale.cards,
            face_minor=sale.face_minor,
            tenders=MoneyView.all(sale.tenders),
            at=sale.at,
        )


class CardStatementEntry(View):
    id: PostingId
    at: datetime
    asset: Asset
    amount: int
    kind: Kind
    order_id: OrderId | None
    note: str | None

    @classmethod
    def of(cls, posting: Posting) -> "CardStatementEntry":
        return cls(
            id=posting.posting_id,
            at=posting.at,
            asset=posting.asset,
            amount=posting.amount,
            kind=posting.kind,
            order_id=posting.order_id,
            note=posting.note,
        )


class CardStatement(View):
    items: list[CardStatementEntry]
    next_cursor: str | None
