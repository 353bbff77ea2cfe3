"""One member's standing traits, and why they are what they are."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from shuke.audience.model.portrait import Portrait, Preference, Word
from shuke.audience.rules.clusters import described
from shuke.audience.rules.loyalty import LEVELS
from shuke.audience.traits.liking import COLUMNS
from shuke.audience.traits.reading import Row, Standing, standing
from shuke.audience.traits.tables import trait_states
from shuke.audience.traits.words import (
    GRADES,
    GRADES_DEFINED,
    STAGES,
    STAGES_DEFINED,
    lifecycle_defined,
    loyalty_defined,
    predictions_defined,
)
from shuke.infra.database import Unit
from shuke.kernel.money import format_minor
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy

_AS_FOUND = (
    "days", "orders", "net_minor", "since", "rhythm", "next_day", "next_from", "next_upto", "recency", "frequency",
    "monetary", "loyalty_bps", "alive_bps", "expected_milli", "worth_minor", "clv_minor", "cluster",
)  # fmt: skip


def portrait(unit: Unit, root: Path, member_id: UUID) -> Portrait | None:
    """What the last run says of a member; None before the first that knows her. Raises TooSlow."""
    found = standing(unit, root)
    row = found.of_member(member_id) if found else None
    if found is None or row is None:
        return None
    held = trait_states.c
    since = unit.connection.execute(
        sa.select(held.lifecycle_since, held.grade_since).where(
            held.merchant_id == unit.merchant_id, held.member_id == member_id
        )
    ).first()
    loyalty = row["loyalty"]
    return Portrait(
        **{name: row[name] for name in _AS_FOUND},
        as_of=row["as_of"],
        overdue_days=_overdue(row),
        lifecycle=Word(row["lifecycle"], STAGES[row["lifecycle"]], STAGES_DEFINED[row["lifecycle"]]),
        lifecycle_since=since.lifecycle_since if since else None,
        grade=Word(row["grade"], GRADES[row["grade"]], GRADES_DEFINED[row["grade"]]),
        grade_since=since.grade_since if since else None,
        loyalty=Word(loyalty, LEVELS[loyalty], loyalty_defined()["loyalty"]) if loyalty else None,
        cluster_description=_cluster(found, row["cluster"]),
        preferences=[
            Preference(name, str(row[column]), row[f"{name}_share_bps"])
            for name, column in COLUMNS.items()
            if row[column] is not None
        ],
        why=dict(_why(found, row, tenancy.merchant(unit).currency)),
    )


def _overdue(row: Row) -> int:
    """Days since the last on which she was expected, by what is known: days without sales yet are nobody's silence."""
    last = row["next_upto"] or row["next_day"]
    return max(0, (row["as_of"] - last).days) if last else 0


def _cluster(found: Standing, number: int | None) -> Text | None:
    if number is None:
        return None
    return described({row["feature"]: row["apart_milli"] for row in found.clusters() if row["cluster"] == number})


def _why(found: Standing, row: Row, currency: str) -> Iterator[tuple[str, Text]]:
    """In her own numbers."""
    days, since, rhythm = row["days"], row["since"], row["rhythm"]
    meant = STAGES_DEFINED[row["lifecycle"]]
    if since is None:
        yield "lifecycle", meant
        return
    came = Text(
        f"在 {days} 天买过，最近一次是 {since} 天前，她的节奏约 {rhythm} 天。",
        f"She bought on {_days(days)}, last {_days(since)} ago; her rhythm is about {_days(rhythm)}. ",
    )
    yield "lifecycle", Text(came.zh + meant.zh, came.en + meant.en)
    visits, graded = row["visits_30_days"], GRADES_DEFINED[row["grade"]]
    yield "grade", Text(f"近 30 天来过 {visits} 天。{graded.zh}", f"Came on {visits} of the last 30 days. {graded.en}")
    yield "rhythm", lifecycle_defined(found.run)["rhythm"]
    yield (
        "next_day",
        Text(
            f"最近一次 {row['last_day']} 加上她的节奏 {rhythm} 天。",
            f"Her last purchase, {row['last_day']}, and her rhythm of {_days(rhythm)}.",
        ),
    )
    if row["alive_bps"] is None:
        return
    said = predictions_defined(found.run)
    yield "alive_bps", said["alive"]
    stays = Text(
        "由她的购买和全体会员的规律推断，已计入她可能不再来；节奏只说她来的那段时间里多久来一次。",
        " Told by her purchases and by how members do, and counting that she may stop coming; her rhythm only says how"
        " often she came while she did.",
    )
    yield "expected_milli", Text(said["expected"].zh + stays.zh, said["expected"].en + stays.en)
    times, worth = f"{row['expected_milli'] / 1000:.1f}", format_minor(row["worth_minor"], currency)
    yield (
        "clv_minor",
        Text(
            f"预期 {times} 次 × 每次 {worth}。{said['clv'].zh}", f"{times} purchases × {worth} each. {said['clv'].en}"
        ),
    )


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
