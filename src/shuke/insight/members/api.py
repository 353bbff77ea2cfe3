"""Members over HTTP, as read: the list, and one member from every side."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from shuke.catalog import service as catalog
from shuke.infra.csv_export import Cell, csv_response
from shuke.infra.http import Call, Cursor, Limit, SearchText, TextView, allow
from shuke.infra.http_ids import MemberId, StoreId, TierId
from shuke.infra.http_refs import CategoryRef
from shuke.insight.members import export, portrait, present, savings, timeline, wallets
from shuke.insight.members.listing import MemberFilter, MemberSort, count_members, list_members
from shuke.insight.members.views import (
    FavouriteCategory,
    MemberCampaign,
    MemberInsight,
    MemberList,
    MemberProfile,
    PlanSavings,
    SavingsList,
    SpendingMonth,
    Timeline,
    TimelineEntry,
)
from shuke.insight.members.wallet_views import Wallet
from shuke.insight.tiers import tier_refs
from shuke.kernel.paging import MAX_LIMIT
from shuke.ledger.model import Asset
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.tenancy.model import Permission

router = APIRouter(prefix="/members", tags=["members"])

_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]
_Word = Annotated[str, Query(max_length=32, pattern=r"^[a-z][a-z0-9_]*$")]
_Sort = Annotated[MemberSort, Query(description="A minus in front: largest, or latest, first.")]


def member_filter(
    q: Annotated[
        SearchText | None,
        Query(description="Phone (whole or last four), card or member number, email, or the beginning of a name."),
    ] = None,
    tier_id: TierId | None = None,
    store_id: Annotated[StoreId | None, Query(description="Where the member joined.")] = None,
    channel: Annotated[_Word | None, Query(description="Through which the member joined.")] = None,
    status: MemberStatus | None = None,
    joined_from: _Day | None = None,
    joined_to: _Day | None = None,
    last_order_from: _Day | None = None,
    last_order_to: _Day | None = None,
) -> MemberFilter:
    return MemberFilter(
        q=q,
        tier_id=tier_id,
        store_id=store_id,
        channel=channel,
        status=status,
        joined_from=joined_from,
        joined_to=joined_to,
        last_order_from=last_order_from,
        last_order_to=last_order_to,
    )


Wanted = Annotated[MemberFilter, Depends(member_filter)]
Reader = Annotated[Call, allow(Permission.MEMBERS_READ)]


@router.get("")
def read_members(
    call: Reader, wanted: Wanted, sort: _Sort = MemberSort.JOINED_DESC, limit: Limit = 50, cursor: Cursor = None
) -> MemberList:
    """Members, those who joined last first unless sorted otherwise. The first page says how many there are."""
    with call.unit() as unit:
        page = list_members(unit, wanted, sort, cursor, limit)
        members.saw(unit, [item.member for item in page.items], members.Place.LIST)
        return MemberList(
            items=present.rows(unit, page.items),
            next_cursor=page.next_cursor,
            total=count_members(unit, wanted) if cursor is None else None,
        )


@router.get("/export", response_class=StreamingResponse)
def export_members(
    call: Annotated[Call, allow(Permission.MEMBERS_EXPORT)], wanted: Wanted, sort: _Sort = MemberSort.JOINED_DESC
) -> StreamingResponse:
    """The same members as a CSV file; amounts in minor units. Names and phone numbers are masked for those without
    `members.contact`."""
    with call.unit() as unit:
        list_members(unit, wanted, sort, None, 1)
    return csv_response("members", export.HEADER, _exported(call, wanted, sort))


def _exported(call: Call, wanted: MemberFilter, sort: MemberSort) -> Iterator[list[Cell]]:
    with call.unit() as unit:
        tiers = tier_refs(unit)
        cursor: str | None = None
        while True:
            page = list_members(unit, wanted, sort, cursor, MAX_LIMIT)
            members.saw(unit, [item.member for item in page.items], members.Place.EXPORT)
            yield from (export.cells(unit, listed, tiers) for listed in page.items)
            cursor = page.next_cursor
            if cursor is None:
                return


@router.get("/{member_id}")
def read_member(member_id: MemberId, call: Reader) -> MemberProfile:
    """One member: who she is, what she consented to, her life in orders, and her way to the next tier."""
    with call.unit() as unit:
        member = members.get(unit, member_id)
        members.saw(unit, [member], members.Place.PROFILE, members.WHOLE)
        return present.profile(unit, member)


@router.get("/{member_id}/wallet")
def read_wallet(
    member_id: MemberId,
    call: Reader,
    asset: Annotated[Asset | None, Query(description="Of the statement: only this asset.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Wallet:
    """Everything she holds with its lots and when they expire, and a page of the statement, newest first. Her coupons
    are under `/v1/members/{id}/coupons`, cards bound to her under `/v1/cards`."""
    with call.unit() as unit:
        return wallets.wallet(unit, members.get(unit, member_id), asset, cursor, limit)


@router.get("/{member_id}/savings")
def read_savings(member_id: MemberId, call: Reader) -> SavingsList:
    """What each paid plan she has or had saved her so far, against what she paid for it."""
    with call.unit() as unit:
        found = savings.savings(unit, members.get(unit, member_id).member_id)
        return SavingsList(items=[PlanSavings.model_validate(saving) for saving in found])


@router.get("/{member_id}/timeline")
def read_timeline(member_id: MemberId, call: Reader, limit: Limit = 50, cursor: Cursor = None) -> Timeline:
    """What happened, newest first. Orders of stores out of reach are left out, so that a page may be shorter."""
    with call.unit() as unit:
        page = timeline.timeline(unit, members.get(unit, member_id).member_id, cursor, limit)
    return Timeline(
        items=[
            TimelineEntry(
                id=told.event.event_id,
                at=told.event.occurred_at,
                type=told.event.type,
                title=TextView.of(told.story.title),
                detail=TextView.of(told.story.detail),
                order_id=told.order_id,
            )
            for told in page.items
        ],
        next_cursor=page.next_cursor,
    )


@router.get("/{member_id}/insight")
def read_insight(member_id: MemberId, call: Reader) -> MemberInsight:
    """What she buys most, what she spent month by month, and the campaigns that addressed her."""
    with call.unit() as unit:
        members.get(unit, member_id)
        favourites = portrait.favourites(unit, member_id)
        months = portrait.months(unit, member_id)
        campaigns = portrait.campaigns(unit, member_id)
        names = {category.category_id: CategoryRef.of(category) for category in catalog.categories(unit)}
    return MemberInsight(
        favourite_categories=[
            FavouriteCategory(
                category=names[found.category_id] if found.category_id else None,
                net_minor=found.net_minor,
                orders=found.orders,
                share_bps=found.share_bps,
            )
            for found in favourites
        ],
        months=[
            SpendingMonth(month=f"{month.first:%Y-%m}", net_minor=month.net_minor, orders=month.orders)
            for month in months
        ],
        campaigns=[
            MemberCampaign(
                id=found.campaign.campaign_id,
                code=found.campaign.code,
                kind=found.campaign.kind,
                starts_on=found.campaign.starts_on,
                ends_on=found.campaign.ends_on,
                redemptions=found.redemptions,
            )
            for found in campaigns
        ],
    )
