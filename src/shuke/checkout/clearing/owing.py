"""What each fact makes one party owe another, as SQL over sets.

Who bears what is decided in `rules.py`; here each decision becomes a column. Amounts that come back are negative, so
that a refund undoes its share of the very debts its order made.
"""

from typing import Any

import sqlalchemy as sa

from shuke.checkout.clearing import rules
from shuke.checkout.clearing.given import given, taken_back
from shuke.checkout.clearing.model import MERCHANT, PLATFORM, Bearer, FactKind, PartyKind, Reason, Terms
from shuke.checkout.model import Stage
from shuke.checkout.tables import orders, refunds
from shuke.infra.database import Unit
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS, Asset, Kind
from shuke.offers.model import Funder
from shuke.stored_value import service as stored_value
from shuke.tenancy import service as tenancy

Column = sa.ColumnElement[Any]


def owed(unit: Unit, terms: Terms, facts: sa.FromClause) -> sa.CTE:
    """Every debt that `facts` make, one row for each fact, debtor, creditor and reason: entry_id, kind, reference_id,
    order_id, own_day, business_day, debtor, creditor, reason, amount_minor."""
    each = sa.union_all(
        _discounts(unit, terms, facts, FactKind.ORDER),
        _discounts(unit, terms, facts, FactKind.REFUND),
        _stored_value(unit, terms, facts),
        _refund_money(unit, terms, facts),
        _paid_out(unit, terms, facts),
        *_top_up_refunds(unit, terms, facts),
    ).subquery("each")
    amount = sa.cast(sa.func.sum(each.c.amount_minor), sa.BigInteger)
    debts = (
        sa.select(each.c.reference_id, each.c.debtor, each.c.creditor, each.c.reason, amount.label("amount_minor"))
        .where(each.c.debtor != each.c.creditor)
        .group_by(each.c.reference_id, each.c.debtor, each.c.creditor, each.c.reason)
        .having(amount != 0)
        .subquery("debt")
    )
    fact, debt = facts.c, debts.c
    return (
        sa.select(
            _entry_id(debt).label("entry_id"),
            fact.kind,
            fact.reference_id,
            fact.order_id,
            fact.own_day,
            fact.business_day,
            debt.debtor,
            debt.creditor,
            debt.reason,
            debt.amount_minor,
        )
        .join(facts, fact.reference_id == debt.reference_id)
        .cte("owed")
        .prefix_with("MATERIALIZED")
    )


def _entry_id(debt: Any) -> Column:
    """The same for the same debt, whether it is looked at before its day is closed or afterwards."""
    words = sa.func.concat_ws("/", debt.reference_id, debt.reason, debt.debtor, debt.creditor)
    digest = sa.func.encode(sa.func.substring(sa.func.sha256(sa.func.convert_to(words, "UTF8")), 1, 16), "hex")
    return sa.cast(digest, sa.Uuid)


def _discounts(unit: Unit, terms: Terms, facts: sa.FromClause, kind: FactKind) -> sa.Select[Any]:
    """Discounts that orders gave, or refunds took back: owed to the store that sold by whoever funds them."""
    merchant = sa.literal(unit.merchant_id, sa.Uuid)
    if kind is FactKind.ORDER:
        adjustments, sign = given(merchant).subquery("given"), 1
        same = adjustments.c.order_id == facts.c.order_id
    else:
        adjustments, sign = taken_back(merchant).subquery("taken_back"), -1
        same = adjustments.c.refund_id == facts.c.reference_id
    adjustment = adjustments.c
    seller = _store(terms, facts.c.seller_id)
    named, named_store = _named_stores(unit, terms)
    debtor = _debtor(terms, adjustment, seller, named_store)
    packet = adjustment.stage == str(Stage.RED_PACKET)
    own = adjustment.funder == str(Funder.MERCHANT)
    reason = sa.case((packet, str(Reason.RED_PACKET)), (own, str(Reason.GROUP_BENEFIT)), else_=str(Reason.SUBSIDY))
    return (
        _debts(facts.c, debtor, seller, reason, sign * adjustment.amount_minor)
        .select_from(facts.join(adjustments, same).outerjoin(named, named.c.code == adjustment.party))
        .where(facts.c.kind == str(kind))
    )


def _debtor(terms: Terms, adjustment: Any, seller: Column, named_store: Column) -> Column:
    bearers: dict[Bearer, Column] = {
        Bearer.SELLER: seller,
        Bearer.MERCHANT: sa.literal(MERCHANT.key),
        Bearer.PLATFORM: sa.literal(PLATFORM.key),
        Bearer.PARTNER: sa.literal(f"{PartyKind.PARTNER}:").concat(adjustment.party),
        Bearer.NAMED_STORE: sa.func.coalesce(named_store, seller),
    }
    who = rules.discount_bearers(terms)
    return sa.case(*((adjustment.funder == str(funder), bearers[bearer]) for funder, bearer in who.items()))


def _named_stores(unit: Unit, terms: Terms) -> tuple[sa.Subquery, Column]:
    """Stores by their codes, as fundings name them."""
    stores = tenancy.stores_relation()
    named = (
        sa.select(stores.c.code, stores.c.store_id).where(stores.c.merchant_id == unit.merchant_id).subquery("named")
    )
    return named, sa.case((named.c.store_id.is_not(None), _store(terms, named.c.store_id)))


def _stored_value(unit: Unit, terms: Terms, facts: sa.FromClause) -> sa.Select[Any]:
    """What was spent of others' top-ups, or came back: the lots say whose they were. Where nobody knows who took
    the money in, the head office has it."""
    used, source = ledger.uses_relation(), stored_value.sources_relation()
    use = used.c
    taken = sa.case((facts.c.kind == str(FactKind.ORDER), str(Kind.ORDER_SPENT)), else_=str(Kind.ORDER_RETURNED))
    here = sa.and_(
        use.merchant_id == unit.merchant_id,
        use.reference_id == facts.c.reference_id,
        use.kind == taken,
        use.asset.in_([str(asset) for asset in STORED_ASSETS]),
    )
    known = sa.and_(source.c.merchant_id == unit.merchant_id, source.c.source_id == use.source_id)
    issuer = sa.case((source.c.store_id.is_not(None), _store(terms, source.c.store_id)), else_=MERCHANT.key)
    bonus = use.asset == str(Asset.STORED_BONUS)
    bearer = issuer if rules.issuer_bears_bonus(terms) else sa.literal(MERCHANT.key)
    debtor = sa.case((bonus, bearer), else_=issuer)
    reason = sa.case((bonus, str(Reason.STORED_BONUS)), else_=str(Reason.STORED_PRINCIPAL))
    return (
        _debts(facts.c, debtor, _store(terms, facts.c.seller_id), reason, use.amount)
        .select_from(facts.join(used, here).outerjoin(source, known))
        .where(facts.c.stored)
    )


def _refund_money(unit: Unit, terms: Terms, facts: sa.FromClause) -> sa.Select[Any]:
    """Money handed back over another counter than the seller's. What a provider sends back comes from where it was paid
    to, and is nobody's debt."""
    back, sold = refunds.c, orders.c
    each = sa.func.jsonb_array_elements(back.tenders).table_valued("value").render_derived("tender")
    given = sa.cast(each.c.value, back.tenders.type)
    tender = sold.tenders.op("->")(sa.cast(given["tender_no"].astext, sa.Integer))
    paid = sa.cast(tender, sold.tenders.type)
    sent = sa.and_(paid.has_key("payment_id"), paid["kind"].astext == given["kind"].astext)
    of_refund = sa.and_(back.merchant_id == unit.merchant_id, back.refund_id == facts.c.reference_id)
    of_order = sa.and_(sold.merchant_id == unit.merchant_id, sold.order_id == back.order_id)
    return (
        _debts(
            facts.c,
            _store(terms, facts.c.seller_id),
            _store(terms, facts.c.place_id),
            sa.literal(str(Reason.REFUND_MONEY)),
            sa.cast(given["amount_minor"].astext, sa.BigInteger),
        )
        .select_from(facts.join(refunds, of_refund).join(orders, of_order).join(each, sa.true()))
        .where(facts.c.kind == str(FactKind.REFUND), facts.c.seller_id != facts.c.place_id, sa.not_(sent))
    )


def _paid_out(unit: Unit, terms: Terms, facts: sa.FromClause) -> sa.Select[Any]:
    """Principal of who was erased: whoever handed it over gets it from who took it in."""
    used, source = ledger.uses_relation(), stored_value.sources_relation()
    use = used.c
    here = sa.and_(
        use.merchant_id == unit.merchant_id,
        use.reference_id == facts.c.reference_id,
        use.kind == str(Kind.PAID_OUT),
    )
    known = sa.and_(source.c.merchant_id == unit.merchant_id, source.c.source_id == use.source_id)
    issuer = sa.case((source.c.store_id.is_not(None), _store(terms, source.c.store_id)), else_=MERCHANT.key)
    reason = sa.literal(str(Reason.TOP_UP_REFUND))
    return (
        _debts(facts.c, issuer, _store(terms, facts.c.place_id), reason, use.amount)
        .select_from(facts.join(used, here).outerjoin(source, known))
        .where(facts.c.kind == str(FactKind.REFUND))
    )


def _top_up_refunds(unit: Unit, terms: Terms, facts: sa.FromClause) -> list[sa.Select[Any]]:
    """Who paid principal out gets it from who took it in; what was kept of it for spent bonus goes to who bore that."""
    refund = stored_value.refunds_relation()
    found = facts.join(
        refund, sa.and_(refund.c.merchant_id == unit.merchant_id, refund.c.refund_id == facts.c.reference_id)
    )
    issuer = _store(terms, facts.c.seller_id)
    bearer = issuer if rules.issuer_bears_bonus(terms) else sa.literal(MERCHANT.key)
    parts = (
        (_store(terms, facts.c.place_id), Reason.TOP_UP_REFUND, refund.c.refunded_minor),
        (bearer, Reason.BONUS_RECOVERED, refund.c.deducted_minor),
    )
    return [
        _debts(facts.c, issuer, creditor, sa.literal(str(reason)), amount)
        .select_from(found)
        .where(facts.c.kind == str(FactKind.TOP_UP_REFUND))
        for creditor, reason, amount in parts
    ]


def _debts(fact: Any, debtor: Column, creditor: Column, reason: Column, amount: Column) -> sa.Select[Any]:
    return sa.select(
        fact.reference_id,
        debtor.label("debtor"),
        creditor.label("creditor"),
        reason.label("reason"),
        amount.label("amount_minor"),
    )


def _store(terms: Terms, store_id: Column) -> Column:
    """The party that a store is: itself, or the merchant."""
    if not terms.stores_settle:
        return sa.literal(MERCHANT.key)
    return sa.literal(f"{PartyKind.STORE}:").concat(sa.cast(store_id, sa.Text))
