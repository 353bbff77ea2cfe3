"""What can go wrong with members."""

from shuke.kernel.errors import Conflict, FieldProblem, Gone, NotFound
from shuke.kernel.text import Text
from shuke.members.model import IdentifierKind

KIND_NAMES = {
    IdentifierKind.PHONE: Text("手机号", "phone number"),
    IdentifierKind.EMAIL: Text("邮箱", "email address"),
    IdentifierKind.CARD: Text("卡号", "card number"),
}


class MemberNotFound(NotFound):
    text = Text(
        "没有找到该会员，请核对后重试，或现在入会。", "No such member. Check what you entered, or let them join."
    )


class IdentifierTaken(Conflict):
    """A phone number, email address or card number belongs to another member already."""

    text = Text(
        "{zh}已属于另一位会员；请查找那位会员，或换一个。",
        "The {en} belongs to another member already. Look that member up, or enter another.",
    )

    def __init__(self, *kinds: IdentifierKind) -> None:
        zh = "、".join(KIND_NAMES[kind].zh for kind in kinds)
        en = " and the ".join(KIND_NAMES[kind].en for kind in kinds)
        taken = Text("已属于另一位会员。", "Belongs to another member already.")
        super().__init__(fields=tuple(FieldProblem(kind, taken) for kind in kinds), zh=zh, en=en)


class ReferenceTaken(Conflict):
    text = Text("外部编号已属于另一位会员。", "The external reference belongs to another member already.")


class MemberMerged(Conflict):
    """She is somebody else by now."""

    text = Text(
        "该会员已合并到会员 {number}，请改用该会员。", "This member was merged into member {number}. Use that one."
    )


class NotHerName(Conflict):
    """`identified_as` is no other name of the member: two who were one may be two again."""

    text = Text(
        "识别出的会员已变更（可能刚撤销了合并），请重新识别会员。",
        "Who was identified is another member by now: a merge may have been undone. Identify her again.",
    )


class MemberErased(Gone):
    """Her personal data was erased: there is nothing to show, and nothing to change."""

    text = Text(
        "会员 {number} 的个人信息已于 {on} 删除。",
        "The personal data of member {number} was erased on {on}.",
    )
