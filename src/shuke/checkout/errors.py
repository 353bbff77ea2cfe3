"""What checkout refuses. Nothing is written when it does."""

from shuke.kernel.errors import Conflict, FieldProblem, Forbidden, Invalid
from shuke.kernel.text import Text


class BadLines(Invalid):
    """Some lines cannot be sold as they stand; `fields` names each with its remedy."""

    text = Text(
        "有 {count} 行商品无法结算，请按提示修改。", "{count} lines cannot be settled. Correct the lines named."
    )

    def __init__(self, fields: tuple[FieldProblem, ...]) -> None:
        super().__init__(fields=fields, count=len(fields))


class AmountTooLarge(Invalid):
    text = Text("金额过大，请检查单价和数量。", "The amount is too large. Check prices and quantities.")


class TenderShort(Invalid):
    text = Text(
        "付款不足：应付 {due}，已付 {given}，还差 {missing}。",
        "Not enough was tendered: {due} is due, {given} was given, {missing} is missing.",
    )


class TenderOver(Invalid):
    text = Text(
        "非现金付款 {given} 超过应付 {due}；只有现金可以找零，请改为应付金额。",
        "Payment other than cash ({given}) exceeds what is due ({due}). Only cash gives change: charge what is due.",
    )


class PayableChanged(Conflict):
    text = Text(
        "应付金额已变为 {payable}（原为 {expected}），请确认后重新提交。",
        "The amount due is now {payable} (expected {expected}). Show it to the customer and submit again.",
    )


class ExternalRefTaken(Conflict):
    text = Text(
        "外部单号 {external_ref} 已结算为订单 {number}，不会重复入账。",
        "The external reference {external_ref} was already settled as order {number}; nothing was charged twice.",
    )


class MemberBlocked(Conflict):
    text = Text(
        "会员 {number} 已停用，请先在会员资料中恢复，或按非会员结算。",
        "Member {number} is blocked. Unblock her first, or settle without a member.",
    )


class StoreClosed(Conflict):
    text = Text("门店 {code} 已停业，不能结算。", "Store {code} is closed and cannot settle orders.")


class PriceNotYours(Forbidden):
    text = Text(
        "您不能改价（第 {line_no} 行），请店长操作，或去掉单价。",
        "You may not change the price of line {line_no}. Ask a manager, or leave the unit price out.",
    )


class OrderNotPending(Conflict):
    text = Text(
        "订单 {number} 不是待付款状态（{status}），请刷新后查看。",
        "Order {number} is not waiting for payment ({status}). Reload to see it.",
    )


class OverPurchaseLimit(Conflict):
    text = Text(
        "「{name_zh}」本期还可购买 {left} 件，本单有 {wanted} 件，请减少数量。",
        "{left} more of “{name}” may be bought in this period, and {wanted} are in the cart: take some out.",
    )


class NothingToCollect(Conflict):
    text = Text("这项无需付款，请直接办理。", "Nothing is due for this. Do it without a payment.")


class RenewedMeanwhile(Conflict):
    text = Text(
        "收款期间该付费会员已续过费，款项退回；如需再续请重新收款。",
        "This subscription was renewed meanwhile, so the money goes back. Ask again to renew it once more.",
    )
