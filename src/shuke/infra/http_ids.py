"""Ids as the API shows them: a type prefix and the UUID."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from shuke.kernel.ids import Prefix, parse, show


@dataclass(frozen=True, slots=True)
class PublicId:
    """Reads `mem_…` into a UUID and writes it back."""

    prefix: Prefix

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: show(self.prefix, value), return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.prefix}_[0-9a-f]{{32}}$"}

    def _read(self, value: object) -> UUID:
        return value if isinstance(value, UUID) else parse(self.prefix, str(value))


AccessId = Annotated[UUID, PublicId(Prefix.ACCESS)]
AccountId = Annotated[UUID, PublicId(Prefix.ACCOUNT)]
ApiKeyId = Annotated[UUID, PublicId(Prefix.API_KEY)]
AttributeId = Annotated[UUID, PublicId(Prefix.ATTRIBUTE)]
AuditId = Annotated[UUID, PublicId(Prefix.AUDIT)]
BenefitGrantId = Annotated[UUID, PublicId(Prefix.BENEFIT_GRANT)]
CampaignId = Annotated[UUID, PublicId(Prefix.CAMPAIGN)]
CardBatchId = Annotated[UUID, PublicId(Prefix.CARD_BATCH)]
CardId = Annotated[UUID, PublicId(Prefix.CARD)]
CardSaleId = Annotated[UUID, PublicId(Prefix.CARD_SALE)]
CategoryId = Annotated[UUID, PublicId(Prefix.CATEGORY)]
CouponBatchId = Annotated[UUID, PublicId(Prefix.COUPON_BATCH)]
CouponGiftId = Annotated[UUID, PublicId(Prefix.COUPON_GIFT)]
CouponId = Annotated[UUID, PublicId(Prefix.COUPON)]
CouponTemplateId = Annotated[UUID, PublicId(Prefix.COUPON_TEMPLATE)]
ErasureId = Annotated[UUID, PublicId(Prefix.ERASURE)]
EventId = Annotated[UUID, PublicId(Prefix.EVENT)]
EventSchemaId = Annotated[UUID, PublicId(Prefix.EVENT_SCHEMA)]
EventSourceId = Annotated[UUID, PublicId(Prefix.EVENT_SOURCE)]
FamilyId = Annotated[UUID, PublicId(Prefix.FAMILY)]
FamilyInvitationId = Annotated[UUID, PublicId(Prefix.FAMILY_INVITATION)]
ImportId = Annotated[UUID, PublicId(Prefix.IMPORT)]
LotId = Annotated[UUID, PublicId(Prefix.LOT)]
MemberId = Annotated[UUID, PublicId(Prefix.MEMBER)]
MerchantId = Annotated[UUID, PublicId(Prefix.MERCHANT)]
MergeId = Annotated[UUID, PublicId(Prefix.MERGE)]
OrderId = Annotated[UUID, PublicId(Prefix.ORDER)]
PaymentId = Annotated[UUID, PublicId(Prefix.PAYMENT)]
PaymentRefundId = Annotated[UUID, PublicId(Prefix.PAYMENT_REFUND)]
PlanId = Annotated[UUID, PublicId(Prefix.PLAN)]
PointsRequestId = Annotated[UUID, PublicId(Prefix.POINTS_REQUEST)]
PostingId = Annotated[UUID, PublicId(Prefix.POSTING)]
ProductId = Annotated[UUID, PublicId(Prefix.PRODUCT)]
PromotionId = Annotated[UUID, PublicId(Prefix.PROMOTION)]
ProposalAcceptanceId = Annotated[UUID, PublicId(Prefix.PROPOSAL_ACCEPTANCE)]
ProposalId = Annotated[UUID, PublicId(Prefix.PROPOSAL)]
ProposalRunId = Annotated[UUID, PublicId(Prefix.PROPOSAL_RUN)]
QuarantinedId = Annotated[UUID, PublicId(Prefix.QUARANTINED)]
RedPacketCampaignId = Annotated[UUID, PublicId(Prefix.RED_PACKET_CAMPAIGN)]
RefundId = Annotated[UUID, PublicId(Prefix.REFUND)]
RegionId = Annotated[UUID, PublicId(Prefix.REGION)]
RuleId = Annotated[UUID, PublicId(Prefix.RULE)]
SegmentId = Annotated[UUID, PublicId(Prefix.SEGMENT)]
SharedPacketId = Annotated[UUID, PublicId(Prefix.SHARED_PACKET)]
StaffId = Annotated[UUID, PublicId(Prefix.STAFF)]
StoreId = Annotated[UUID, PublicId(Prefix.STORE)]
SubscriptionId = Annotated[UUID, PublicId(Prefix.SUBSCRIPTION)]
TagEntryId = Annotated[UUID, PublicId(Prefix.TAG_ENTRY)]
TagGroupId = Annotated[UUID, PublicId(Prefix.TAG_GROUP)]
TagId = Annotated[UUID, PublicId(Prefix.TAG)]
TierId = Annotated[UUID, PublicId(Prefix.TIER)]
TopUpId = Annotated[UUID, PublicId(Prefix.TOP_UP)]
TopUpLadderId = Annotated[UUID, PublicId(Prefix.TOP_UP_LADDER)]
TopUpRefundId = Annotated[UUID, PublicId(Prefix.TOP_UP_REFUND)]
TopUpStepId = Annotated[UUID, PublicId(Prefix.TOP_UP_STEP)]
UploadId = Annotated[UUID, PublicId(Prefix.UPLOAD)]
