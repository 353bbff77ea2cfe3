"""What is published is live at once and at every till; what may not change does not."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from shuke.infra.outbox import START, read_after
from shuke.kernel.errors import Invalid, Stale
from shuke.kernel.text import Text
from shuke.offers import groups, lifecycle, service, shelf_store
from shuke.offers.errors import NotPublishable, OfferCodeTaken, PromotionNotFound, WrongStatus
from shuke.offers.hooks import OfferHooks
from shuke.offers.model import (
    CouponRules,
    Limits,
    PromotionDraft,
    StackingGroup,
    TemplateDraft,
    Terms,
    Used,
    Validity,
)
from shuke.offers.shelves import PROMOTIONS, TEMPLATES
from shuke.offers.tables import offer_counters
from tests.support.offers import FOR_MEMBERS, OFF_5, Desk
from tests.support.world import World

NAME = Text("满减", "Money off")
HOOKS = OfferHooks()


def draft(code: str = "P", **terms: object) -> PromotionDraft:
    return PromotionDraft(code, NAME, terms=Terms(effect=OFF_5, **terms))  # type: ignore[arg-type]


def test_what_is_live_follows_every_change(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    with shop.unit() as unit:
        assert service.live(unit).promotions == ()
        made = lifecycle.create(unit, PROMOTIONS, draft())
    with shop.unit() as unit:
        assert service.live(unit).promotions == ()
        groups.put(unit, StackingGroup("g", NAME, at_most=1))
        lifecycle.publish(unit, PROMOTIONS, made.id, HOOKS)
    with shop.unit() as unit:
        (offer,) = service.live(unit).promotions
        assert (offer.offer_id, offer.rule, offer.name, offer.effect) == (made.id, "promotion:P", NAME, OFF_5)
        assert service.live(unit) is service.live(unit), "read once, kept while nothing changes"
        assert [group.code for group in service.live(unit).groups] == ["g"]
    with other.unit() as unit:
        assert service.live(unit).promotions == ()
    with shop.unit() as unit:
        lifecycle.change(unit, PROMOTIONS, made.id, replace(draft(), group="g"), HOOKS)
    with shop.unit() as unit:
        assert service.live(unit).promotions[0].group == "g"
        lifecycle.pause(unit, PROMOTIONS, made.id)
    with shop.unit() as unit:
        assert service.live(unit).promotions == ()


def test_published_limits_change_in_amount_only(world: World) -> None:
    desk = Desk(world.merchant())
    made = desk.promotion(limits=Limits(uses=2, budget_minor=1000))
    desk.redeem(None, offers={made: Used(2, 0, 900)})
    with desk.shop.unit() as unit:
        written = shelf_store.get(unit, PROMOTIONS, made).draft
    for limits, path in (
        (Limits(uses=2), "limits.budget_minor"),
        (Limits(uses=2, budget_minor=1000, uses_per_member=1), "limits.uses_per_member"),
    ):
        terms = replace(written.terms, limits=limits, conditions=FOR_MEMBERS)
        with pytest.raises(NotPublishable) as refused, desk.shop.unit() as unit:
            lifecycle.change(unit, PROMOTIONS, made, replace(written, terms=terms), HOOKS)
        assert [field.path for field in refused.value.fields] == [path]
    with pytest.raises(NotPublishable) as refused, desk.shop.unit() as unit:
        lifecycle.change(unit, PROMOTIONS, made, replace(written, code="NEW"), HOOKS)
    assert [field.path for field in refused.value.fields] == ["code"]
    for uses, left in ((5, 3), (1, 0)):
        terms = replace(written.terms, limits=Limits(uses=uses, budget_minor=1000))
        with desk.shop.unit() as unit:
            lifecycle.change(unit, PROMOTIONS, made, replace(written, terms=terms), HOOKS)
            assert service.remaining(unit, [made], None, unit.now())[made].uses == left
    assert desk.broken() == []


def test_what_is_published_stays_fit_to_be(world: World) -> None:
    desk = Desk(world.merchant())
    made = desk.promotion()
    with desk.shop.unit() as unit:
        before = shelf_store.get(unit, PROMOTIONS, made)
    with pytest.raises(NotPublishable), desk.shop.unit() as unit:
        lifecycle.change(unit, PROMOTIONS, made, replace(before.draft, terms=Terms()), HOOKS)
    with pytest.raises(NotPublishable), desk.shop.unit() as unit:
        lifecycle.change(unit, PROMOTIONS, made, replace(before.draft, group="nowhere"), HOOKS)
    with desk.shop.unit() as unit:
        assert shelf_store.get(unit, PROMOTIONS, made) == before
        assert lifecycle.change(unit, PROMOTIONS, made, before.draft, HOOKS) == before, "no change is no change"


def test_codes_and_versions_keep_people_apart(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        first = lifecycle.create(unit, PROMOTIONS, draft("A"))
        second = lifecycle.create(unit, PROMOTIONS, draft("B"))
        with pytest.raises(OfferCodeTaken):
            lifecycle.create(unit, PROMOTIONS, draft("A"))
        with pytest.raises(OfferCodeTaken):
            lifecycle.change(unit, PROMOTIONS, second.id, draft("A"), HOOKS)
        with pytest.raises(Stale):
            lifecycle.change(unit, PROMOTIONS, second.id, draft("C"), HOOKS, version=second.version + 1)
        with pytest.raises(Invalid):
            lifecycle.change(unit, PROMOTIONS, second.id, draft("-"), HOOKS)
        lifecycle.remove(unit, PROMOTIONS, first.id)
        with pytest.raises(PromotionNotFound):
            shelf_store.get(unit, PROMOTIONS, first.id)
        lifecycle.end(unit, PROMOTIONS, second.id)
        for act in (lifecycle.pause, lifecycle.end):
            with pytest.raises(WrongStatus):
                act(unit, PROMOTIONS, second.id)
    with shop.unit() as unit:
        told = [event.type for event in read_after(unit, START)[0] if event.type.startswith("promotion.")]
    assert told == ["promotion.created", "promotion.created", "promotion.removed", "promotion.ended"]


def test_only_what_has_limits_is_counted(world: World) -> None:
    desk = Desk(world.merchant())
    desk.promotion()
    limited = desk.promotion(limits=Limits(uses=1))
    with desk.shop.unit() as unit:
        assert list(unit.connection.scalars(sa.select(offer_counters.c.offer_id))) == [limited]


def test_a_template_keeps_its_worth_once_published(world: World) -> None:
    desk = Desk(world.merchant())
    rules = CouponRules(Validity(days=5))
    with desk.shop.unit() as unit:
        made = lifecycle.create(unit, TEMPLATES, TemplateDraft("T", NAME, terms=Terms(effect=OFF_5), rules=rules))
        lifecycle.publish(unit, TEMPLATES, made.id, HOOKS)
        worse = replace(made.draft, terms=Terms(effect=replace(OFF_5, steps=(replace(OFF_5.steps[0], off=1),))))
        with pytest.raises(NotPublishable) as refused:
            lifecycle.change(unit, TEMPLATES, made.id, worse, HOOKS)
        assert [field.path for field in refused.value.fields] == ["effect"]
        changed = replace(made.draft, rules=replace(rules, stock=5))
        assert lifecycle.change(unit, TEMPLATES, made.id, changed, HOOKS).draft.rules.stock == 5
