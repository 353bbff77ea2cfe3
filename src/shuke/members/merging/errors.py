"""What stands in the way of a merge, or of its undoing. Then nothing has changed."""

from shuke.kernel.errors import Conflict, NotFound
from shuke.kernel.text import Text


class SamePerson(Conflict):
    text = Text("不能把会员合并到其本人，请选择另一位。", "A member cannot be merged with herself. Choose another.")


class AlreadyMerged(Conflict):
    text = Text(
        "会员 {number} 已被合并，请改用合并后的会员。", "Member {number} was merged already. Use the one she became."
    )


class MergeNotFound(NotFound):
    text = Text("没有找到该合并记录。", "No such merge.")


class AlreadyUndone(Conflict):
    text = Text("该合并已撤销。", "This merge was undone already.")


class NotTheLatestMerge(Conflict):
    text = Text(
        "此后该会员又有合并，请先撤销较晚的合并。",
        "The member was merged again since. Undo the later merge first.",
    )
