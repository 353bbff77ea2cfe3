/** Short names for the generated shapes, so that pages do not spell out the path to each. */
import type { components, paths } from "@shuke/api-client";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type Role = Session["role"];
export type Text = Schemas["TextView"];
export type StoreRef = Schemas["StoreRef"];
export type TierRef = Schemas["TierRef"];
export type Kpis = Schemas["KpisView"];
export type Summary = Schemas["SalesSummary"];
export type DayRow = Schemas["SalesDay"];
export type StoreSales = Schemas["StoreSalesRow"];
export type CategorySales = Schemas["CategorySalesRow"];
export type TierSales = Schemas["TierSalesRow"];
export type MemberRow = Schemas["MemberRow"];
export type Member = Schemas["MemberProfile"];
export type NewMember = Schemas["NewMember"];
export type MemberPatch = Schemas["MemberChange"];
export type Progress = Schemas["TierProgress"];
export type Wallet = Schemas["Wallet"];
export type Lot = Schemas["PointsLot"];
export type StatementRow = Schemas["StatementEntry"];
export type TimelineItem = Schemas["TimelineEntry"];
export type Insight = Schemas["MemberInsight"];
export type Identified = Schemas["Identity"];
export type IdentifyBy = Schemas["IdentifyBody"];
export type QuoteRequest = Schemas["QuoteBody"];
export type Quote = Schemas["Quote"];
export type QuoteLine = Schemas["QuoteLineView"];
export type Adjustment = Schemas["AdjustmentView"];
export type Stage = Schemas["StageView"];
export type OrderRequest = Schemas["PlaceBody"];
export type OrderRow = Schemas["OrderRow"];
export type Order = Schemas["Order"];
export type OrderLine = Schemas["OrderLineView"];
export type Product = Schemas["Product"];
export type ProductDraft = Schemas["ProductNew"];
export type ProductPatch = Schemas["ProductChange"];
export type Store = Schemas["StoreView"];
export type StoreDraft = Schemas["NewStore"];
export type StorePatch = Schemas["StoreChange"];
export type Staff = Schemas["StaffView"];
export type StaffDraft = Schemas["NewStaff"];
export type StaffPatch = Schemas["StaffEdit"];
export type RoleRow = Schemas["RoleView"];
export type ApiKey = Schemas["ApiKeyView"];
export type ApiKeyDraft = Schemas["NewApiKey"];
export type AuditRow = Schemas["AuditEntryView"];
export type Settings = Schemas["SettingsView"];
export type SettingsPatch = Schemas["SettingsChange"];
export type Programme = Schemas["ProgrammeView"];
export type Merchant = Schemas["MerchantRow"];
export type MerchantDraft = Schemas["NewMerchant"];
export type ImportPreview = Schemas["ImportPreview"];
export type ImportRequest = Schemas["ImportIn"];
export type ImportJob = Schemas["Import"];
export type ImportKind = ImportRequest["kind"];
export type Region = Schemas["RegionRow"];

/** The answer of a GET, for shapes whose own names are not worth knowing. */
type Got<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

export type Refund = Schemas["RefundView"];
export type RefundRequest = Schemas["RefundBody"];
export type PayRequest = Schemas["PayBody"];
export type MissedOffer = Schemas["MissedOffer"];
export type OfferStatus = Schemas["OfferStatus"];
export type OfferKind = Schemas["OfferKind"];
export type OfferPreview = Got<"/v1/promotions/{promotion_id}/preview">;
export type Promotion = Schemas["PromotionView"];
export type PromotionDetail = Schemas["PromotionDetail"];
export type PromotionBody = Schemas["OfferBody"];
export type Template = Schemas["TemplateView"];
export type TemplateDetail = Schemas["TemplateDetail"];
export type TemplateBody = Schemas["TemplateBody"];
export type PacketCampaign = Schemas["CampaignView"];
export type PacketDetail = Schemas["CampaignDetail"];
export type PacketBody = Schemas["CampaignBody"];
export type StackingGroup = Schemas["GroupView"];
export type StackingGroupBody = Schemas["GroupBody"];
export type Coupon = Schemas["CouponView"];
export type CouponStatus = Coupon["status"];
export type IssueBody = Schemas["IssueBody"];
export type Issued = Schemas["IssuedView"];
export type Batch = Schemas["BatchView"];
export type BatchBody = Schemas["BatchBody"];
export type ProgrammeDocument = Schemas["ProgrammeBody"];
export type ProgrammePreview = Schemas["PreviewView"];
export type ProgrammeVersion = Schemas["VersionView"];
export type ProgrammeBenefit = Schemas["BenefitBody"];
export type ProgrammePlan = Schemas["PlanBody"];
export type EarnRule = Schemas["EarnRuleBody"];
export type EarnCaps = Schemas["CapsBody"];
