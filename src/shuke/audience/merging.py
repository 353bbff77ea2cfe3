"""What a merge does to segments: nothing at once. Both members have changed, so the next look sees them as they are."""

from shuke.audience.segments.tables import segment_members, segment_moves
from shuke.audience.traits.tables import trait_states
from shuke.members.service import Left, Moves

MOVES = Moves(
    moves=(
        Left(segment_members, "member_id", "as the last snapshot found it, until the next"),
        Left(segment_moves, "member_id", "what snapshots found"),
        Left(trait_states, "member_id", "as the last night found her, until the next"),
    )
)
