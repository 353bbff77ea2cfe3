"""What can go wrong with consent."""

from shuke.kernel.errors import Conflict, Missing
from shuke.kernel.text import Text


class TermsStay(Conflict):
    text = Text(
        "会员条款不能单独撤回；不再做会员，请申请注销（删除个人信息）。",
        "The terms cannot be withdrawn by themselves. Who no longer wants to be a member is erased.",
    )


class TextUnknown(Missing):
    text = Text(
        "没有发布过该用途的第 {version} 版授权文本，请刷新后重试。",
        "Version {version} of the text for this purpose was never published. Reload and try again.",
    )


class ConfirmationInvalid(Missing):
    text = Text(
        "确认链接无效、已使用或已过期，请重新申请。",
        "The confirmation is not valid: it was used, has expired, or was never sent. Ask for a new one.",
    )
