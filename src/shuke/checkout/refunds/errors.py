"""Why a refund is refused. Nothing is written when it is."""

from shuke.kernel.errors import Conflict, FieldProblem, Invalid
from shuke.kernel.text import Text

NOT_WHOLE = Text("按件销售，退货数量须为整数。", "Sold by the piece; whole pieces come back.")


class BadRefund(Invalid):
    """The request names lines that are not there, twice, or in pieces that do not exist."""

    text = Text("退款内容有误，请按提示修改。", "The refund cannot be made as asked. Correct the lines named.")

    def __init__(self, *fields: FieldProblem) -> None:
        super().__init__(fields=fields)


class NothingLeft(Conflict):
    text = Text(
        "该订单已全部退款，没有可退的了。", "This order has been refunded in full; nothing is left to give back."
    )


class LineReturned(Conflict):
    text = Text("第 {line_no} 行已全部退款。", "Line {line_no} has been refunded in full already.")


class QuantityOver(Conflict):
    text = Text(
        "第 {line_no} 行最多还能退 {left}，请求退 {wanted}。",
        "At most {left} of line {line_no} can still come back; {wanted} was asked for.",
    )


class AmountOver(Conflict):
    text = Text(
        "第 {line_no} 行最多还能退 {left}，请求退 {wanted}。",
        "At most {left} can still be given back for line {line_no}; {wanted} was asked for.",
    )


class NotRefundable(Conflict):
    text = Text(
        "订单 {number} 未付款或已取消（{status}），没有可退的款项。",
        "Order {number} is {status}: nothing was paid that could be given back.",
    )


class RefundElsewhere(Conflict):
    text = Text(
        "订单 {number} 来自 {source}，请在原系统退款。",
        "Order {number} was settled in {source}. Refund it there.",
    )


class WindowClosed(Conflict):
    text = Text(
        "订单 {number} 已过 {days} 天退款期（至 {until}），不能退款。",
        "The {days} days in which order {number} could be refunded ended on {until}.",
    )


class RefundChanged(Conflict):
    text = Text(
        "退款金额已变为 {amount}（原为 {expected}），请确认后重新提交。",
        "The refund now comes to {amount} (expected {expected}). Show it to the customer and submit again.",
    )
