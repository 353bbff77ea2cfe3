"""What offers refuse. Nothing is written when they do."""

from shuke.kernel.errors import Conflict, FieldProblem, Invalid, NotFound
from shuke.kernel.text import Text


class PromotionNotFound(NotFound):
    text = Text("没有找到该促销。", "No such promotion.")


class TemplateNotFound(NotFound):
    text = Text("没有找到该券模板。", "No such coupon template.")


class GroupNotFound(NotFound):
    text = Text("没有找到该叠加组。", "No such stacking group.")


class RedPacketCampaignNotFound(NotFound):
    text = Text("没有找到该红包活动。", "No such red packet campaign.")


class CouponNotFound(NotFound):
    text = Text("没有找到该券。", "No such coupon.")


class BatchNotFound(NotFound):
    text = Text("没有找到该券码批次。", "No such batch of codes.")


class OfferCodeTaken(Conflict):
    text = Text("编码 {code} 已被使用，请换一个。", "The code {code} is taken. Choose another.")

    def __init__(self, code: str) -> None:
        taken = Text("已被使用，请换一个。", "Taken already. Choose another.")
        super().__init__(fields=(FieldProblem("code", taken),), code=code)


class NotPublishable(Invalid):
    """`fields` says what is missing or contradictory, each with its remedy."""

    text = Text(
        "还不能发布：有 {count} 处需要修改。",
        "This cannot be published yet: {count} things need to be corrected.",
    )

    def __init__(self, fields: tuple[FieldProblem, ...]) -> None:
        super().__init__(fields=fields, count=len(fields))


class WrongStatus(Conflict):
    text = Text(
        "当前状态为“{status}”，不能执行此操作；请刷新后重试。",
        "Its status is {status}, which does not allow this. Reload and decide again.",
    )


class GroupInUse(Conflict):
    text = Text(
        "仍有 {count} 个优惠或叠加组使用该组，请先改用其他组。",
        "{count} offers or groups still use this group. Move them to another one first.",
    )


class OfferUsedUp(Conflict):
    text = Text("“{name.zh}”已用完，请重新报价。", "{name.en} is used up. Quote again without it.")


class OverYourLimit(Conflict):
    text = Text(
        "该会员的“{name.zh}”次数或件数已达上限，请重新报价。",
        "The member has reached the limit of {name.en}. Quote again without it.",
    )


class OutOfStock(Conflict):
    text = Text("“{name.zh}”已领完。", "{name.en} is out of stock.")


class OverMemberStock(Conflict):
    text = Text("每人限领 {limit} 张，已达上限。", "A member may have {limit}, and has them already.")


class HolderBlocked(Conflict):
    text = Text(
        "会员已停用，不能领券；请先在会员资料中恢复。",
        "The member is blocked and gets no coupons. Unblock her first.",
    )


class NotIssuing(Conflict):
    text = Text(
        "该券模板当前不发券（未发布、已暂停、已结束或已过有效期）。",
        "This template issues no coupons now: it is not published, paused, ended, or past its validity.",
    )


class NotClaimable(Conflict):
    text = Text("该券不能自行领取，请联系门店。", "Members cannot fetch this coupon themselves. Ask in the store.")


class CouponUsed(Conflict):
    text = Text("券已使用，请换一张。", "The coupon has been used. Take another one.")


class CouponReserved(Conflict):
    text = Text(
        "券已被待付款订单占用；请先支付或取消该订单。",
        "A pending order holds the coupon. Pay or cancel that order first.",
    )


class CouponRevoked(Conflict):
    text = Text("券已作废。", "The coupon was revoked.")


class CouponExpired(Conflict):
    text = Text("券已过期，请换一张。", "The coupon has expired. Take another one.")


class CouponNotYetValid(Conflict):
    text = Text("券尚未生效，{on} 起可用。", "The coupon is not valid yet: it can be used from {on}.")


class CouponNotYours(Conflict):
    text = Text("券不属于该会员。", "The coupon belongs to somebody else.")


class CouponPaused(Conflict):
    text = Text("该券已暂停使用，请换一张或稍后再试。", "The coupon is paused at the moment. Take another one.")


class CouponWrongStore(Conflict):
    text = Text("该券不能在本店使用。", "The coupon cannot be used in this store.")


class CodeNotValid(NotFound):
    """Unknown, mistyped, of another merchant: they look the same."""

    text = Text("券码无效，请核对后重新输入。", "The code is not valid. Check it and type it again.")


class CodeUsed(Conflict):
    text = Text("券码已兑换（尾号 {last_four}）。", "The code ending in {last_four} has been redeemed already.")


class CodeForMembers(Conflict):
    text = Text(
        "这种券仅限会员使用，请先识别会员，或请顾客加入。",
        "Coupons of this kind are for members. Identify the member first, or let the customer join.",
    )


class CodeExpired(Conflict):
    text = Text("券码已过兑换期或已作废。", "The code can no longer be redeemed: too late, or its batch was voided.")


class AlreadyDownloaded(Conflict):
    text = Text(
        "券码只能下载一次，已下载；如已遗失，请作废该批次后重新生成。",
        "Codes are downloaded once, and these were. If they are lost, void the batch and make another.",
    )


class NotTransferable(Conflict):
    text = Text("该券不可转赠。", "This coupon cannot be given away.")


class GiftToOneself(Conflict):
    text = Text("不能把券转赠给自己。", "Nobody can accept a gift of her own.")


class GiftNotValid(NotFound):
    text = Text("转赠链接无效。", "The gift link is not valid.")


class GiftOver(Conflict):
    text = Text("转赠已失效（已被领取、撤回或过期）。", "The gift is over: it was taken, withdrawn or has expired.")


class PacketNotGiving(Conflict):
    text = Text("该红包活动当前不发放。", "This red packet campaign gives nothing at the moment.")


class PacketBudgetSpent(Conflict):
    text = Text("红包预算已用完。", "The budget for these red packets is spent.")


class PacketLimitReached(Conflict):
    text = Text("该会员领取红包次数已达上限。", "The member has had as many of these red packets as allowed.")


class PacketNotValid(NotFound):
    text = Text("红包链接无效。", "The red packet link is not valid.")


class PacketTaken(Conflict):
    text = Text("您已领过这个红包。", "You have taken your part of this red packet already.")


class PacketOver(Conflict):
    text = Text("红包已被领完或已过期。", "The red packet is empty or its time is over.")
