"""Shares and rates of a crowd and of everybody. Whole numbers, rounded down."""

from collections.abc import Sequence

from shuke.audience.model.crowds import Both, Worth
from shuke.kernel.rounding import BPS


def shares(rows: Sequence[Both]) -> list[tuple[Both, dict[str, int | None]]]:
    """Each row with its share on both sides, and the index of the two."""
    here, everybody = (max(1, sum(side)) for side in ([row.here for row in rows], [row.everybody for row in rows]))
    return [
        (
            row,
            {
                "here": row.here,
                "everybody": row.everybody,
                "here_bps": BPS * row.here // here,
                "everybody_bps": BPS * row.everybody // everybody,
                "index": 100 * row.here * everybody // (row.everybody * here) if row.everybody > 0 else None,
            },
        )
        for row in rows
    ]


def index(here: int | None, everybody: int | None) -> int | None:
    """The one in hundredths of the other."""
    return 100 * here // everybody if here is not None and everybody else None


def measures(worth: Worth) -> dict[str, int | None]:
    """Rates by their code; None where there is nothing to divide by."""
    return {
        "buyers_bps": _rate(BPS * worth.buyers, worth.members),
        "net_per_member_minor": _rate(worth.net_minor, worth.members),
        "orders_per_buyer_milli": _rate(1_000 * worth.orders, worth.buyers),
        "ticket_minor": _rate(worth.net_minor, worth.orders),
        "discount_bps": _rate(BPS * worth.discount_minor, worth.net_minor + worth.discount_minor),
        "clv_per_member_minor": _rate(worth.clv_minor, worth.members),
    }


def _rate(of: int, by: int) -> int | None:
    return of // by if by > 0 else None
