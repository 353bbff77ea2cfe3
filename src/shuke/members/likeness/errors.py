"""What stands in the way of a search."""

from shuke.kernel.errors import Conflict
from shuke.kernel.text import Text


class AlreadySearching(Conflict):
    text = Text(
        "已有一次相似会员查找在进行，请等待完成。", "A search for members who are alike is under way. Wait for its end."
    )
