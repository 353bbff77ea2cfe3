"""The worked example in docs/algorithms/identity.md, seen sighting by sighting."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from shuke.kernel.ids import new_id
from shuke.members.identity.model import Space
from shuke.members.identity.policies import policy
from shuke.members.identity.rules.resolve import Graph, Person
from shuke.members.identity.seeing import Eye
from tests.conftest import NOON
from tests.support.documents import table
from tests.support.people import held
from tests.support.world import World

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "identity.md"


def test_the_example_comes_out_as_it_is_told(world: World) -> None:
    shop = world.merchant()
    wang = shop.member(name="Wang", phone="13800001111")
    names: dict[UUID, str] = {wang.member_id: "Wang"}
    with shop.unit() as unit:
        eye = Eye(unit)
        keys = dict.fromkeys(held(unit)[wang.member_id], wang.joined_at)
        graph = Graph(policy(unit), [Person(wang.member_id, True, wang.joined_at, keys)], new_id)
        for minutes, (together, person, left_out) in enumerate(table(PAGE, "seen together")):
            said = {Space(space): value for space, _, value in (each.partition("=") for each in together.split())}
            seen = eye.sighting(NOON + timedelta(minutes=minutes), said)
            spelled = dict(zip(seen.keys, together.split(), strict=True))
            found = graph.see(seen)
            who = "nobody" if found.person is None else names.setdefault(found.person.person_id, person)
            assert (together, who) == (together, person)
            assert (together, {spelled[key] for key, _ in found.dropped}) == (together, set(left_out.split()))
