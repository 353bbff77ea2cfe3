"""What loyalty refuses."""

from shuke.kernel.errors import Missing
from shuke.kernel.text import Text


class NoProgramme(Missing):
    text = Text("该商户还没有会员计划，请先创建会员计划。", "This merchant has no programme yet. Create one first.")
