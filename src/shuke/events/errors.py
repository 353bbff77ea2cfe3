"""What can go wrong between a source and its messages."""

from shuke.kernel.errors import Conflict, Invalid, SignInNeeded, TooManyTries
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


class NotBelieved(Conflict):
    text = Text(
        "网页和 App 的写入密钥任何人都能读到，不能用它覆盖会员资料；请选择“填写空项”或“不使用”。",
        "Anybody can read the write key of a page or an app: what comes with it cannot replace what is known of "
        "members. Choose to fill what is empty, or off.",
    )


class SchemaKnown(Conflict):
    text = Text("事件“{name}”已有结构，请直接修改它。", "There is a schema for {name} already. Change that one.")


class TooManySchemas(Conflict):
    text = Text(
        "事件结构最多 {most} 个，请先删除不再使用的。",
        "There are {most} schemas, the most there may be. Forget some.",
    )


class ForgetsTooSoon(Conflict):
    text = Text(
        "来源“{source}”接收 {late} 天内的事件，保留期必须更长，否则重发的消息会被当成新的。",
        "The source {source} sends events up to {late} days late. Keep them longer than that: else what is sent again "
        "would count as new.",
    )
