"""A programme as its document: written by codes, kept by ids. Pure.

What has a code has kept its id since the code first was used: whoever renames a tier keeps its members, whoever drops
and brings back a benefit keeps its grants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from shuke.loyalty.model import Benefit, EarnRule, Plan, Programme, Tier

Document = dict[str, Any]

_PROGRAMME = TypeAdapter(Programme)


@dataclass(frozen=True, slots=True)
class Unknown:
    """`code` at `path` is of no tier or plan that the document has."""

    path: str
    what: Literal["tiers", "plans"]
    code: str


class UnknownCodes(Exception):
    """The document names what it does not have: every place of it, in its order."""

    def __init__(self, found: Sequence[Unknown]) -> None:
        self.found = tuple(found)
        super().__init__(", ".join(f"{each.path}: {each.code}" for each in found))


def build(
    document: Document, *, merchant_id: UUID, currency: str, timezone: str, version: int, tiers: Mapping[str, UUID]
) -> Programme:
    """The programme that `document` describes by codes; `tiers` are the ids of those that have been. Raises
    UnknownCodes."""
    codes = [item["code"] for item in document["tiers"]]
    known = {code: tiers.get(code) or _id(merchant_id, "tier", code) for code in codes}
    plans = {item["code"]: _id(merchant_id, "plan", item["code"]) for item in document["plans"]}
    naming = _Naming({"tiers": known, "plans": plans})
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
                "conditions": naming.conditions(item["conditions"], f"earn_rules.{number}.conditions"),
            }
            for number, item in enumerate(document["earn_rules"])
        ],
        "benefits": [
            {
                **item,
                "benefit_id": _id(merchant_id, "benefit", item["code"]),
                "holders": naming.by_id(item["holders"], f"benefits.{number}.holders"),
            }
            for number, item in enumerate(document["benefits"])
        ],
    }
    if naming.unknown:
        raise UnknownCodes(naming.unknown)
    return _PROGRAMME.validate_python(built)


def _id(merchant_id: UUID, kind: str, code: str) -> UUID:
    return uuid5(merchant_id, f"{kind}:{code}")


@dataclass
class _Naming:
    """Codes become ids; those that nothing has are kept in `unknown`, so that all of them can be told at once."""

    ids: Mapping[Literal["tiers", "plans"], Mapping[str, UUID]]
    unknown: list[Unknown] = field(default_factory=list)

    def conditions(self, conditions: Document, path: str) -> Document:
        minutes = [(item["first"], item["last"]) for item in conditions["window"]["minutes"]]
        return {
            **conditions,
            "window": {**conditions["window"], "minutes": minutes},
            "audience": self.by_id(conditions["audience"], f"{path}.audience"),
        }

    def by_id(self, named: Document, path: str) -> Document:
        """`named` with ids where it has codes of tiers and plans."""
        found = dict(named)
        for what, ids in self.ids.items():
            codes = enumerate(named[what])
            self.unknown += [Unknown(f"{path}.{what}.{at}", what, code) for at, code in codes if code not in ids]
            found[what] = [ids[code] for code in named[what] if code in ids]
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
