"""What statuses are called."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.kernel.text import Text
from shuke.stored_value.model import CardStatus

STATUS_NAMES: Mapping[CardStatus, Text] = MappingProxyType(
    {
        CardStatus.INACTIVE: Text("未激活", "not activated"),
        CardStatus.ACTIVE: Text("正常", "active"),
        CardStatus.FROZEN: Text("已冻结", "frozen"),
        CardStatus.BOUND: Text("已绑定", "bound to a member"),
        CardStatus.VOID: Text("已作废", "void"),
    }
)
