"""What can be wrong with an import as a whole; single rows are rejected, not raised."""

from shuke.kernel.errors import Conflict, Invalid
from shuke.kernel.text import Text


class WrongFile(Invalid):
    text = Text("无法读取文件 {name}：{reason_zh}", "The file {name} cannot be read: {reason_en}")


class WrongMapping(Invalid):
    text = Text("列对应有误：{reason_zh}", "The column mapping is wrong: {reason_en}")


class ImportBusy(Conflict):
    text = Text(
        "同类导入正在进行，请等它结束后再试。",
        "An import of this kind is running. Try again when it has ended.",
    )


class FileTooLarge(Invalid):
    text = Text(
        "文件超过 {limit_mib} MiB，请拆分后分批导入。",
        "The file is larger than {limit_mib} MiB. Split it and import the parts.",
    )


def wrong_file(name: str, zh: str, en: str) -> WrongFile:
    return WrongFile(name=name, reason_zh=zh, reason_en=en)


def wrong_mapping(zh: str, en: str) -> WrongMapping:
    return WrongMapping(reason_zh=zh, reason_en=en)
