"""What clearing refuses, and what to do about it."""

from shuke.kernel.errors import Conflict, Invalid
from shuke.kernel.text import Text


class DayNotOver(Conflict):
    text = Text(
        "{day} 尚未结束（今天是 {today}），可先预览，次日再关账。",
        "{day} is not over (today is {today}). Preview it now, close it tomorrow.",
    )


class DayNotCleared(Conflict):
    text = Text(
        "清算从 {since} 开始，{day} 不在其内；如需更早，请在清算设置中修改起始日。",
        "Clearing starts on {since}; {day} lies before. To begin earlier, change the first day in the settings.",
    )


class ClearingBegun(Conflict):
    text = Text(
        "{day} 已关账，起始日不能再改。",
        "{day} has been closed already, so the first day cannot change any more.",
    )


class PartyUnknown(Invalid):
    text = Text(
        "不认识的清算方“{party}”，请用 merchant、platform、门店编号（sto_…）或 partner:名称。",
        'There is no party "{party}". Use merchant, platform, a store\'s id (sto_…) or partner:name.',
    )
