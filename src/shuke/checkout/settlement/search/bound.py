"""How much the rights that are still open can take off at most.

The bound never falls short (tests/properties/test_search_laws.py), because cuts only ever lower what later rights find,
and no right takes more from a lower basket:

- a block of item offers takes at most what it takes alone;
- rights of a group that may use k take at most the k largest of their ceilings;
- a percentage of all goods takes its share of what the rights before it must leave: the more they take, the less it
  does, but the sum only grows;
- a threshold that measures all goods is reached only if the stages before leave so much: either they take less, or it
  counts for less, and the better of the two is the bound.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.search.blocks import Block
from shuke.checkout.settlement.search.rivals import rivals, together
from shuke.checkout.settlement.stacking import Groups
from shuke.kernel.rounding import BPS

Segment = tuple[int, int, int, bool]
"""`(first, last, group, delivery)`: rights of one stage and group; free delivery apart, as it takes off no goods."""


class Span(NamedTuple):
    """The later rights of one stage, `[first, last)`. `measuring` are those that depend on what of all goods is due as
    the stage begins: by steps at `ats`, sorted, or by multiples of `multiples`."""

    first: int
    last: int
    segments: list[Segment]
    measuring: list[int]
    ats: list[int]
    multiples: list[int]

    def may_reach_more(self, left: int, due: int) -> bool:
        """Whether more of them is reached with `due` than with what is `left`."""
        ats = self.ats
        if ats and left < ats[-1] and bisect_right(ats, left) < bisect_right(ats, due):
            return True
        return any(left // at < due // at for at in self.multiples)


class Bound:
    """For the rights in the order of decision: item offers block by block, then the others in canonical order."""

    def __init__(
        self,
        rights: Sequence[Right],
        tops: Sequence[int],
        blocks: Sequence[Block],
        groups: Groups,
        basket: Basket,
    ) -> None:
        self._rights, self._at_most = rights, groups.at_most
        self._blocks: list[tuple[int, int, int]] = []  # first, last, most
        first = 0
        for block in blocks:
            last = first + len(block.rights)
            self._blocks.append((first, last, block.most))
            first = last
        self._items = first
        # Item offers of groups that may not use them all; they are counted by group, not by block.
        self._scarce: dict[int, list[int]] = {}
        present = excluded = 0
        for index, right in enumerate(rights[:first]):
            present |= 1 << right.group
            excluded |= groups.excludes[right.group]
            if groups.at_most[right.group] is not None:
                self._scarce.setdefault(right.group, []).append(index)
        self.apart = not self._scarce and not present & excluded
        """Whether every block of item offers can take its most, whatever the others do."""
        goods = basket.goods.goods
        self._rates = [right.rate if right.mask == goods else 0 for right in rights]
        self._spans = [self._span(first, last, goods) for first, last in _stages(rights, first)]
        self._rivals: dict[int, int] = {}  # by where their segment begins: the most that rivals take together
        self._rival = [False] * len(rights)
        self._steep: set[int] = set()  # where segments begin of which so many as may be used could reach over a whole
        for span in self._spans:
            for begin, end, group, _ in span.segments:
                if _largest(groups.at_most[group] or end - begin, self._rates[begin:end]) > BPS:
                    self._steep.add(begin)
                if end - begin > 1 and groups.at_most[group] is None and (found := rivals(rights[begin:end])):
                    places = [at for at in range(begin, end) if rights[at] in found]
                    self._rivals[begin] = together(found, [tops[at] for at in places], basket)
                    for at in places:
                        self._rival[at] = True

    def _span(self, first: int, last: int, goods: int) -> Span:
        segments: list[Segment] = []
        measuring: list[int] = []
        ats: set[int] = set()
        # A multiple further on than the next brings less than it costs, unless there are high percentages or another
        # repeated threshold to go with it; then repeated ones are not reckoned with so closely.
        multiples: set[int] = set()
        apart: set[object] = set()
        for right in self._rights[first:last]:
            if right.measures(goods) and right.boundaries[1]:
                multiples.update(right.boundaries[1])
                apart.add(right.group if self._at_most[right.group] == 1 else right)
        if len(apart) > 1 or 2 * sum(self._rates[first:last]) > BPS:
            multiples.clear()
        for index in range(first, last):
            right = self._rights[index]
            if segments and segments[-1][2:] == (right.group, right.of_delivery):
                segments[-1] = (segments[-1][0], index + 1, right.group, right.of_delivery)
            else:
                segments.append((index, index + 1, right.group, right.of_delivery))
            if right.measures(goods):
                steps, repeated = right.boundaries
                if multiples or not repeated:
                    measuring.append(index)
                    ats.update(steps)
        return Span(first, last, segments, measuring, sorted(ats), sorted(multiples))

    @property
    def shared(self) -> bool:
        """Whether rivals were bounded by what is due on their lines."""
        return bool(self._rivals)

    def least_due(
        self,
        index: int,
        goods_due: int,
        delivery_due: int,
        used: Sequence[int],
        tops: Sequence[int],
        less: int = 0,
        mosts: Sequence[int] | None = None,
    ) -> int:
        """The least that can be due once the rights from `index` on have been used or not; `tops` are their ceilings,
        0 for those that can no longer be used, `used` how many of each group are. `less`: if item offers together take
        so much less than they can; `mosts`: what blocks of item offers take at most, if it is not the usual."""
        taken = self._of_items(index, used, tops, mosts) - less if index < self._items else 0
        delivered = 0
        for span in self._spans:
            if span.last <= index:
                continue
            start = min(taken, goods_due)
            if start and span.measuring and span.first > index and span.may_reach_more(goods_due - start, goods_due):
                more, brought = self._measured(span, index, goods_due, start, used, tops)
            else:
                more, brought = self._of_stage(span.segments, index, goods_due, taken, used, tops)
            taken += more
            delivered += brought
        return max(0, goods_due - taken) + max(0, delivery_due - delivered)

    def _measured(
        self, span: Span, index: int, due: int, taken: int, used: Sequence[int], tops: Sequence[int]
    ) -> tuple[int, int]:
        """What a stage adds to `taken`, when the stages before may have taken less so that more is reached."""
        left, segments = due - taken, span.segments
        breaks = {at for at in span.ats if left < at <= due}
        for base in (left, *breaks):  # the next multiple after each
            breaks |= {following for at in span.multiples if (following := (base // at + 1) * at) <= due}
        best, delivered = self._of_stage(segments, index, due, taken, used, self._at(span.measuring, left, tops))
        ceiling, brought = self._of_stage(segments, index, due, 0, used, tops)
        for reached in sorted(breaks):
            less = due - reached - taken
            if less + ceiling > best or brought > delivered:
                at = self._at(span.measuring, reached, tops)
                more, brings = self._of_stage(segments, index, due, due - reached, used, at)
                best, delivered = max(best, less + more), max(delivered, brings)
        return best, delivered

    def _at(self, measuring: Sequence[int], reached: int, tops: Sequence[int]) -> Sequence[int]:
        """`tops` when so much of all goods is due as the stage begins."""
        now = list(tops)
        for right in measuring:
            if now[right]:
                now[right] = min(now[right], self._rights[right].worth_at(reached, now[right]))
        return now

    def _of_stage(
        self, segments: Sequence[Segment], index: int, due: int, taken: int, used: Sequence[int], tops: Sequence[int]
    ) -> tuple[int, int]:
        """What the rights of a stage add to what is `taken` off goods, and what they take off delivery."""
        before, delivered = taken, 0
        rates = self._rates
        for begin, last, group, delivery in segments:
            if last <= index:
                continue
            first = max(begin, index)
            limit = self._at_most[group]
            quota = last - first if limit is None else limit - used[group]
            if quota <= 0:
                continue
            if delivery:
                delivered += _largest(quota, list(tops[first:last]))
            elif 1 < quota < last - first:
                taken += self._best(begin, first, last, quota, due - taken, tops)
            else:
                alone, most, shared = quota < last - first, 0, 0
                for right in range(first, last):
                    top = tops[right]
                    if top > most:
                        rate = rates[right]
                        if rate:
                            top = min(top, (2 * max(0, due - taken) * rate + BPS) // (2 * BPS))
                        if alone:
                            most = max(most, top)
                        elif self._rival[right]:
                            shared += top
                        else:
                            taken += top
                taken += most + (min(shared, self._rivals[begin]) if shared else 0)
        return taken - before, delivered

    def _best(self, begin: int, first: int, last: int, quota: int, left: int, tops: Sequence[int]) -> int:
        """What the best `quota` of the rights in `[first, last)`, of the segment that begins at `begin`, take.
        Percentages are reckoned apart, half a cent up: together they take less when more was taken before, as long as
        they are not above the whole."""
        rates = self._rates
        if begin in self._steep and _largest(quota, rates[first:last]) > BPS:
            return _largest(quota, list(tops[first:last]))
        left = 2 * max(0, left)
        of_rights = list(tops[first:last])
        for place, rate in enumerate(rates[first:last]):
            if rate:
                of_rights[place] = min(of_rights[place], (left * rate + 3 * BPS - 1) // (2 * BPS))
        return _largest(quota, of_rights)

    def _of_items(
        self, index: int, used: Sequence[int], tops: Sequence[int], mosts: Sequence[int] | None = None
    ) -> int:
        taken = 0
        scarce = self._scarce
        if scarce:
            tops = list(tops)
            for group, rights in scarce.items():
                open_tops = [tops[right] for right in rights if right >= index]
                limit = self._at_most[group]
                assert limit is not None
                taken += _largest(max(0, limit - used[group]), open_tops)
                for right in rights:
                    tops[right] = 0
        for number, (first, last, most) in enumerate(self._blocks):
            if last > index:
                if last == first + 1:
                    taken += tops[first]
                else:
                    taken += min(mosts[number] if mosts else most, sum(tops[max(first, index) : last]))
        return taken


def _largest(quota: int, values: list[int]) -> int:
    """The sum of the largest `quota` values, which are put in order for it."""
    if quota < len(values):
        values.sort(reverse=True)
        del values[quota:]
    return sum(values)


def _stages(rights: Sequence[Right], first: int) -> Iterator[tuple[int, int]]:
    """Where the stages of the rights from `first` on begin and end."""
    for index in range(first + 1, len(rights) + 1):
        if index == len(rights) or rights[index].stage is not rights[first].stage:
            yield first, index
            first = index
