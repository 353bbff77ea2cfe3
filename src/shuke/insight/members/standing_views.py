"""A member's standing traits as the API says them."""

from datetime import date

from shuke.infra.http import TextView, View
from shuke.infra.http_refs import CategoryRef, StoreRef


class StateView(View):
    """`means`: the definition."""

    code: str
    name: TextView
    means: TextView


class PreferenceView(View):
    """`kind`: category, brand, price, store, channel or hour. `value`: its code or name; `category` and `store` say
    which where it is one of them. `share_bps`: of all she bought."""

    kind: str
    value: str
    category: CategoryRef | None
    store: StoreRef | None
    share_bps: int


class PortraitView(View):
    """By last night. What cannot be known of her is null. Days are whole; `next_from` to `next_upto` is when she is
    expected next, most likely on `next_day`; `overdue_days`: by `as_of` so many have passed since the last of those
    days, and she has not come; 0 where they have not passed. `why` explains states and predictions, by their names
    here."""

    as_of: date
    days: int
    orders: int
    net_minor: int
    since: int | None
    rhythm: int | None
    next_day: date | None
    next_from: date | None
    next_upto: date | None
    overdue_days: int
    lifecycle: StateView
    lifecycle_since: date | None
    grade: StateView
    grade_since: date | None
    recency: int | None
    frequency: int | None
    monetary: int | None
    loyalty: StateView | None
    loyalty_bps: int | None
    alive_bps: int | None
    expected_milli: int | None
    worth_minor: int | None
    clv_minor: int | None
    cluster: int | None
    cluster_description: TextView | None
    preferences: list[PreferenceView]
    why: dict[str, TextView]


class NextAction(View):
    code: str
    title: TextView
    reason: TextView


class MemberPortrait(View):
    """`portrait` null: she has joined since last night, or traits have not been reckoned yet."""

    portrait: PortraitView | None
    next_action: NextAction
