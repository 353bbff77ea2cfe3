"""Of whom anything new is known that a trait depends on: enough of them, and nobody besides."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shuke.audience.facts import changed, extending
from shuke.audience.facts.copying import copied
from shuke.audience.traits import renewing
from shuke.audience.traits.computing import compute
from shuke.audience.traits.reading import standing
from shuke.audience.traits.renewing import catch_up
from shuke.audience.traits.terms import Terms
from shuke.audience.traits.touching import Known, Touched, touched
from shuke.entrypoints.following import recognise
from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.traits import reckon, renew
from shuke.infra.lake.engine import engine_of
from shuke.infra.lake.folder import LakeFolder, upto_of
from tests.audience.test_native import DID, Shop
from tests.audience.test_traits import Row, asked
from tests.support.till import Till, member_id
from tests.support.tracking import sender

_NIGHT = date(2026, 3, 4)
_BECAME = "SELECT p.member_id, m.member_id AS now_id FROM people p JOIN members m USING (member_no)"
_DID = DID.filter(lambda done: done[0] != "moved")
"""A product that is of something else changes preferences of many: at night."""
_PHONE = "13900001111"
_ALL = [f"m{number}" for number in range(6)]


@pytest.fixture(autouse=True)
def _however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extending, "MOST", 0)
    monkeypatch.setattr(changed, "MOST", 0)


@settings(max_examples=6, deadline=None)
@example(
    before=[("bought", 0, 0), ("bought", 1, 1), ("merged", 0, 1)],
    told=[[("undone", 0, 0)], [("erased", 0, 0)]],
    together=True,
)
@given(
    before=st.lists(_DID, max_size=8),
    told=st.lists(st.lists(_DID, max_size=5), min_size=1, max_size=3),
    together=st.booleans(),
)
def test_whoever_is_not_touched_would_be_the_same_reckoned_anew(
    before: list[tuple[str, int, int]], told: list[list[tuple[str, int, int]]], together: bool
) -> None:
    """Whatever is told: sales, returns, looks, merges, merges that are undone, erasures, on days before the night and
    after it."""
    with TemporaryDirectory() as where:
        folder, file = LakeFolder(Path(where)), Path(where) / "night.duckdb"
        shop, known = Shop(folder), Known(10, _NIGHT)
        native = extending.build(folder, shop.tell([("bought", 0, 0), *before]))
        compute(native, file, Terms(_NIGHT, ZoneInfo("UTC")))
        for done in told:
            native, today = extending.build(folder, shop.tell(done), anew=not together), known.day + timedelta(days=1)
            who = touched(folder, native, file, known, today)
            some, everybody = (
                _caught_up(file, native, each, today, f"{upto_of(native)}-{place}")
                for place, each in enumerate((who, Touched(pa.chunked_array([pa.array(_ALL)]), together=False)))
            )
            found = _traits(some)
            assert found == _traits(everybody)
            names = _and_whom_they_became(native, who)
            were = {name: row for name, row in _traits(file).items() if name not in names}
            assert were == {name: row for name, row in found.items() if name not in names}
            file, known = some, Known(upto_of(native), today)


def _caught_up(file: Path, native: Path, who: Touched, today: date, into: str) -> Path:
    draft = copied(file, file.with_name(f"{into}.duckdb"))
    catch_up(draft, native, who, Terms(_NIGHT, ZoneInfo("UTC")), today)
    return draft


def _traits(file: Path) -> dict[str, Row]:
    return {row["member_id"]: row for row in asked(file, "FROM traits")}


def _and_whom_they_became(native: Path, who: Touched) -> set[str]:
    became = engine_of(native).rows(_BECAME, 60).to_pylist()
    ids = set(who.ids.to_pylist())
    return ids | {row["now_id"] for row in became if row["member_id"] in ids}


def test_what_no_trait_depends_on_touches_nobody(till: Till) -> None:
    """An attribute is registered, which tells of everybody; her profile is changed; she looks at something."""
    her, _ = [till.shop.member(phone=phone, attributes={"city": "昆明"}) for phone in (_PHONE, None)]
    till.settle([("A", 3)], her, client=till.as_machine())
    site = sender(till.shop)
    till.world.clock.advance(timedelta(days=1))
    lake, merchant = till.world.settings.lake, till.shop.merchant_id
    _up_to_date(till)
    reckon(till.world.database, lake, merchant)
    till.client = till.world.client(till.shop.login)
    assert (
        till.post(
            "attributes", {"name": "city", "type": "text", "label": {"zh": "城市"}, "personal": False, "choices": []}
        ).status_code
        == 201
    )
    path = f"/v1/members/{member_id(her)}"
    assert till.client.patch(path, json={"attributes": {"city": "大理"}}).status_code == 200
    site.take({"type": "identify", "anonymousId": "a", "traits": {"phone": _PHONE}})
    site.take({"type": "track", "anonymousId": "a", "event": "Product Viewed"})
    assert _renewed(till) == 0
    till.settle([("A", 1)], her, client=till.as_machine())
    assert _renewed(till) == 1


def test_what_was_looked_through_for_nothing_is_not_looked_through_forever(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "FAR", 2)
    her = till.shop.member()
    till.settle([("A", 3)], her, client=till.as_machine())
    till.world.clock.advance(timedelta(days=1))
    _up_to_date(till)
    lake, merchant = till.world.settings.lake, till.shop.merchant_id
    reckon(till.world.database, lake, merchant)
    till.client = till.as_machine()
    reached = []
    for city in ("昆明", "大理"):
        answer = till.client.patch(f"/v1/members/{member_id(her)}", json={"attributes": {"city": city}})
        assert answer.status_code == 200
        assert _renewed(till) == 0
        with till.shop.unit() as unit:
            found = standing(unit, lake)
            assert found is not None
            reached.append(found.renewal.upto)
    assert reached[0] < reached[1]
    assert till.broken_laws() == []


def _renewed(till: Till) -> int:
    """How many were reckoned anew, by what has reached the lake."""
    _up_to_date(till)
    return renew(till.world.database, till.world.settings.lake, till.shop.merchant_id)


def _up_to_date(till: Till) -> None:
    recognise(till.world.database, till.shop.merchant_id)
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
