"""By what a person is recognised, told to her."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter, Column, Shape
from shuke.kernel.text import Text
from shuke.members.erasing.model import Her
from shuke.members.identity.model import Space
from shuke.members.identity.tables import identifiers, visitors

_ID, _V = identifiers.c, visitors.c
_KINDS = {
    Space.PHONE: Text("手机号", "Phone"),
    Space.UNIONID: Text("微信 UnionID", "WeChat UnionID"),
    Space.CARD: Text("卡号", "Card"),
    Space.EMAIL: Text("邮箱", "Email"),
    Space.OPENID: Text("微信 OpenID", "WeChat OpenID"),
    Space.USER_ID: Text("用户 ID", "User id"),
    Space.DEVICE: Text("设备", "Device"),
    Space.ANONYMOUS_ID: Text("匿名 ID", "Anonymous id"),
}
_BLIND = Text(
    "没有内容的标识只以不可逆的标记保存，无法显示。",
    "Identifiers without content are kept as marks that cannot be turned back: they cannot be shown.",
)
_SINCE = Column("first_seen_at", Text("首次出现", "Since"), Shape.MOMENT)
_LAST = Column("last_seen_on", Text("最近出现", "Last"), Shape.DAY)


def recognised(unit: Unit, her: Her) -> Sequence[Chapter]:
    """All identifiers, also those that events told, and when she was seen as a visitor."""
    known = unit.connection.execute(
        sa.select(identifiers)
        .where(_ID.merchant_id == unit.merchant_id, _ID.person_id.in_(her.people))
        .order_by(_ID.first_seen_at, _ID.namespace, _ID.value_index)
    )
    rows = [
        (
            _KINDS[Space(row.namespace)],
            None if row.value_cipher is None else unit.open(row.namespace, row.value_cipher),
            row.main,
            row.source,
            row.first_seen_at,
            row.last_seen_on,
        )
        for row in known
    ]
    columns = (
        Column("kind", Text("种类", "Kind")),
        Column("value", Text("内容", "Content")),
        Column("main", Text("主要", "Main"), Shape.YES_NO),
        Column("source", Text("来源", "By")),
        _SINCE,
        _LAST,
    )
    visits = unit.connection.execute(
        sa.select(_V.first_seen_at, _V.last_seen_on)
        .where(_V.merchant_id == unit.merchant_id, _V.became_id.in_(her.names))
        .order_by(_V.first_seen_at, _V.person_id)
    )
    note = _BLIND if any(row[1] is None for row in rows) else None
    return [
        Chapter("identifiers", Text("识别您的标识", "By what you are recognised"), columns, rows, note),
        Chapter(
            "visitors",
            Text("入会前的访问", "Before you were a member"),
            (_SINCE, _LAST),
            [tuple(row) for row in visits],
        ),
    ]
