"""Points changed by hand, and the second person who must agree above a limit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class RequestStatus(StrEnum):
    POSTED = "posted"
    """Within the limit: no second person was needed."""
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRequest:
    """`amount` points to a member (negative: from her), for a reason, asked for by one and decided by another."""

    request_id: UUID
    member_id: UUID
    amount: int
    reason: str
    status: RequestStatus
    asked_at: datetime
    asked_by: UUID
    asked_by_name: str
    decided_at: datetime | None = None
    decided_by: UUID | None = None
    decided_by_name: str | None = None
