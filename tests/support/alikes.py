"""People of a shop as its files have them: some twice, with what changes from one file to the next, and some who only
look like others: twins, families who share a phone, common names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from faker import Faker

from shuke.infra.database import Unit
from shuke.kernel.ids import new_id
from shuke.members import bulk_store
from shuke.members.model import Gender, Member, MemberStatus


@dataclass(frozen=True)
class Person:
    name: str | None
    phone: str | None
    email: str | None
    birthday: date | None
    gender: Gender | None


@dataclass(frozen=True)
class Crowd:
    """`people` by place; `same`: pairs of places (the smaller first) that are one person."""

    people: Sequence[Person]
    same: frozenset[tuple[int, int]]


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._names = {place: Faker(place) for place in ("zh_CN", "en_US")}
        for names in self._names.values():
            names.seed_instance(seed)

    def crowd(self, people: int, twice: int) -> Crowd:
        """Of so many people some have a twin or a family; so many of the rest come twice."""
        found = [self._person() for _ in range(people)]
        twins = range(people // 50)
        found += [self._twin(found[place]) for place in twins]
        family = range(len(twins), len(twins) + people // 25)
        found += [self._relative(found[place]) for place in family]
        chosen = range(family.stop, family.stop + twice)
        pairs = [(place, len(found) + number) for number, place in enumerate(chosen)]
        found += [self._again(found[place]) for place in chosen]
        order = list(range(len(found)))
        self.random.shuffle(order)
        now = {place: at for at, place in enumerate(order)}
        same = {(min(now[a], now[b]), max(now[a], now[b])) for a, b in pairs}
        return Crowd([found[place] for place in order], frozenset(same))

    def _person(self) -> Person:
        names = self._names[self.random.choice(("zh_CN", "zh_CN", "en_US"))]
        female = self.random.random() < 0.5
        name = names.name_female() if female else names.name_male()
        local = names.unique.user_name() if self.random.random() < 0.4 else None
        return Person(
            name=name,
            phone=self._phone() if self.random.random() < 0.85 else None,
            email=f"{local}@example.com" if local else None,
            birthday=date(1950, 1, 1) + timedelta(days=self.random.randrange(20_000)),
            gender=Gender.FEMALE if female else Gender.MALE,
        )

    def _twin(self, one: Person) -> Person:
        """The same but for the given name and the rest of the phone number."""
        return replace(one, name=self._sibling(one.name or ""), phone=self._with_tail(one.phone), email=None)

    def _relative(self, one: Person) -> Person:
        """The family's name and the end of its phone numbers."""
        other = self._person()
        return replace(other, name=self._sibling(one.name or ""), phone=self._with_tail(one.phone), email=None)

    def _again(self, one: Person) -> Person:
        """The same person in another file: another phone, and one thing or two written otherwise."""
        other = replace(one, phone=self.random.choice((None, self._phone(), self._with_tail(one.phone))), email=None)
        if one.email and self.random.random() < 0.7:
            other = replace(other, email=one.email.replace("@example.com", "@example.org"))
        change = self.random.choice(("nothing", "nothing", "name", "renamed", "birthday", "no gender"))
        name, birthday = one.name or "", one.birthday
        if change == "name":
            other = replace(other, name=self._typo(name))
        elif change == "renamed" and " " in name:
            other = replace(other, name=f"{name.split()[0]} {self._names['en_US'].last_name()}")
        elif change == "birthday" and birthday:
            turned = birthday.month <= 12 and birthday.day <= 12
            wrong = birthday.replace(month=birthday.day, day=birthday.month) if turned else None
            other = replace(other, birthday=wrong or birthday + timedelta(days=self.random.choice((-1, 1))))
        elif change == "no gender":
            other = replace(other, gender=None)
        return other

    def _typo(self, name: str) -> str:
        """Latin names get a wrong letter; Chinese ones a blank."""
        if " " not in name:
            return f"{name[0]} {name[1:]}"
        place = self.random.randrange(1, len(name))
        return name[:place] + self.random.choice("aeiounrs") + name[place + 1 :]

    def _sibling(self, name: str) -> str:
        latin = " " in name
        given = self._names["en_US" if latin else "zh_CN"].first_name()
        other = f"{given} {name.split()[-1]}" if latin else f"{name[0]}{given}"
        return other if other != name else self._sibling(name)

    def _phone(self) -> str:
        return f"+861{self.random.randrange(30, 99)}{self.random.randrange(10**8):08d}"

    def _with_tail(self, phone: str | None) -> str | None:
        return None if phone is None else self._phone()[:-4] + phone[-4:]


def join(unit: Unit, people: Sequence[Person]) -> list[Member]:
    """They become members, a minute after each other."""
    began = unit.now() - timedelta(days=30)
    numbers = bulk_store.fresh_numbers(unit, len(people))
    added = [
        Member(
            member_id=new_id(began + timedelta(minutes=place)),
            number=number,
            status=MemberStatus.ACTIVE,
            name=person.name,
            phone=person.phone,
            email=person.email,
            card=None,
            gender=person.gender,
            birthday=person.birthday,
            attributes={},
            generated=True,
            external_ref=None,
            joined_at=began + timedelta(minutes=place),
            join_store_id=None,
            join_channel="import",
        )
        for place, (number, person) in enumerate(zip(numbers, people, strict=True))
    ]
    bulk_store.add_members(unit, added, [None] * len(added))
    return added
