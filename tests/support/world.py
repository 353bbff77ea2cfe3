"""Builders: a merchant with stores, staff, members and products, made through the product's own services."""

from dataclasses import dataclass

from shuke.infra.config import Settings
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock


@dataclass
class World:
    database: Database
    clock: SimulatedClock
    settings: Settings
