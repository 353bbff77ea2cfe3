"""What can go wrong between a source and its messages."""

from shuke.kernel.errors import Invalid, SignInNeeded, TooManyTries
from shuke.kernel.text import Text


class WrongWriteKey(SignInNeeded):
    text = Text(
        "写入密钥无效或已停用，请在控制台“事件来源”中查看。",
        "The write key is wrong or was revoked. Look it up among the sources in the console.",
    )


class TooManyEvents(TooManyTries):
    text = Text(
        "该来源发送过快，请在 {seconds} 秒后再发，或调高其每秒上限。",
        "This source sends too fast. Send again in {seconds} seconds, or raise its limit.",
    )


class BodyTooLarge(Invalid):
    text = Text(
        "内容过大：每批不超过 {kib} KiB、{messages} 条，公共 context 不超过 {context_kib} KiB。请分批发送。",
        "The body is too large: at most {kib} KiB and {messages} messages a batch, and {context_kib} KiB of context "
        "for all of them. Send it in parts.",
    )


class NotReadable(Invalid):
    text = Text(
        "无法解析：请发送 UTF-8 编码的 JSON 对象，批量时 batch 应为数组。",
        "This cannot be read. Send a JSON object in UTF-8; a batch holds a list named batch.",
    )
