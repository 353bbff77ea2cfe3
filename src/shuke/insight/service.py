"""What others may use of insight: keeping the derived sums up to date, and proving them."""

from shuke.infra.database import Unit
from shuke.insight import facts, proof
from shuke.insight.erasing import ERASES
from shuke.insight.merging import MOVES
from shuke.kernel.audit import Check

__all__ = ["AT_ONCE", "ERASES", "MOVES", "WHILE_READING", "audit", "freshen", "rebuild", "refresh"]

AT_ONCE = 200_000
"""Events counted in one transaction by default: some seconds of work."""

WHILE_READING = 500
"""Events a reader counts before it answers: a tenth of a second."""


def refresh(unit: Unit, limit: int = AT_ONCE) -> bool:
    """Count up to `limit` events that were not counted yet; True when more may be waiting.

    Idempotent; call it again, in a unit of its own, until it answers False. Cost follows the events.
    """
    after = facts.lock(unit)
    assert after is not None
    window = facts.window(unit, after, limit)
    if window is None:
        return False
    facts.count(unit, window)
    return facts.pending(unit, window.upto)


def freshen(unit: Unit) -> None:
    """Before an answer from derived sums: count what is new, unless somebody is at it. Costs one look when
    nothing is; so the answer holds every order but those of the last moments."""
    if not facts.pending(unit, facts.position(unit)):
        return
    after = facts.lock(unit, wait=False)
    window = None if after is None else facts.window(unit, after, WHILE_READING)
    if window is not None:
        facts.count(unit, window)


def rebuild(unit: Unit) -> None:
    """Forget all derived sums and count every event again, in this one transaction."""
    facts.lock(unit)
    facts.forget(unit)
    while refresh(unit):
        pass


def audit(unit: Unit) -> list[Check]:
    """Whether the derived sums equal what they are derived from, as far as events have been counted."""
    return proof.checks(unit)
