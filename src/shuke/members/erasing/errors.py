"""What stands in the way of an erasure. Then nothing has changed."""

from collections.abc import Sequence

from shuke.kernel.errors import Conflict, FieldProblem
from shuke.kernel.text import Text
from shuke.members.erasing.model import Obstacle


class ErasureHindered(Conflict):
    text = Text("暂不能删除：{zh}", "Not yet: {en}")

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        zh = "".join(each.message.zh for each in obstacles)
        en = " ".join(each.message.en for each in obstacles)
        super().__init__(fields=tuple(FieldProblem(each.code, each.message) for each in obstacles), zh=zh, en=en)


class PaidOutDiffers(Conflict):
    text = Text(
        "会员的储值本金现余 {left}，不是已交还的 {said}：请核对后再删除。",
        "Of her own money {left} is left, and {said} was handed over: put that right before she is erased.",
    )
