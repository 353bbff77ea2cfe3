"""What stands in the way of accepting many proposals, and of taking that back."""

from shuke.kernel.errors import Conflict
from shuke.kernel.text import Text


class AcceptanceUnderWay(Conflict):
    text = Text("批量采纳仍在进行，请等待完成。", "This acceptance is still under way. Wait for its end.")


class NothingToTakeBack(Conflict):
    text = Text("该批次没有可撤销的合并。", "Nothing of this acceptance is left to be taken back.")
