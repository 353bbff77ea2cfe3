"""A native copy that was added to is what a copy of all partitions is, and knows what changed in it."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import ref

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.audience.facts import changed, extending, native
from shuke.audience.facts.datasets import DATASETS
from shuke.infra.lake.engine import engine_of
from shuke.infra.lake.folder import LakeFolder, Range, upto_of

Row = dict[str, object]
_DAY = date(2026, 3, 1)
_PEOPLE, _GOODS = st.integers(0, 5), st.integers(0, 2)
DID = st.one_of(
    st.tuples(st.just("bought"), _PEOPLE, _GOODS),
    st.tuples(st.just("bought"), _PEOPLE, _GOODS),
    st.tuples(st.just("returned"), _PEOPLE, _GOODS),
    st.tuples(st.just("looked"), _PEOPLE, _GOODS),
    st.tuples(st.just("merged"), _PEOPLE, _PEOPLE),
    st.tuples(st.just("undone"), _PEOPLE, _PEOPLE),
    st.tuples(st.just("erased"), _PEOPLE, _PEOPLE),
    st.tuples(st.just("moved"), _GOODS, _GOODS),
)


@dataclass
class Shop:
    """What its lake is told, range by range."""

    folder: LakeFolder
    ranges: int = 0
    bought: int = 0
    into: dict[int, int] = field(default_factory=dict)
    erased: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)
    category: dict[int, int] = field(default_factory=lambda: {0: 0, 1: 1, 2: 2})
    told: set[str] = field(default_factory=set)

    def tell(self, done: Sequence[tuple[str, int, int]]) -> int:
        """One more range; its last transaction."""
        rows: dict[str, list[Row]] = {name: [] for name in DATASETS}
        self.told = set()
        if not self.ranges:
            rows["products"] = [self._product(number) for number in self.category]
        for what, one, other in done:
            self._do(rows, what, one, other)
        span = Range(10 * self.ranges, 10 * self.ranges + 10)
        self.ranges += 1
        for name, some in rows.items():
            if some:
                path = self.folder.partition(name, span)
                path.parent.mkdir(parents=True, exist_ok=True)
                last = {row["member_id"]: row for row in some}.values() if name == "members" else some
                pq.write_table(pa.Table.from_pylist(list(last), DATASETS[name]), path)
        return span.upto

    def _do(self, rows: dict[str, list[Row]], what: str, one: int, other: int) -> None:
        if what == "moved":
            self.category[one] = other
            rows["products"] = [row for row in rows["products"] if row["product_id"] != f"p{one}"]
            rows["products"].append(self._product(one))
            return
        touched = {one}
        self.known.add(one)
        if what in ("bought", "returned", "looked"):
            self.bought += 1
            who = self.into.get(one, one)
            touched = {who}
            fact: Row = {
                "order_id": f"o{self.bought}",
                "member_id": f"m{who}",
                "day": _DAY + timedelta(self.bought % 9),
            }
            if what == "looked":
                self._looked(rows, who, other)
            elif what == "bought":
                rows["orders"].append({**fact, "net_minor": self.bought})
                rows["lines"].append({**fact, "line_no": 1, "product_id": f"p{other}", "net_minor": self.bought})
            else:
                rows["refunds"].append({**fact, "refund_id": f"r{self.bought}", "net_minor": 1})
            self.told.add(f"m{who}")
        elif what == "merged" and one != other and not {one, other} & {*self.into, *self.erased}:
            self.known.add(other)
            self.into |= {each: other for each, now in self.into.items() if now == one} | {one: other}
            touched = {one, other}
        elif what == "erased" and one not in self.into:
            self.erased.add(one)
        elif what == "undone" and one in self.into and self.into[one] not in self.erased:
            touched = {one, self.into.pop(one)}
        touched |= {each for each, now in self.into.items() if now in touched}
        self.told |= {f"m{each}" for each in touched}
        rows["members"] += [self._member(each) for each in sorted(touched)]

    def _looked(self, rows: dict[str, list[Row]], who: int, other: int) -> None:
        day, texts = _DAY + timedelta(self.bought % 9), [("of", f"p{other}")]
        event = {"event_id": f"e{self.bought}", "member_id": f"m{who}", "day": day, "texts": texts, "numbers": []}
        rows["events"].append(event)

    def _member(self, number: int) -> Row:
        into = self.into.get(number)
        return {
            "member_id": f"m{number}",
            "merged_into": None if into is None else f"m{into}",
            "status": "erased" if number in self.erased else "active",
            "points": self.bought,
        }

    def _product(self, number: int) -> Row:
        return {"product_id": f"p{number}", "category_id": f"c{self.category[number]}"}


@pytest.fixture(autouse=True)
def _added_to_however_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extending, "MOST", 0)
    monkeypatch.setattr(changed, "MOST", 0)


def _tables(path: Path) -> dict[str, list[str]]:
    """The rows of each table, members by their ids."""
    found = {}
    with duckdb.connect(str(path), read_only=True) as copy:
        copy.execute("CREATE TEMP VIEW named AS SELECT member_no, member_id AS who FROM members")
        for table in ("members", "products"):
            columns = "* EXCLUDE (member_no)" if table == "members" else "*"
            found[table] = sorted(map(str, copy.execute(f"SELECT {columns} FROM {table}").fetchall()))
        for table in ("people", *native.FACTS):
            rows = copy.execute(
                f"SELECT * EXCLUDE (member_no) FROM {table} LEFT JOIN named USING (member_no)"
            ).fetchall()
            found[table] = sorted(map(str, rows))
    return found


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(DID, max_size=6), min_size=2, max_size=4))
def test_adding_what_is_new_is_making_it_of_everything(told: list[list[tuple[str, int, int]]]) -> None:
    with _folder() as folder:
        shop = Shop(folder)
        for done in told:
            upto = shop.tell(done)
            copy = extending.build(folder, upto)
        anew = folder.path / "anew.duckdb"
        with duckdb.connect(str(anew)) as made:
            native.make(folder, made)
        assert _tables(copy) == _tables(anew)


@settings(max_examples=6, deadline=None)
@given(st.lists(DID, max_size=6), st.lists(DID, min_size=1, max_size=4), st.booleans())
def test_what_changed_is_all_that_is_known_of_whom_was_told(
    first: list[tuple[str, int, int]], then: list[tuple[str, int, int]], anew: bool
) -> None:
    with _folder() as folder:
        shop = Shop(folder)
        extending.build(folder, shop.tell([("bought", 0, 0), *first]))
        copy = extending.build(folder, shop.tell(then), anew=anew)
        found = changed.changed_in(copy)
        told = set(found.ids.to_pylist()) if found else set()
        assert told == shop.told
        hers = {f"m{shop.into.get(int(each[1:]), int(each[1:]))}" for each in told}
        of_hers = "FROM {} JOIN main.members of USING (member_no) WHERE of.member_id IN ('" + "', '".join(hers) + "')"
        for table in ("members", *native.FACTS) if found else ():
            there, wanted = (
                engine_of(copy).rows(f"SELECT count(*) AS n {rows}", 60).column("n")[0].as_py()
                for rows in (f"FROM changed.{table}", of_hers.format(table))
            )
            assert there == wanted, table


def test_sales_and_merges_are_added_and_what_cannot_be_is_made_anew(tmp_path: Path) -> None:
    folder = LakeFolder(tmp_path)
    shop = Shop(folder)
    extending.build(folder, shop.tell([("bought", 0, 0), ("bought", 1, 1), ("bought", 2, 2)]))
    steps = [
        ("bought", 0, 1, True),
        ("returned", 1, 0, True),
        ("merged", 0, 1, True),
        ("undone", 0, 0, False),
        ("moved", 2, 2, True),
        ("moved", 2, 0, False),
        ("erased", 2, 0, False),
    ]
    for what, one, other, added in steps:
        copy = extending.build(folder, shop.tell([(what, one, other)]))
        assert bool(native.made(copy)["added"]) is added, what


def test_a_copy_of_another_version_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = LakeFolder(tmp_path)
    shop = Shop(folder)
    extending.build(folder, shop.tell([("bought", 0, 0)]))
    assert not native.stale(folder)
    monkeypatch.setattr(native, "LAYOUT", "of the next version")
    assert native.stale(folder)
    assert native.made(extending.build(folder, shop.tell([("bought", 0, 1)])))["added"] == 0


def test_whoever_has_a_copy_open_is_told_of_the_one_that_was_made_once_more(tmp_path: Path) -> None:
    """Nothing happened since, so both are of the same transactions."""
    folder = LakeFolder(tmp_path)
    shop = Shop(folder)
    copy = extending.build(folder, shop.tell([("bought", 0, 0), ("looked", 0, 0)]))
    assert engine_of(copy).rows("FROM events", 60).num_rows == 1
    for turn in (1, 2):
        for file in folder.partitions("events"):
            pq.write_table(DATASETS["events"].empty_table(), file)
        folder.make_anew()
        assert native.stale(folder)
        copy = extending.build(folder, upto_of(copy))
        assert (folder.current(), native.stale(folder)) == (copy, False)
        assert copy.name == f"{10:020d}-{turn:06d}.duckdb"
        assert engine_of(copy).rows("FROM events", 60).num_rows == 0
        assert [*copy.parent.glob("*.duckdb")] == [copy]


def test_a_file_system_that_shares_nothing_is_copied_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EOPNOTSUPP, "not here")

    folder = LakeFolder(tmp_path)
    shop = Shop(folder)
    extending.build(folder, shop.tell([("bought", 0, 0)]))
    monkeypatch.setattr(os, "copy_file_range", refuse)
    copy = extending.build(folder, shop.tell([("bought", 1, 1)]))
    assert native.made(copy)["added"] == 2
    assert len(_tables(copy)["orders"]) == 2


def test_what_was_taken_back_is_in_no_copy_and_what_was_cut_off_goes(tmp_path: Path) -> None:
    folder = LakeFolder(tmp_path)
    shop = Shop(folder)
    first = extending.build(folder, shop.tell([("bought", 0, 0)]))
    cut_off = first.with_name(f".{first.name}.1")
    (first.with_name(f".{first.name}.1.tmp") / "some").mkdir(parents=True)
    cut_off.touch()
    second = extending.build(folder, shop.tell([("bought", 1, 1)]))
    assert sorted(first.parent.glob("*duckdb*")) == [first, second]
    assert not any(first.parent.glob(".*"))
    folder.make_anew()
    third = extending.build(folder, shop.tell([("bought", 2, 2)]))
    assert sorted(first.parent.glob("*duckdb*")) == [third]
    assert not folder.to_make_anew


def test_copies_that_are_gone_are_let_go(tmp_path: Path) -> None:
    """With their place on disk, which a file has as long as somebody has it open."""
    folder = LakeFolder(tmp_path)
    shop = Shop(folder)
    extending.build(folder, shop.tell([("bought", 0, 0)]))
    old = extending.build(folder, shop.tell([("bought", 0, 1)]))
    assert changed.changed_in(old) is not None
    asked = ref(engine_of(old))
    for _ in range(2):
        new = extending.build(folder, shop.tell([("bought", 1, 1)]))
    assert not old.exists()
    engine_of(new)
    assert asked() is None


@contextmanager
def _folder() -> Iterator[LakeFolder]:
    with TemporaryDirectory() as where:
        yield LakeFolder(Path(where))
