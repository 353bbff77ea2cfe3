"""Top-ups and plans that are paid through a provider: what is wanted is written down before anybody is asked for money,
and handed over in the transaction that books it, once.

Whatever has changed meanwhile, nobody keeps money for nothing: what cannot be handed over any more goes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.checkout.errors import NothingToCollect, RenewedMeanwhile
from shuke.checkout.paying import TENDER_OF, Outside
from shuke.checkout.payments import service as payments
from shuke.checkout.payments.errors import MethodNotOffered
from shuke.checkout.payments.model import Intent, Method, Paid, Payment, Purpose
from shuke.checkout.tables import payment_wishes
from shuke.infra.database import Unit
from shuke.infra.questions import answers
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import new_id
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import PaymentKind
from shuke.members import service as members
from shuke.stored_value import service as stored_value
from shuke.stored_value.model import Money, MoneyKind
from shuke.tenancy import service as tenancy

_W = payment_wishes.c


class WishKind(StrEnum):
    """`plan` opens one; `renewal` and `upgrade` are of one she has."""

    TOP_UP = "top_up"
    PLAN = "plan"
    RENEWAL = "renewal"
    UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member pays for. `asked_as`: the name by which she asked, her own or another one of hers; she may have
    become somebody else since. `result_id` is the top-up or subscription it became; `refused` the code of what stood in
    the way when the money came."""

    wish_id: UUID
    kind: WishKind
    member_id: UUID
    store_id: UUID
    amount_minor: int
    terms: Mapping[str, Any]
    asked_as: UUID | None = None
    done_at: datetime | None = None
    result_id: UUID | None = None
    refused: str | None = None


def ask_top_up(
    unit: Unit,
    member_id: UUID,
    store_id: UUID,
    amount_minor: int,
    outside: Outside,
    *,
    identified_as: UUID | None = None,
) -> Payment:
    """A payment that tops up once it is paid, with the bonus that the member is told of now; started after the commit.
    `identified_as`: by which other name of hers she was recognised.

    Raises what a top-up raises, and what `payments.intend` does.
    """
    answers(unit, *members.holding_by(unit, member_id, identified_as))
    offer = stored_value.preview_top_up(unit, member_id, store_id, amount_minor)
    terms = {"bonus_minor": offer.bonus_minor}
    wish = Wish(new_id(), WishKind.TOP_UP, member_id, store_id, amount_minor, terms, identified_as)
    return _ask(unit, wish, outside)


def ask_plan(unit: Unit, member_id: UUID, store_id: UUID, code: str, auto_renew: bool, outside: Outside) -> Payment:
    """A payment that opens a plan once it is paid; started after the commit. Raises what opening raises,
    NothingToCollect, and what `payments.intend` does."""
    plan = loyalty.require_plan_for(unit, loyalty.programme(unit), member_id, code)
    terms = {"plan": code, "auto_renew": auto_renew}
    return _ask(unit, Wish(new_id(), WishKind.PLAN, member_id, store_id, plan.price_minor, terms), outside)


def ask_renewal(unit: Unit, subscription_id: UUID, store_id: UUID, outside: Outside) -> Payment:
    """A payment that buys another period once it is paid, unless another one was bought until then: whoever pays
    twice gets one of it back. Started after the commit. Raises what renewing raises, NothingToCollect, and what
    `payments.intend` does."""
    present, plan = loyalty.require_renewable(unit, loyalty.programme(unit), subscription_id)
    terms = {"subscription_id": str(subscription_id), "ends_on": present.ends_on.isoformat()}
    wish = Wish(new_id(), WishKind.RENEWAL, present.member_id, store_id, plan.price_minor, terms)
    return _ask(unit, wish, outside)


def ask_upgrade(unit: Unit, subscription_id: UUID, store_id: UUID, code: str, outside: Outside) -> Payment:
    """A payment that changes to a higher plan once it is paid, if what is due is the same then; started after the
    commit. Raises what upgrading raises, NothingToCollect, and what `payments.intend` does."""
    programme = loyalty.programme(unit)
    cost = loyalty.preview_plan_upgrade(unit, programme, subscription_id, code)
    present, _ = loyalty.held_plan(unit, programme, subscription_id)
    terms = {"subscription_id": str(subscription_id), "plan": code}
    wish = Wish(new_id(), WishKind.UPGRADE, present.member_id, store_id, cost.due_minor, terms)
    return _ask(unit, wish, outside)


def _ask(unit: Unit, wish: Wish, outside: Outside) -> Payment:
    if wish.amount_minor == 0:
        raise NothingToCollect
    if outside.method is Method.TILL:  # money in the drawer is taken with the top-up or plan itself
        raise MethodNotOffered(provider=str(outside.provider), method=str(outside.method))
    unit.connection.execute(
        payment_wishes.insert().values(
            merchant_id=unit.merchant_id,
            wish_id=wish.wish_id,
            kind=str(wish.kind),
            member_id=wish.member_id,
            asked_as=wish.asked_as or wish.member_id,
            store_id=wish.store_id,
            amount_minor=wish.amount_minor,
            terms=dict(wish.terms),
            created_at=unit.now(),
        )
    )
    intent = Intent(
        purpose=Purpose.TOP_UP if wish.kind is WishKind.TOP_UP else Purpose.PLAN,
        reference_id=wish.wish_id,
        provider=outside.provider,
        method=outside.method,
        amount_minor=wish.amount_minor,
        description=tenancy.store(unit, wish.store_id).name,
        store_id=wish.store_id,
    )
    return payments.intend(unit, intent)


def on_paid(unit: Unit, paid: Paid) -> bool:
    """Hand over what was paid for. Again: nothing happens. False when it cannot be had any more: money goes back."""
    wish = find(unit, paid.reference_id, hold=True)
    if wish is None or wish.refused is not None or wish.amount_minor != paid.amount_minor:
        return False
    if wish.done_at is not None:
        return True
    try:
        with unit.connection.begin_nested():
            result_id = _hand_over(unit, wish, paid)
    except ShukeError as refusal:
        _set(unit, wish.wish_id, refused=refusal.code)
        return False
    _set(unit, wish.wish_id, done_at=unit.now(), result_id=result_id)
    return True


def _hand_over(unit: Unit, wish: Wish, paid: Paid) -> UUID:
    kind, reference = TENDER_OF[paid.provider], paid.provider_ref
    if wish.kind is WishKind.TOP_UP:
        money = Money(MoneyKind(kind), paid.amount_minor, reference)
        bonus = int(wish.terms["bonus_minor"])
        done = stored_value.top_up(
            unit,
            wish.member_id,
            wish.store_id,
            [money],
            amount_minor=paid.amount_minor,
            expected_bonus_minor=bonus,
            identified_as=wish.asked_as,
        )
        return done.top_up_id
    return _hand_over_plan(unit, wish, loyalty.PlanPaid(PaymentKind(kind), paid.amount_minor, reference, wish.store_id))


def _hand_over_plan(unit: Unit, wish: Wish, given: loyalty.PlanPaid) -> UUID:
    programme, terms = loyalty.programme(unit), wish.terms
    if wish.kind is WishKind.PLAN:
        auto_renew = bool(terms["auto_renew"])
        made = loyalty.open_plan(unit, programme, wish.member_id, terms["plan"], given, auto_renew=auto_renew)
        return made.subscription_id
    subscription_id = UUID(terms["subscription_id"])
    if wish.kind is WishKind.UPGRADE:
        return loyalty.upgrade_plan(unit, programme, subscription_id, terms["plan"], given).subscription_id
    present, _ = loyalty.require_renewable(unit, programme, subscription_id)
    if present.ends_on.isoformat() != terms["ends_on"]:
        raise RenewedMeanwhile
    return loyalty.renew_plan(unit, programme, subscription_id, given).subscription_id


def find(unit: Unit, wish_id: UUID, *, hold: bool = False) -> Wish | None:
    query = sa.select(payment_wishes).where(_W.merchant_id == unit.merchant_id, _W.wish_id == wish_id)
    row = unit.connection.execute(query.with_for_update() if hold else query).first()
    if row is None:
        return None
    return Wish(
        row.wish_id,
        WishKind(row.kind),
        row.member_id,
        row.store_id,
        row.amount_minor,
        row.terms,
        row.asked_as,
        row.done_at,
        row.result_id,
        row.refused,
    )


def _set(unit: Unit, wish_id: UUID, **values: object) -> None:
    unit.connection.execute(
        payment_wishes.update().where(_W.merchant_id == unit.merchant_id, _W.wish_id == wish_id).values(**values)
    )
