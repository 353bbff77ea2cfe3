"""Programmes for tests: the default one with changes, published as an operator would."""

from collections.abc import Callable
from datetime import date
from typing import Any

from shuke.infra.database import Unit
from shuke.loyalty import service as loyalty
from shuke.loyalty.benefits import occasions
from shuke.loyalty.model import Programme
from shuke.loyalty.publishing import editing
from shuke.loyalty.publishing import store as programmes
from shuke.loyalty.publishing.hooks import LoyaltyHooks
from shuke.loyalty.publishing.reading import Document, describe
from tests.support.world import Shop

NAME = {"zh": "名", "en": "Name"}


def publish(unit: Unit, change: Callable[[Document], None]) -> Programme:
    """The live programme's document, changed and published."""
    live = programmes.current(unit)
    document = describe(live)
    change(document)
    editing.save(unit, document, LoyaltyHooks())
    return editing.publish(unit, live.version, LoyaltyHooks())


def benefit(code: str, effect: dict[str, Any], **holders: list[str]) -> Document:
    named = {"tiers": [], "plans": [], "tags": [], **holders}
    return {"code": code, "name": NAME, "effect": effect, "holders": named}


def plan(code: str, price_minor: int = 9_900, **more: Any) -> Document:
    return {"code": code, "name": NAME, "price_minor": price_minor, "months": 12, **more}


def gift(occasion: str, template_id: object, **timing: Any) -> dict[str, Any]:
    """A pack of one coupon."""
    return {
        "kind": "coupon_pack",
        "coupons": [{"template_id": template_id, "count": 1}],
        "timing": {"occasion": occasion, **timing},
    }


def with_benefits(shop: Shop, *wanted: dict[str, Any]) -> None:
    with shop.unit() as unit:
        publish(unit, lambda d: d["benefits"].extend(wanted))


def day_run(shop: Shop, day: date) -> int:
    with shop.unit() as unit:
        return occasions.grant_day(unit, loyalty.programme(unit), day)
