"""The sample chain: its facts on a slice of it, and the whole load done twice."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from rich.progress import Progress

from shuke.audience import service as audience
from shuke.audience.segments.model import SegmentStatus
from shuke.checkout import service as checkout
from shuke.entrypoints.sample import load_sample, sales
from shuke.entrypoints.sample.chain import LAST_DAY, TIMEZONE, Chain, weeks_until
from shuke.entrypoints.sample.goods import products
from shuke.entrypoints.sample.loading import MERCHANT_ID
from shuke.entrypoints.sample.people import members
from shuke.entrypoints.wiring import Installation
from shuke.infra.config import Settings
from shuke.infra.crypto import Cipher, new_master_key
from shuke.infra.database import Database
from shuke.kernel.clock import SimulatedClock, business_day
from shuke.members.tags import catalogue
from tests.conftest import NOON
from tests.support.postgres import Server

HOUSEHOLDS = 40


@pytest.fixture(scope="module")
def chain() -> Chain:
    return Chain(weeks_until(NOON), HOUSEHOLDS)


def test_the_year_ends_about_yesterday() -> None:
    for days in range(14):
        now = NOON + timedelta(days=days)
        last = LAST_DAY + timedelta(weeks=weeks_until(now))
        assert timedelta(days=1) <= business_day(now, TIMEZONE) - last <= timedelta(days=7)
        assert last.weekday() == LAST_DAY.weekday()


def test_stamps_are_read_on_the_chain_s_own_clock() -> None:
    """In the data they are UTC: on the clock of New York the night is quiet and no sale lies outside the year."""
    whole = Chain(0)
    local = whole.lines["local"].to_numpy()
    hours = Counter((local.astype("datetime64[h]").astype(int) % 24).tolist())
    assert max(hours[hour] for hour in (2, 3, 4)) * 10 < max(hours[hour] for hour in (16, 17, 18))
    days = local.astype("datetime64[D]")
    assert (days.min().astype(date), days.max().astype(date)) == (date(2017, 1, 1), LAST_DAY)


def test_amounts_of_the_whole_year_to_the_cent() -> None:
    table = sales.orders(Chain(0))
    sums = {name: sum(table[name].to_pylist()) for name in table.column_names if name.endswith("_minor")}
    assert sums["gross_minor"] == 539_223_287
    assert sums["net_minor"] == 459_603_958
    assert sums["paid_minor"] == 456_967_968
    discounts = sums["merchant_discount_minor"] + sums["merchant_coupon_minor"] + sums["partner_discount_minor"]
    assert sums["gross_minor"] == discounts + sums["paid_minor"]


def test_made_up_people_are_always_the_same(chain: Chain) -> None:
    few, more = members(chain).to_pylist(), members(Chain(chain.weeks, 2 * HOUSEHOLDS)).to_pylist()
    assert few == more[:HOUSEHOLDS]
    assert len({row["phone"] for row in more}) == len({row["card"] for row in more}) == 2 * HOUSEHOLDS
    assert all(row["phone"].startswith("+86140") for row in more)


def test_prices_and_placeholders() -> None:
    rows = products(Chain(0)).to_pylist()
    assert len(rows) == 92_331 + 17
    assert sum(row["note"] == "placeholder" for row in rows) == 17
    for row in rows:
        listed, member = row["list_price_minor"], row["member_price_minor"]
        assert listed is None or listed > 0
        assert member is None or 0 < member < listed
    assert {row["unit"] for row in rows if row["sold_by"] == "measure"} == {"gal"}


def test_loaded_and_loaded_again(server: Server, tmp_path: Path, chain: Chain) -> None:
    key = new_master_key()
    with server.database() as name:
        database = Database(server.app_url(name), cipher=Cipher(key), clock=SimulatedClock(NOON), pool_size=8)
        settings = Settings(data_dir=tmp_path, database_url=server.app_url(name))
        installation = Installation(settings, database, server.owner_url(name), key, None)
        table = sales.orders(chain)
        with Progress(disable=True) as progress:
            first = load_sample(installation, progress, HOUSEHOLDS)
            again = load_sample(installation, progress, HOUSEHOLDS)
        assert first.members == HOUSEHOLDS
        assert first.lines == len(table)
        assert first.orders == len(set(table["order_ref"].to_pylist()))
        assert first.gross_minor == sum(table["gross_minor"].to_pylist())
        assert first.net_minor == sum(table["net_minor"].to_pylist())
        assert first.gross_minor == first.discount_minor + first.paid_minor
        assert sum(first.tiers.values()) == HOUSEHOLDS
        assert set(first.audit.values()) == {"ok"}
        assert 0 < first.points_outstanding <= first.points_issued
        same = (
            "members",
            "stores",
            "products",
            "orders",
            "lines",
            "gross_minor",
            "points_issued",
            "points_outstanding",
        )
        assert [getattr(again, field) for field in same] == [getattr(first, field) for field in same]
        with database.merchant(MERCHANT_ID) as unit:
            kept = audience.listed(unit, SegmentStatus.ACTIVE, None, 50).items
            assert len(kept) == len({segment.draft.code for segment in kept}) == 5
            sizes = {segment.draft.code: segment.last.size for segment in kept if segment.last}
            assert len(sizes) == 5
            assert sizes["best-fifth"] > 0
            tagged = catalogue.counts(unit)
            assert list(tagged.values()) == [sizes["baby-at-home"]]
            redeemed = checkout.redemptions_relation()
            assert unit.connection.scalar(sa.select(sa.func.count()).select_from(redeemed)) == len(chain.redemptions)
        database.close()
