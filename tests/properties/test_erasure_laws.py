"""Whoever was erased is nowhere, the books add up, and nobody else has noticed; a refused erasure changed nothing."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shuke.entrypoints.erasing import ERASING
from shuke.entrypoints.following import recognise
from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.tables import metadata
from shuke.events.model import SourceKind
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.members import service as members
from shuke.members.erasing.errors import ErasureHindered
from shuke.members.errors import MemberErased
from shuke.members.identity.tables import identifiers
from shuke.members.merging import merging
from tests.properties.test_merge_laws import NAMES, Steps
from tests.support.erasing import found_by, her_own, marks_of, places_of
from tests.support.merging import STEPS, Pairing, open_pairing
from tests.support.tracking import Sender, sender
from tests.support.world import World

SETTINGS = settings(
    max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_whoever_is_erased_is_nowhere_and_the_books_add_up(world: World) -> None:
    pairing = open_pairing(world)
    web, server = (sender(pairing.till.shop, kind) for kind in (SourceKind.WEB, SourceKind.SERVER))

    @SETTINGS
    @given(steps=STEPS, absorbing=st.booleans(), forfeit=st.booleans())
    def run(steps: Steps, absorbing: bool, forfeit: bool) -> None:
        words = arrive(pairing, web, server)
        pairing.play(steps)
        names = pairing.ids[: 2 if absorbing else 1]
        with pairing.till.shop.unit() as unit:
            if absorbing:
                merging.merge(unit, PLAN, *pairing.ids[:2])
            words |= marks_of(unit, names)
            assert {"members", "identifiers", "event_personal", "event_quarantine"} <= places_of(unit, words)
        before, totals = pairing.everything(), of_others(pairing)
        try:
            with pairing.till.shop.unit() as unit:
                own = her_own(unit, names[0]) if forfeit else 0
                members.erase(unit, ERASING, names[0], "她要求删除", forfeit=forfeit, paid_out_minor=own)
        except ErasureHindered:
            assert pairing.everything() == before
            return
        after = pairing.everything()
        assert pairing.till.broken_laws() == []
        with pairing.till.shop.unit() as unit:
            assert places_of(unit, words) == set()
            assert not found_by(unit, names)
        assert untouched(before, names, pairing) == untouched(after, names, pairing)
        assert of_others(pairing) == totals
        with pytest.raises(MemberErased), pairing.till.shop.unit() as unit:
            members.erase(unit, ERASING, names[0], "再次", forfeit=True)
        assert pairing.everything() == after

    run()


def arrive(pairing: Pairing, web: Sender, server: Sender) -> set[str]:
    """Three new members; the first was seen before she joined, and has told a lot. The words that are hers alone."""
    shop, word, clock = pairing.till.shop, new_id().hex[20:], pairing.till.world.clock
    phone, email, user, browser = f"137{new_id().int % 10**8:08d}", f"{word}@example.com", f"u-{word}", f"b-{word}"
    web.take({"type": "page", "anonymousId": browser, "timestamp": clock.now().isoformat()})
    recognise(shop.database, shop.merchant_id)
    pairing.people = [
        shop.member(name=f"王{word}", phone=phone, email=email, card=f"K{word}", attributes={"remark": f"贵{word}"}),
        shop.member(name=f"另{word}"),
        shop.member(name="第三人"),
    ]
    pairing.orders = []
    when = clock.now().isoformat()
    both = {"userId": user, "anonymousId": browser, "timestamp": when}
    traits = {"phone": phone, "name": f"王{word}", "city": "杭州"}
    device = {"device": {"id": f"d-{word}"}}
    server.take(
        {**both, "type": "identify", "traits": traits, "context": device},
        {"type": "track", "event": "Paid", "userId": user, "timestamp": "no time at all"},
    )
    recognise(shop.database, shop.merchant_id)
    server.take({**both, "type": "track", "event": "Seen"})
    with shop.unit() as unit:
        assert unit.connection.scalar(identifiers.select().where(identifiers.c.namespace == "user_id")) is not None
    return {f"王{word}", f"贵{word}", f"K{word}".upper(), phone, email, user, browser, f"d-{word}"}


def untouched(state: dict[str, list[str]], names: Sequence[Any], pairing: Pairing) -> dict[str, list[str]]:
    """Rows that name the third, or her who was not absorbed, and nobody who was erased."""
    gone, others = [str(name) for name in names], [str(each) for each in pairing.ids if each not in names]
    return {
        table: [row for row in rows if any(each in row for each in others) and not any(each in row for each in gone)]
        for table, rows in state.items()
    }


def of_others(pairing: Pairing) -> list[Any]:
    """What those have who stay."""
    with pairing.till.shop.unit() as unit:
        found = ledger.balances_of(unit, pairing.ids[2:])
        return sorted(found.items(), key=str)


def test_every_column_that_may_hold_something_of_members_goes_or_stays() -> None:
    said = [place for each in ERASING.goes for place in each.places]
    said += [place for each in ERASING.stays for place in each.places]
    assert len(said) == len(set(said))
    assert set(ERASING.nobodys).isdisjoint(place.partition(".")[0] for place in said)
    tables = {table.name: table for table in metadata.sorted_tables if table.info["tenant"]}
    assert {place.partition(".")[0] for place in said} | set(ERASING.nobodys) == set(tables)
    for place in said:
        name, _, column = place.partition(".")
        assert not column or column in tables[name].columns
    for name in ERASING.nobodys:
        naming = NAMES & set(tables[name].columns.keys())
        naming |= {key.column.table.name for key in tables[name].foreign_keys} & {"members"}
        assert not naming, name
