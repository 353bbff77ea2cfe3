"""Members out of a file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shuke.infra.database import Unit
from shuke.infra.imports import bulk, parsing
from shuke.infra.imports.fields import Field
from shuke.infra.imports.kinds import Context, Outcome, Reading, Rows
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members import bulk_store, profile, rules
from shuke.members.attributes.registry import definitions
from shuke.members.attributes.rules import check_values
from shuke.members.changing import change
from shuke.members.consent import service as consents
from shuke.members.consent.model import Decision
from shuke.members.erasing.afterwards import erased_since
from shuke.members.errors import MemberErased
from shuke.members.model import Attribute, Changes, Channel, Gender, IdentifierKind, Member, MemberStatus, Purpose
from shuke.members.service import get_many
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Merchant

_NAMELESS = Text("外部编号、手机号、邮箱、卡号至少填一项", "give at least one of ref, phone, email and card")
_ERASED = Text(
    "上传此文件后，该会员的个人信息已被删除",
    "her personal data was erased after this file was uploaded",
)
_TWO_PEOPLE = Text("这些号码分属不同会员", "these numbers belong to different members")


class MemberImport:
    """A member is known by the reference, phone, email or card; empty cells leave what is stored."""

    name = "members"
    label = Text("会员", "Members")
    group = None
    threads = 1
    notes: Mapping[str, Text] = {
        "generated": Text("姓名与电话为生成的示例数据", "names and phones are generated sample data"),
    }

    def fields(self, reading: Reading) -> tuple[Field, ...]:
        genders = {"female": ("女", "f"), "male": ("男", "m"), "other": ("其他", "x")}
        yes_no = {"yes": ("是", "y", "true", "1"), "no": ("否", "n", "false", "0")}
        ref = ("external_ref", "member_ref", "member_id", "会员编号", "id")
        joined = ("join_date", "created_at", "入会日期", "注册时间")
        return (
            Field("ref", Text("外部编号", "Reference"), parsing.text(64), synonyms=ref),
            Field("name", Text("姓名", "Name"), parsing.text(rules.NAME_MAX), synonyms=("会员姓名",)),
            Field("phone", Text("手机号", "Phone"), parsing.text(40), synonyms=("mobile", "电话", "手机")),
            Field("email", Text("邮箱", "Email"), parsing.text(rules.EMAIL_MAX), synonyms=("mail",)),
            Field("card", Text("卡号", "Card"), parsing.text(40), synonyms=("card_number", "会员卡号")),
            Field("gender", Text("性别", "Gender"), parsing.choice(genders), synonyms=("sex",)),
            Field("birthday", Text("生日", "Birthday"), parsing.date, synonyms=("birth_date", "出生日期")),
            Field("joined_at", Text("入会时间", "Joined at"), parsing.moment(reading.timezone), synonyms=joined),
            Field("store_code", Text("入会门店", "Join store"), parsing.text(64), synonyms=("store", "门店编码")),
            Field("channel", Text("入会渠道", "Channel"), parsing.text(32), synonyms=("渠道",)),
            Field("marketing", Text("同意营销", "Marketing consent"), parsing.choice(yes_no)),
            Field("attributes", Text("属性（JSON）", "Attributes (JSON)"), parsing.text(4000), synonyms=("属性",)),
        )

    def loader(self, context: Context) -> "MemberLoader":
        return MemberLoader(context)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file, normalised."""

    position: int
    ref: str | None
    identifiers: Mapping[IdentifierKind, str]
    name: str | None
    gender: Gender | None
    birthday: date | None
    joined_at: datetime | None
    store_id: UUID | None
    channel: str
    marketing: bool | None
    attributes: Mapping[str, Attribute]

    def written(self) -> list[tuple[str, str]]:
        """By what the row names a member: kind and value."""
        named = [(str(kind), value) for kind, value in self.identifiers.items()]
        return named if self.ref is None else [("ref", self.ref), *named]

    def names(self) -> list[str]:
        return [f"{kind}:{value}" for kind, value in self.written()]


class MemberLoader:
    def __init__(self, context: Context) -> None:
        self._generated, self._uploaded_at = context.generated, context.uploaded_at
        self._seen = bulk.Seen()

    def remember(self, rows: Rows) -> None:
        for row_no, ref in zip(rows.row_no, rows.values("ref"), strict=True):
            if ref is not None:
                self._seen.duplicate_of(f"ref:{ref}", row_no)

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        outcome = Outcome()
        found = self._normal(unit, rows, outcome)
        owners = bulk_store.owners(
            unit,
            [row.ref for row in found if row.ref is not None],
            [(kind, value) for row in found for kind, value in row.identifiers.items()],
        )
        known: list[tuple[_Row, UUID]] = []
        new: list[_Row] = []
        gone = self._erased(unit, found)
        for row in found:
            if not gone.isdisjoint(row.written()):
                outcome.rejects[row.position] = _ERASED
                outcome.unkept.add(row.position)
                continue
            people = {owners[key] for key in row.names() if key in owners}
            if len(people) > 1:
                outcome.rejects[row.position] = _TWO_PEOPLE
            elif people:
                known.append((row, people.pop()))
            else:
                new.append(row)
        self._change(unit, known, outcome)
        self._join(unit, new)
        outcome.created = len(new)
        outcome.note("generated", len(new) if self._generated else 0)
        return outcome

    def _erased(self, unit: Unit, found: Sequence[_Row]) -> set[tuple[str, str]]:
        """By what rows name somebody who was erased meanwhile. Asked after who has what: an erasure at this moment is
        seen here, or holds her there."""
        if self._uploaded_at is None:
            return set()
        return erased_since(unit, self._uploaded_at, [each for row in found for each in row.written()])

    def _normal(self, unit: Unit, rows: Rows, outcome: Outcome) -> list[_Row]:
        """The rows that make sense in themselves and name nobody whom an earlier row named."""
        merchant = tenancy.merchant(unit)
        stores = {store.code: store.store_id for store in tenancy.stores(unit)}
        decided = definitions(unit)
        names = ("ref", "name", "phone", "email", "card", "gender", "birthday", "joined_at")
        columns = [rows.values(name) for name in (*names, "store_code", "channel", "marketing", "attributes")]
        found = []
        for position, cells in enumerate(zip(*columns, strict=True)):
            try:
                row = _row(position, cells, merchant, stores, unit.now())
                check_values(decided, row.attributes, {})
            except ShukeError as error:
                outcome.rejects[position] = error.fields[0].message if error.fields else error.message
                continue
            firsts = [self._seen.duplicate_of(key, rows.row_no[position]) for key in row.names()]
            if not firsts:
                outcome.rejects[position] = _NAMELESS
            elif first := next((one for one in firsts if one is not None), None):
                outcome.rejects[position] = bulk.duplicate(first)
            else:
                found.append(row)
        return found

    def _change(self, unit: Unit, known: Sequence[tuple[_Row, UUID]], outcome: Outcome) -> None:
        before = get_many(unit, [member_id for _, member_id in known])
        for row, member_id in known:
            changes = _changes(row, before[member_id])
            try:
                if changes:
                    change(unit, member_id, changes)
                said = row.marketing is not None and _says(unit, member_id, row.marketing)
                if changes or said:
                    outcome.updated += 1
                else:
                    outcome.unchanged += 1
            except MemberErased:
                outcome.rejects[row.position] = _ERASED
                outcome.unkept.add(row.position)
            except ShukeError as error:
                outcome.rejects[row.position] = error.message

    def _join(self, unit: Unit, new: Sequence[_Row]) -> None:
        now = unit.now()
        numbers = bulk_store.fresh_numbers(unit, len(new))
        members = [
            Member(
                member_id=new_id(row.joined_at or now),
                number=number,
                status=MemberStatus.ACTIVE,
                name=row.name,
                phone=row.identifiers.get(IdentifierKind.PHONE),
                email=row.identifiers.get(IdentifierKind.EMAIL),
                card=row.identifiers.get(IdentifierKind.CARD),
                gender=row.gender,
                birthday=row.birthday,
                attributes=row.attributes,
                generated=self._generated,
                external_ref=row.ref,
                joined_at=row.joined_at or now,
                join_store_id=row.store_id,
                join_channel=row.channel,
            )
            for row, number in zip(new, numbers, strict=True)
        ]
        bulk_store.add_members(unit, members, [row.marketing for row in new])


def _row(position: int, cells: Sequence[object], merchant: Merchant, stores: Mapping[str, UUID], now: datetime) -> _Row:
    """Raises a ShukeError that says what is wrong with the row."""
    ref, name, phone, email, card, gender, birthday, joined_at, store, channel, marketing, attributes = cells
    identifiers = {}
    if phone is not None:
        identifiers[IdentifierKind.PHONE] = rules.normal_phone(str(phone), profile.phone_regions(merchant))
    if email is not None:
        identifiers[IdentifierKind.EMAIL] = rules.normal_email(str(email))
    if card is not None:
        identifiers[IdentifierKind.CARD] = rules.normal_card(str(card))
    if store is not None and store not in stores:
        raise bulk.unknown("store_code", str(store))
    if channel is not None:
        rules.check_channel(str(channel))
    if isinstance(birthday, date):
        rules.check_birthday(birthday, now.date())
    return _Row(
        position=position,
        ref=None if ref is None else str(ref),
        identifiers=identifiers,
        name=None if name is None else rules.normal_name(str(name)),
        gender=None if gender is None else Gender(str(gender)),
        birthday=birthday if isinstance(birthday, date) else None,
        joined_at=joined_at if isinstance(joined_at, datetime) else None,
        store_id=stores.get(str(store)),
        channel=str(channel or "import"),
        marketing=None if marketing is None else marketing == "yes",
        attributes=_attributes(attributes),
    )


def _attributes(cell: object) -> dict[str, Attribute]:
    if cell is None:
        return {}
    try:
        read = json.loads(str(cell))
    except ValueError as error:
        raise bulk.unknown("attributes", str(cell)[:40]) from error
    if not isinstance(read, dict) or any(isinstance(value, (dict, list, float)) for value in read.values()):
        raise bulk.unknown("attributes", str(cell)[:40])
    rules.check_attributes(read)
    return read


def _says(unit: Unit, member_id: UUID, marketing: bool) -> bool:
    """Whether a member who was known says otherwise now than before."""
    return bool(consents.take(unit, member_id, [Decision(Purpose.MARKETING, Channel.ALL, marketing)], consents.IMPORT))


def _changes(row: _Row, member: Member) -> Changes:
    """What the row says otherwise than what is stored."""
    said: dict[str, object] = {
        "name": row.name,
        "gender": row.gender,
        "birthday": row.birthday,
        **{str(kind): value for kind, value in row.identifiers.items()},
    }
    if any(member.attributes.get(name) != value for name, value in row.attributes.items()):
        said["attributes"] = {**member.attributes, **row.attributes}
    return {  # type: ignore[return-value]
        field: value for field, value in said.items() if value not in (None, getattr(member, field))
    }
