"""What the books refuse."""

from shuke.kernel.errors import Conflict
from shuke.kernel.text import Text


class NotEnough(Conflict):
    """The wallet has less than was asked for."""

    text = Text(
        "可用{asset_zh}不足：需要 {wanted}，可用 {available}。请减少使用数量。",
        "Not enough {asset}: {wanted} wanted, {available} available. Use fewer.",
    )


class LotsDiffer(Conflict):
    """The lots that a move names do not add up to its amount."""

    text = Text(
        "指定的批次合计 {named}，与金额 {wanted} 不符。请重新选择批次。",
        "The lots named come to {named}, not to {wanted}. Choose them again.",
    )


class AlreadyPosted(Conflict):
    """The same reference was posted before for the same kind."""

    text = Text(
        "这笔业务已经入账，不会重复入账；请刷新后查看。",
        "This has been posted already and will not be posted twice. Reload to see it.",
    )


class MoreThanTaken(Conflict):
    """A return of more than is still out."""

    text = Text(
        "最多还能退回 {available}，请求退回 {wanted}。",
        "At most {available} can still be given back; {wanted} was asked for.",
    )


class MoreThanGiven(Conflict):
    """A claw-back of more than was given and not yet taken back."""

    text = Text(
        "最多还能扣回 {available}，请求扣回 {wanted}。",
        "At most {available} can still be taken back; {wanted} was asked for.",
    )
