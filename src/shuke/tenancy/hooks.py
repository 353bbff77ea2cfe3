"""What tenancy must know from, or tell to, domains above it. The entry points know both sides and hand these in."""

from collections.abc import Callable
from dataclasses import dataclass

from shuke.infra.database import Unit


def _no(_unit: Unit) -> bool:
    return False


def _nothing(_unit: Unit) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Hooks:
    """`has_orders`: are the merchant's books open? `on_opening`: what a new merchant needs on its first day."""

    has_orders: Callable[[Unit], bool] = _no
    on_opening: Callable[[Unit], None] = _nothing
