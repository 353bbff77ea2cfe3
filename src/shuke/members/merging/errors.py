"""What stands in the way of a merge, or of its undoing. Then nothing has changed."""

from shuke.kernel.errors import Conflict, NotFound
from shuke.kernel.text import Text


class SamePerson(Conflict):
    text = Text("不能把会员合并到其本人，请选择另一位。", "A member cannot be merged with herself. Choose another.")


class AlreadyMerged(Conflict):
    text = Text(
        "会员 {number} 已被合并，请改用合并后的会员。", "Member {number} was merged already. Use the one she became."
    )


class OwnStaff(Conflict):
    """What is typed at the till for everybody is often the phone of whoever works there."""

    text = Text(
        "会员 {number} 的手机号或邮箱是本店员工的登录账号，不能合并。请先修改该会员的号码，或停用该员工账号。",
        "The phone or e-mail of member {number} is the login of one of your own staff, who are not merged. "
        "Change it on the member first, or disable the staff account.",
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
