"""A programme as its document: written by codes, kept by ids. Pure.

What has a code has kept its id since the code first was used: whoever renames a tier keeps its members, whoever drops
and brings back a benefit keeps its grants.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from shuke.loyalty.model import Benefit, EarnRule, Plan, Programme, Tier

Document = dict[str, Any]

_PROGRAMME = TypeAdapter(Programme)


class UnknownCode(Exception):
    """`code` at `path` names a tier or plan that the document does not have."""

    def __init__(self, path: str, code: str) -> None:
        self.path, self.code = path, code
        super().__init__(f"{path}: {code}")


def build(
    document: Document, *, merchant_id: UUID, currency: str, timezone: str, version: int, tiers: Mapping[str, UUID]
) -> Programme:
    """The programme that `document` describes by codes; `tiers` are the ids of those that have been. Raises
    UnknownCode."""
    codes = [item["code"] for item in document["tiers"]]
    known = {code: tiers.get(code) or _id(merchant_id, "tier", code) for code in codes}
    plans = {item["code"]: _id(merchant_id, "plan", item["code"]) for item in document["plans"]}
    built = {
        **document,
        "currency": currency,
        "timezone": timezone,
        "version": version,
        "tiers": [
            {**item, "tier_id": known[item["code"]], "rank": rank} for rank, item in enumerate(document["tiers"])
        ],
        "plans": [{**item, "plan_id": plans[item["code"]]} for item in document["plans"]],
        "earn_rules": [
            {
                **item,
                "rule_id": _id(merchant_id, "rule", item["code"]),
                "conditions": _with_audience(item["conditions"], f"earn_rules.{number}", known, plans),
            }
            for number, item in enumerate(document["earn_rules"])
        ],
        "benefits": [
            {
                **item,
                "benefit_id": _id(merchant_id, "benefit", item["code"]),
                "holders": _by_id(item["holders"], f"benefits.{number}.holders", known, plans),
            }
            for number, item in enumerate(document["benefits"])
        ],
    }
    return _PROGRAMME.validate_python(built)


def _id(merchant_id: UUID, kind: str, code: str) -> UUID:
    return uuid5(merchant_id, f"{kind}:{code}")


def _with_audience(conditions: Document, path: str, tiers: Mapping[str, UUID], plans: Mapping[str, UUID]) -> Document:
    minutes = [(item["first"], item["last"]) for item in conditions["window"]["minutes"]]
    return {
        **conditions,
        "window": {**conditions["window"], "minutes": minutes},
        "audience": _by_id(conditions["audience"], f"{path}.conditions.audience", tiers, plans),
    }


def _by_id(named: Document, path: str, tiers: Mapping[str, UUID], plans: Mapping[str, UUID]) -> Document:
    """`named` with ids where it has codes of tiers and plans."""
    known = {"tiers": tiers, "plans": plans}
    found = dict(named)
    for what, ids in known.items():
        for number, code in enumerate(named[what]):
            if code not in ids:
                raise UnknownCode(f"{path}.{what}.{number}", code)
        found[what] = [ids[code] for code in named[what]]
    return found


def describe(programme: Programme) -> Document:
    """The document of `programme`, by codes: what `build` reads."""
    codes = {tier.tier_id: tier.code for tier in programme.tiers}
    codes |= {plan.plan_id: plan.code for plan in programme.plans}
    document: Document = _plain(programme, codes)
    for name in ("currency", "timezone", "version"):
        del document[name]
    for rule in document["earn_rules"]:
        window = rule["conditions"]["window"]
        window["minutes"] = [{"first": first, "last": last} for first, last in window["minutes"]]
    return document


_OWN_IDS = {Tier: ("tier_id", "rank"), EarnRule: ("rule_id",), Benefit: ("benefit_id",), Plan: ("plan_id",)}


def _plain(value: Any, codes: Mapping[UUID, str]) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        hidden = _OWN_IDS.get(type(value), ())
        return {
            field.name: _plain(getattr(value, field.name), codes) for field in fields(value) if field.name not in hidden
        }
    match value:
        case UUID():
            return codes.get(value, value)
        case frozenset():
            return sorted((_plain(item, codes) for item in value), key=str)
        case tuple():
            return [_plain(item, codes) for item in value]
        case StrEnum():
            return str(value)
    return value
