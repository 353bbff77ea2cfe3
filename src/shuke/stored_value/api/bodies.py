"""What is sent."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from shuke.infra.http import Body
from shuke.infra.http_ids import CardId, MemberId, StoreId
from shuke.kernel.ids import new_id
from shuke.kernel.money import MAX_MINOR
from shuke.stored_value.batches import SIZE_MAX
from shuke.stored_value.model import BonusRule, Ladder, Money, MoneyKind, Policy, SpendOrder, Step

Minor = Annotated[int, Field(gt=0, lt=MAX_MINOR)]
Days = Annotated[int, Field(ge=1, le=3660)]
Name = Annotated[str, Field(min_length=1, max_length=60)]


class TenderBody(Body):
    kind: MoneyKind
    amount_minor: Minor
    reference: str | None = Field(default=None, max_length=100, description="the terminal's or provider's own number")

    def money(self) -> Money:
        return Money(self.kind, self.amount_minor, self.reference)


Tenders = Annotated[list[TenderBody], Field(min_length=1, max_length=20)]


class PolicyBody(Body):
    """`bonus_rule`: what becomes of the bonus when a top-up's unspent principal is refunded."""

    spend_order: SpendOrder
    bonus_rule: BonusRule
    min_top_up_minor: Minor
    max_top_up_minor: Minor
    max_balance_minor: Minor | None = None
    any_amount: bool = Field(default=True, description="false: only the amounts of the steps can be paid in")

    def policy(self) -> Policy:
        return Policy(**self.model_dump())


class StepBody(Body):
    """Who pays in `pay_minor` or more gets `bonus_minor`."""

    pay_minor: Minor
    bonus_minor: Annotated[int, Field(ge=0, lt=MAX_MINOR)]
    bonus_days: Days | None = Field(default=None, description="whole days after the top-up's; null: for ever")
    per_member: Annotated[int, Field(ge=1, le=1000)] | None = Field(default=None, description="null: no limit")


class LadderBody(Body):
    """`steps` by amount, each asking for more than the one before and giving no less. No stores: all of them."""

    name: Name
    steps: Annotated[list[StepBody], Field(min_length=1, max_length=20)]
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    store_ids: list[StoreId] = Field(default=[], max_length=500)

    def ladder(self) -> Ladder:
        return Ladder(
            ladder_id=new_id(),
            name=self.name,
            steps=tuple(Step(new_id(), **step.model_dump()) for step in self.steps),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            store_ids=frozenset(self.store_ids),
        )


class TopUpPreviewBody(Body):
    store_id: StoreId
    amount_minor: Minor


class TopUpBody(TopUpPreviewBody):
    """`tenders` add up to `amount_minor`. `external_ref` is the till's own number: the same one is paid in once.
    `identified_as`: as `/identify` answered; if the merge of the two is undone, the top-up goes with that name."""

    tenders: Tenders
    expected_bonus_minor: Annotated[int, Field(ge=0, lt=MAX_MINOR)] | None = Field(
        default=None, description="what the customer was told; refused if it changed"
    )
    external_ref: str | None = Field(default=None, min_length=1, max_length=100)
    identified_as: MemberId | None = None


class TopUpRefundBody(Body):
    store_id: StoreId
    kind: MoneyKind = Field(description="how the money goes out")
    expected_minor: Annotated[int, Field(ge=0, lt=MAX_MINOR)] | None = Field(
        default=None, description="what the customer was told; refused if it changed"
    )
    reason: str | None = Field(default=None, max_length=200)


class CardBatchBody(Body):
    """`valid_days`: whole days after activation; null: for ever."""

    name: Name
    size: Annotated[int, Field(ge=1, le=SIZE_MAX)]
    face_minor: Minor
    valid_days: Days | None = None


class CardSaleBody(Body):
    store_id: StoreId
    numbers: Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=200)]
    tenders: Tenders


class CardCheckBody(Body):
    number: str = Field(max_length=40, description="blanks and dashes do not matter")
    pin: str = Field(min_length=1, max_length=20)


class CardBindBody(Body):
    """`pass` is what the check of number and PIN answered."""

    member_id: MemberId
    shown: str = Field(alias="pass", max_length=200)


class CardFreezeBody(Body):
    reason: str = Field(min_length=1, max_length=200)


class CardTransferBody(Body):
    to_card_id: CardId
