"""What the audience refuses."""

from shuke.kernel.errors import Conflict, Invalid
from shuke.kernel.text import Text


class TreeRefused(Invalid):
    """`fields` names each problem of the rule tree, with its remedy."""

    text = Text("条件有误，请按提示修改。", "The conditions are not right. Correct what is named.")


class LakeEmpty(Conflict):
    text = Text(
        "分析数据还在准备，请一分钟后重试；若一直如此，请检查后台任务（shuke worker）是否运行。",
        "The facts are still being prepared. Try again in a minute; if it stays so, see that `shuke worker` runs.",
    )


class TooSlow(Conflict):
    text = Text(
        "计算超过 {seconds} 秒，已停止。请缩短时间范围，或先加上属性条件。",
        "This took more than {seconds} seconds and was stopped. Shorten the windows, or add conditions on attributes.",
    )
