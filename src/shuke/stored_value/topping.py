"""A member pays in: principal, and the bonus of the step she reaches."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from shuke.infra.database import Unit
from shuke.infra.questions import answers
from shuke.kernel.clock import business_day
from shuke.kernel.ids import new_id
from shuke.kernel.money import format_minor
from shuke.kernel.principal import PrincipalKind
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS, Account, Asset, Entry, Kind, Move, WalletKind
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.stored_value import programme
from shuke.stored_value.errors import (
    AmountNotOffered,
    BalanceTooHigh,
    BonusChanged,
    MemberMayNotTopUp,
    OnlySteps,
    StepUsedUp,
    TendersDiffer,
    TopUpRefTaken,
)
from shuke.stored_value.model import Money, Policy, Step, TopUp
from shuke.stored_value.rules.ladders import best_step
from shuke.stored_value.rules.terms import ends_after
from shuke.stored_value.tables import top_up_step_uses, top_ups
from shuke.tenancy import service as tenancy

_USES = top_up_step_uses.c


@dataclass(frozen=True, slots=True)
class TopUpOffer:
    """What paying in `principal_minor` now would bring; `step` None: no bonus."""

    principal_minor: int
    step: Step | None
    bonus_expires_at: datetime | None

    @property
    def bonus_minor(self) -> int:
        return self.step.bonus_minor if self.step else 0


def preview(unit: Unit, member_id: UUID, store_id: UUID, amount_minor: int) -> TopUpOffer:
    """What the amount would bring. Raises NotFound (member, store), MemberMayNotTopUp, AmountNotOffered, OnlySteps,
    BalanceTooHigh."""
    if members.get(unit, member_id).status is not MemberStatus.ACTIVE:
        raise MemberMayNotTopUp
    tenancy.store(unit, store_id)
    at, of = unit.now(), programme.programme(unit)
    live = [ladder for ladder in of.ladders if ladder.live(at, store_id)]
    merchant = tenancy.premises(unit).merchant
    currency = merchant.currency
    _check_amount(of.policy, amount_minor, sorted({step.pay_minor for each in live for step in each.steps}), currency)
    step = best_step(live, amount_minor, _used(unit, member_id))
    expires = ends_after(at, step.bonus_days, merchant.timezone) if step else None
    offer = TopUpOffer(amount_minor, step, expires)
    _check_balance(unit, of.policy, member_id, offer, currency)
    return offer


def _check_amount(policy: Policy, amount_minor: int, steps: Sequence[int], currency: str) -> None:
    if not policy.min_top_up_minor <= amount_minor <= policy.max_top_up_minor:
        bounds = (policy.min_top_up_minor, policy.max_top_up_minor)
        raise AmountNotOffered(*(format_minor(bound, currency) for bound in bounds))
    if not policy.any_amount and amount_minor not in steps:
        raise OnlySteps(", ".join(format_minor(step, currency) for step in steps) or "-")


def _check_balance(unit: Unit, policy: Policy, member_id: UUID, offer: TopUpOffer, currency: str) -> None:
    if policy.max_balance_minor is None:
        return
    held = ledger.balances(unit, member_id)
    balance = sum(getattr(held, asset.value) for asset in STORED_ASSETS) + offer.principal_minor + offer.bonus_minor
    if balance > policy.max_balance_minor:
        raise BalanceTooHigh(
            balance=format_minor(balance, currency), most=format_minor(policy.max_balance_minor, currency)
        )


def _used(unit: Unit, member_id: UUID) -> dict[UUID, int]:
    rows = unit.connection.execute(
        sa.select(_USES.step_id, _USES.used).where(_USES.merchant_id == unit.merchant_id, _USES.member_id == member_id)
    )
    return {row.step_id: row.used for row in rows}


def top_up(
    unit: Unit,
    member_id: UUID,
    store_id: UUID,
    tenders: Sequence[Money],
    *,
    amount_minor: int,
    expected_bonus_minor: int | None = None,
    external_ref: str | None = None,
    identified_as: UUID | None = None,
) -> TopUp:
    """Pay in `amount_minor` and get the bonus of the best step reached. `identified_as`: by which other name of hers
    the member was recognised.

    Raises what `preview` raises; NotHerName; TendersDiffer; BonusChanged when it is not the bonus she was told;
    StepUsedUp when it went to her at another till this moment; TopUpRefTaken. Then nothing was written.
    """
    answers(unit, *members.holding_by(unit, member_id, identified_as))
    ledger.open_wallets(unit, [member_id], WalletKind.MEMBER)
    ledger.hold(unit, [member_id])  # two tills look at limits one after the other
    offer = preview(unit, member_id, store_id, amount_minor)
    merchant = tenancy.premises(unit).merchant
    check_tenders(tenders, amount_minor, merchant.currency)
    if expected_bonus_minor is not None and expected_bonus_minor != offer.bonus_minor:
        hers, is_now = (format_minor(bonus, merchant.currency) for bonus in (expected_bonus_minor, offer.bonus_minor))
        raise BonusChanged(bonus=is_now, expected=hers)
    if offer.step and offer.step.per_member:
        _use(unit, offer.step, member_id)
    at = unit.now()
    done = TopUp(
        top_up_id=new_id(at),
        member_id=member_id,
        store_id=store_id,
        step_id=offer.step.step_id if offer.step else None,
        principal_minor=amount_minor,
        bonus_minor=offer.bonus_minor,
        bonus_expires_at=offer.bonus_expires_at,
        tenders=tuple(tenders),
        at=at,
        business_day=business_day(at, merchant.timezone),
        external_ref=external_ref,
        staff_id=acting_staff(unit),
        identified_as=None if identified_as == member_id else identified_as,
    )
    _add(unit, done)
    _post(unit, done)
    told = {"store_id": store_id, "principal_minor": amount_minor, "bonus_minor": offer.bonus_minor}
    tenancy.record_change(unit, "top_up.paid", "top_up", done.top_up_id, None, told, member_id=member_id, payload=told)
    return done


def check_tenders(tenders: Sequence[Money], due_minor: int, currency: str) -> None:
    """Raises TendersDiffer unless they add up to exactly what is due."""
    given = sum(tender.amount_minor for tender in tenders)
    if given != due_minor:
        raise TendersDiffer(format_minor(given, currency), format_minor(due_minor, currency))


def acting_staff(unit: Unit) -> UUID | None:
    return unit.principal.id if unit.principal.kind is PrincipalKind.STAFF else None


def _use(unit: Unit, step: Step, member_id: UUID) -> None:
    counted = insert(top_up_step_uses).values(
        merchant_id=unit.merchant_id, step_id=step.step_id, member_id=member_id, used=1
    )
    counted = counted.on_conflict_do_update(
        index_elements=["merchant_id", "step_id", "member_id"],
        set_={"used": _USES.used + 1},
        where=_USES.used < step.per_member,
    )
    if unit.connection.execute(counted.returning(_USES.used)).first() is None:
        raise StepUsedUp


def _add(unit: Unit, done: TopUp) -> None:
    values = asdict(done)
    del values["refunded_minor"]
    try:
        unit.connection.execute(top_ups.insert().values(merchant_id=unit.merchant_id, **values))
    except IntegrityError as error:
        if "uq_top_ups_merchant_id_external_ref" in str(error.orig):
            raise TopUpRefTaken(ref=done.external_ref) from error
        raise


def _post(unit: Unit, done: TopUp) -> None:
    moves = [
        Move(
            done.member_id,
            Asset.STORED_PRINCIPAL,
            done.principal_minor,
            Account.PAID_IN,
            source_id=done.top_up_id,
        )
    ]
    if done.bonus_minor:
        bonus = Move(
            done.member_id,
            Asset.STORED_BONUS,
            done.bonus_minor,
            Account.GRANTED,
            expires_at=done.bonus_expires_at,
            source_id=done.top_up_id,
        )
        moves.append(bonus)
    ledger.post(unit, Entry(Kind.TOPPED_UP, done.top_up_id, done.at, tuple(moves)))
