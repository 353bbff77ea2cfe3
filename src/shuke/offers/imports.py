"""Past campaigns and whom they addressed, out of a file."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.imports import bulk, parsing
from shuke.infra.imports.fields import Field
from shuke.infra.imports.kinds import Context, Outcome, Reading, Rows
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.offers.service import campaign_ids
from shuke.offers.tables import campaigns

_BACKWARDS = Text("结束日期早于开始日期", "ends_on lies before starts_on")
_NO_CAMPAIGN = Text("没有这个活动", "there is no such campaign")
_NO_MEMBER = Text("没有这位会员", "there is no such member")


class CampaignImport:
    """A campaign is known by its code."""

    name = "campaigns"
    label = Text("活动", "Campaigns")
    group = None
    threads = 1
    notes: Mapping[str, Text] = {}

    def fields(self, _reading: Reading) -> tuple[Field, ...]:
        return (
            Field("code", Text("活动编码", "Code"), parsing.text(64), True, synonyms=("campaign", "campaign_id")),
            Field("kind", Text("类型", "Kind"), parsing.text(64), True, synonyms=("campaign_type",)),
            Field("starts_on", Text("开始日期", "Starts on"), parsing.date, True, synonyms=("start_date",)),
            Field("ends_on", Text("结束日期", "Ends on"), parsing.date, True, synonyms=("end_date",)),
        )

    def loader(self, _context: Context) -> "CampaignLoader":
        return CampaignLoader()


class CampaignLoader:
    def __init__(self) -> None:
        self._seen = bulk.Seen()

    def remember(self, rows: Rows) -> None:
        for row_no, code in zip(rows.row_no, rows.values("code"), strict=True):
            self._seen.duplicate_of(str(code), row_no)

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        """Campaigns are few: one statement each is enough."""
        outcome = Outcome()
        table = campaigns.c
        stored = {
            row.code: (row.campaign_id, row.kind, row.starts_on, row.ends_on)
            for row in unit.connection.execute(sa.select(campaigns).where(table.merchant_id == unit.merchant_id))
        }
        told: list[UUID] = []
        cells = zip(*(rows.values(name) for name in ("code", "kind", "starts_on", "ends_on")), strict=True)
        for position, (code, kind, starts_on, ends_on) in enumerate(cells):
            assert isinstance(starts_on, date)
            assert isinstance(ends_on, date)
            code = str(code)
            if first := self._seen.duplicate_of(code, rows.row_no[position]):
                outcome.rejects[position] = bulk.duplicate(first)
            elif ends_on < starts_on:
                outcome.rejects[position] = _BACKWARDS
            elif code in stored and stored[code][1:] == (kind, starts_on, ends_on):
                outcome.unchanged += 1
            else:
                told.append(stored[code][0] if code in stored else new_id(unit.now()))
                values = {"kind": kind, "starts_on": starts_on, "ends_on": ends_on}
                unit.connection.execute(
                    insert(campaigns)
                    .values(merchant_id=unit.merchant_id, campaign_id=told[-1], code=code, **values)
                    .on_conflict_do_update(index_elements=["merchant_id", "code"], set_=values)
                )
                outcome.updated += code in stored
                outcome.created += code not in stored
        bulk.tell(unit, "campaign.imported", told)
        return outcome


class CampaignMemberImport:
    """One row for each member that a campaign addressed."""

    name = "campaign_members"
    label = Text("活动对象", "Campaign members")
    group = None
    threads = 1
    notes: Mapping[str, Text] = {}

    def fields(self, _reading: Reading) -> tuple[Field, ...]:
        return (
            Field("campaign_code", Text("活动编码", "Campaign"), parsing.text(64), True, synonyms=("campaign_id",)),
            Field("member_ref", Text("会员编号", "Member"), parsing.text(64), True, synonyms=("member_id",)),
        )

    def loader(self, _context: Context) -> "CampaignMemberLoader":
        return CampaignMemberLoader()


class CampaignMemberLoader:
    def remember(self, rows: Rows) -> None:
        """Nothing: the same pair twice is the same fact."""

    def load(self, unit: Unit, rows: Rows) -> Outcome:
        outcome = Outcome()
        known = campaign_ids(unit)
        codes, refs = rows.columns["campaign_code"], rows.columns["member_ref"]
        owners = members.owners(unit, refs.unique().to_pylist(), ())
        addressed = [known.get(code) for code in codes.to_pylist()]
        member_ids = [owners.get(f"ref:{ref}") for ref in refs.to_pylist()]
        pairs: dict[tuple[UUID, UUID], None] = {}
        for position, (campaign_id, member_id) in enumerate(zip(addressed, member_ids, strict=True)):
            if campaign_id is None or member_id is None:
                outcome.rejects[position] = _NO_CAMPAIGN if campaign_id is None else _NO_MEMBER
            else:
                pairs[campaign_id, member_id] = None
        bulk.stage(
            unit,
            "campaign_member_rows",
            {
                "campaign_id": ("uuid", bulk.hex_ids(pair[0] for pair in pairs)),
                "member_id": ("uuid", bulk.hex_ids(pair[1] for pair in pairs)),
            },
        )
        added = unit.connection.scalars(_ADD_PAIRS, {"merchant": unit.merchant_id}).all()
        bulk.tell(unit, "campaign.members_imported", sorted(set(added)))
        outcome.created = len(added)
        outcome.unchanged = len(rows) - len(outcome.rejects) - len(added)
        return outcome


_ADD_PAIRS = sa.text(
    "INSERT INTO campaign_members (merchant_id, campaign_id, member_id) "
    "SELECT :merchant, campaign_id, member_id FROM pg_temp.campaign_member_rows "
    "ON CONFLICT DO NOTHING RETURNING campaign_id"
)
