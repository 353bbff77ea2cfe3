"""What the audience refuses."""

from shuke.kernel.errors import Conflict, FieldProblem, Invalid, NotFound
from shuke.kernel.text import Text


class TreeRefused(Invalid):
    """`fields` names each problem of the rule tree, with its remedy."""

    text = Text("条件有误，请按提示修改。", "The conditions are not right. Correct what is named.")


class LakeEmpty(Conflict):
    text = Text(
        "分析数据还在准备，请一分钟后重试；若一直如此，请检查后台任务（shuke worker）是否运行。",
        "The facts are still being prepared. Try again in a minute; if it stays so, see that `shuke worker` runs.",
    )


class LakeOutdated(Conflict):
    text = Text(
        "分析数据中“{dataset}”的文件不是这个版本写的，请运行 shuke lake rebuild 重建；业务数据不受影响。",
        "Files of the lake ({dataset}) are not as this version writes them. Run `shuke lake rebuild`; the books are not"
        " touched.",
    )


class LakeBehind(Conflict):
    text = Text(
        "属性“{name}”刚登记或修改，数据还在准备，请一两分钟后重试。",
        "The attribute {name} has just been registered or changed, and its values are being prepared. Try again in a"
        " minute or two.",
    )


class TooSlow(Conflict):
    text = Text(
        "计算超过 {seconds} 秒，已停止。请缩短时间范围，或先加上属性条件。",
        "This took more than {seconds} seconds and was stopped. Shorten the windows, or add conditions on attributes.",
    )


class Stopped(Conflict):
    text = Text("计算已取消。", "This was cancelled.")


class SegmentNotFound(NotFound):
    text = Text("没有找到该人群。", "No such segment.")


class SegmentArchived(Conflict):
    text = Text("该人群已归档，请新建一个。", "This segment is archived. Write a new one.")


class SegmentCodeTaken(Conflict):
    text = Text("编码 {code} 已被使用，请换一个。", "The code {code} is taken. Choose another.")

    def __init__(self, code: str) -> None:
        taken = Text("已被使用，请换一个。", "Taken already. Choose another.")
        super().__init__(fields=(FieldProblem("code", taken),), code=code)


class NotInTheLake(Conflict):
    text = Text(
        "该会员的数据还未进入分析库，请一分钟后重试。",
        "This member's facts have not arrived for analysis yet. Try again in a minute.",
    )


class CircularSegments(Conflict):
    text = Text(
        "人群直接或通过自动标签互相引用，无法计算：{path}。请去掉其中一处引用或自动标签。",
        "These segments are made of each other, by name or by the tags that they put, and have no answer: {path}. Take"
        " one of them, or its tag, out.",
    )


class SegmentInUse(Conflict):
    text = Text(
        "以下人群引用了它：{zh}。请先修改或归档它们。",
        "Other segments are made of it: {en}. Change or archive those first.",
    )


class NotLookedAt(Conflict):
    text = Text(
        "名单人群由文件导入，不按规则刷新；请导入新的名单。",
        "Who is in this segment is told by files: import one. It is not looked at by a rule.",
    )


class KindStays(Conflict):
    text = Text(
        "人群的类型不能更改，请新建一个。",
        "Whether a segment goes by a rule, by other segments or by files stays as it is. Write a new one.",
    )


class TagFollowsAnother(Conflict):
    text = Text(
        "该标签已由人群“{name}”自动打上，请另选标签，或先在那里取消。",
        "The segment {name} puts this tag on its members. Choose another tag, or take it away there first.",
    )
