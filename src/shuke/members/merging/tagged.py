"""What a merge does to tags: the story of each goes over whole, and comes back with all that was told of it since."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members.merging.model import Merge, Share
from shuke.members.merging.plan import Moved, Moves, Plain
from shuke.members.tags.tables import member_tags, tag_history

# Of a tag that both ever had the survivor's story stands, and so it does where she has another of an exclusive group.
_HAD_BOTH = """
EXISTS (
  SELECT FROM tag_history AS h
  WHERE h.merchant_id = t.merchant_id AND h.member_id = :survivor AND h.tag_id = t.tag_id)
OR EXISTS (
  SELECT FROM tags AS one
  JOIN tag_groups AS g ON g.merchant_id = one.merchant_id AND g.group_id = one.group_id AND g.exclusive
  JOIN tags AS other ON other.merchant_id = g.merchant_id AND other.group_id = g.group_id
  JOIN member_tags AS has ON has.merchant_id = other.merchant_id AND has.tag_id = other.tag_id
  WHERE one.merchant_id = t.merchant_id AND one.tag_id = t.tag_id AND other.tag_id <> t.tag_id
    AND has.member_id = :survivor)
"""

# What went on in a story that was hers from its first turn is hers, and the tag if it is there now.
_TOLD_SINCE = sa.text(
    """
UPDATE tag_history AS t SET member_id = :absorbed
FROM tag_history AS first
WHERE first.merchant_id = :merchant AND first.member_id = :absorbed AND first.turn = 1
  AND t.merchant_id = :merchant AND t.member_id = :survivor AND t.tag_id = first.tag_id
  AND NOT EXISTS (
    SELECT FROM tag_history AS own
    WHERE own.merchant_id = :merchant AND own.member_id = :survivor AND own.tag_id = t.tag_id AND own.turn = 1)
"""
)
_HAD_SINCE = sa.text(
    """
UPDATE member_tags AS t SET member_id = :absorbed
WHERE t.merchant_id = :merchant AND t.member_id = :survivor AND NOT EXISTS (
  SELECT FROM tag_history AS own
  WHERE own.merchant_id = :merchant AND own.member_id = :survivor AND own.tag_id = t.tag_id)
"""
)


def _apart(unit: Unit, merge: Merge, _moved: Moved, _hers: sa.Select[tuple[object]]) -> Sequence[Share]:
    values = {"merchant": unit.merchant_id, "survivor": merge.pair.survivor, "absorbed": merge.pair.absorbed}
    unit.connection.execute(_TOLD_SINCE, values)
    unit.connection.execute(_HAD_SINCE, values)
    return ()


MOVES = Moves(
    moves=(
        Plain(member_tags, "member_id", stays=_HAD_BOTH),
        Plain(tag_history, "member_id", stays=_HAD_BOTH),
    ),
    divides=(_apart,),
)
