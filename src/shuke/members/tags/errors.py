"""What can go wrong with tags."""

from shuke.kernel.errors import Conflict, NotFound
from shuke.kernel.text import Text


class TagNotFound(NotFound):
    text = Text("没有这个标签，请刷新后重选。", "No such tag. Reload and choose again.")


class GroupNotFound(NotFound):
    text = Text("没有这个标签组，请刷新后重选。", "No such group of tags. Reload and choose again.")


class TagCodeTaken(Conflict):
    text = Text("标签编码“{code}”已被使用，请换一个。", "The tag code {code} is in use. Choose another.")


class TagArchived(Conflict):
    text = Text(
        "标签“{zh}”已归档，不能再打；请先恢复它。", "The tag {en} is archived and put on nobody. Restore it first."
    )


class GroupNotEmpty(Conflict):
    text = Text("该组还有 {count} 个标签，不能删除。", "The group has {count} tags and cannot be removed.")


class TooManyTags(Conflict):
    text = Text(
        "最多 {groups} 个标签组、{tags} 个标签；请复用已有的。",
        "There are at most {groups} groups and {tags} tags. Use those there are.",
    )


class SeveralHeld(Conflict):
    text = Text(
        "有 {count} 位会员同时拥有该组多个标签；请先为他们保留一个，再设为互斥。",
        "{count} members have several tags of this group. Leave each of them one before making it exclusive.",
    )


class OneOfGroup(Conflict):
    text = Text(
        "“{zh}”所在的组互斥：每位会员只能打其中一个。",
        "{en} is in an exclusive group: put only one of its tags on a member.",
    )
