"""Sets of segments as rule trees, which is how they are kept and asked."""

from shuke.audience.model import All, AnyOf, In, Node, Not, SetOf, SetOp


def tree_of(sets: SetOf) -> Node:
    each = tuple(In(segment_id) for segment_id in sets.of)
    match sets.op:
        case SetOp.UNION:
            return AnyOf(each)
        case SetOp.INTERSECT:
            return All(each)
        case SetOp.EXCEPT:
            return All((each[0], *(Not(other) for other in each[1:])))


def set_of(tree: Node) -> SetOf | None:
    """What `tree_of` made `tree` of; None if it was something else."""
    match tree:
        case AnyOf(of):
            op, each = SetOp.UNION, of
        case All((first, Not(), *_) as of):
            op, each = SetOp.EXCEPT, (first, *(other.of for other in of[1:] if isinstance(other, Not)))
        case All(of):
            op, each = SetOp.INTERSECT, of
        case _:
            return None
    ids = tuple(node.segment_id for node in each if isinstance(node, In))
    found = SetOf(op, ids)
    return found if len(ids) >= 2 and tree_of(found) == tree else None
