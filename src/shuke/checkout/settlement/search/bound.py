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

from collections.abc import Callable, Sequence
from heapq import nlargest

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.effects.order import OrderPercentRight
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.blocks import Block
from shuke.checkout.settlement.search.rivals import rivals, together
from shuke.checkout.settlement.stacking import Groups
from shuke.kernel.rounding import BPS

Segment = tuple[int, int, int, bool]
"""`(first, last, group, delivery)`: rights of one stage and group; free delivery apart, as it takes off no goods."""


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
        goods = basket.goods.goods
        self._rights, self._at_most = rights, groups.at_most
        self._items = sum(len(block.rights) for block in blocks)
        self._spans: list[tuple[int, int, int]] = []  # first, last, most of each block
        first = 0
        for block in blocks:
            last = first + len(block.rights)
            self._spans.append((first, last, block.most))
            first = last
        # Item offers of groups that may not use them all; they are counted by group, not by block.
        self._scarce: dict[int, list[int]] = {}
        present = sum({1 << right.group for right in rights[: self._items]})
        self._free = not any(groups.excludes[right.group] & present for right in rights[: self._items])
        for index, right in enumerate(rights[: self._items]):
            if groups.at_most[right.group] is not None:
                self._scarce.setdefault(right.group, []).append(index)
        self._free = self._free and not self._scarce
        self._rates = [_rate(right, goods) for right in rights]
        self._stages: list[tuple[int, int, list[Segment], list[int]]] = []  # first, last, segments, measuring all goods
        for index in range(self._items, len(rights)):
            right = rights[index]
            if not self._stages or rights[index - 1].stage is not right.stage:
                self._stages.append((index, index, [], []))
            start, _, segments, measuring = self._stages.pop()
            delivery = right.of_delivery
            if segments and segments[-1][2:] == (right.group, delivery):
                segments[-1] = (segments[-1][0], index + 1, right.group, delivery)
            else:
                segments.append((index, index + 1, right.group, delivery))
            if right.measures(goods):
                measuring.append(index)
            self._stages.append((start, index + 1, segments, measuring))
        self._rivals: dict[int, int] = {}  # by where their segment begins: the most that rivals take together
        self._rival = [False] * len(rights)
        for first, last, segments, measuring in self._stages:
            for begin, end, group, _ in segments:
                if groups.at_most[group] is None and (found := rivals(rights[begin:end])):
                    places = [at for at in range(begin, end) if rights[at] in found]
                    self._rivals[begin] = together(found, [tops[at] for at in places], basket)
                    for at in places:
                        self._rival[at] = True
            if 2 * sum(self._rates[first:last]) > BPS:  # then a multiple further on could bring more than it costs
                measuring[:] = [right for right in measuring if not rights[right].repeats]

    @property
    def shared(self) -> bool:
        """Whether rivals were bounded by what is due on their lines."""
        return bool(self._rivals)

    @property
    def apart(self) -> bool:
        """Whether every block of item offers can take its most, whatever the others do (of groups that exclude each
        other, only one is here)."""
        return self._free

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
        for first, last, segments, measuring in self._stages:
            if last <= index:
                continue

            def most(taken: int, tops: Sequence[int], segments: list[Segment] = segments) -> tuple[int, int]:
                return self._of_stage(segments, index, goods_due, taken, used, tops)

            if taken and measuring and first > index:
                more, brought = self._measured(measuring, goods_due, min(taken, goods_due), tops, most)
                taken += more
            else:
                more, brought = most(taken, tops)
                taken += more
            delivered += brought
        return max(0, goods_due - taken) + max(0, delivery_due - delivered)

    def _measured(
        self,
        measuring: Sequence[int],
        due: int,
        taken: int,
        tops: Sequence[int],
        most: Callable[[int, Sequence[int]], tuple[int, int]],
    ) -> tuple[int, int]:
        """What a stage adds to `taken`, when the stages before may have taken less so that more is reached."""
        left = due - taken
        breaks: set[int] = set()
        for right in measuring:
            if tops[right]:
                breaks.update(self._rights[right].breaks(left, due))
        if not breaks:
            return most(taken, tops)
        for right in measuring:  # of a repeated threshold, the next multiple after another's step counts as well
            if tops[right]:
                for other in list(breaks):
                    breaks.update(self._rights[right].breaks(other, due))
        best, delivered = most(taken, self._at(measuring, left, tops))
        ceiling, brought = most(0, tops)
        for reached in sorted(breaks):
            less = due - reached - taken
            if less + ceiling > best or brought > delivered:
                more, brings = most(due - reached, self._at(measuring, reached, tops))
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
                delivered += sum(nlargest(quota, tops[first:last]))
            elif 1 < quota < last - first:
                taken += self._best(range(first, last), quota, due - taken, tops)
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

    def _best(self, rights: range, quota: int, left: int, tops: Sequence[int]) -> int:
        """What the best `quota` of the rights take. Percentages are reckoned apart, half a cent up: together they take
        less when more was taken before, as long as they are not above the whole."""
        if sum(nlargest(quota, [self._rates[right] for right in rights])) > BPS:
            return sum(nlargest(quota, [tops[right] for right in rights]))
        left = max(0, left)
        return sum(
            nlargest(
                quota,
                [
                    min(tops[right], (2 * left * rate + 3 * BPS - 1) // (2 * BPS))
                    if (rate := self._rates[right])
                    else tops[right]
                    for right in rights
                ],
            )
        )

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
                taken += sum(nlargest(max(0, limit - used[group]), open_tops))
                for right in rights:
                    tops[right] = 0
        for number, (first, last, most) in enumerate(self._spans):
            if last > index:
                if last == first + 1:
                    taken += tops[first]
                else:
                    taken += min(mosts[number] if mosts else most, sum(tops[max(first, index) : last]))
        return taken


def _rate(right: Right, goods: int) -> int:
    """The highest percentage of all goods that it can reach; 0 for other effects."""
    if isinstance(right, OrderPercentRight) and right.mask == goods and right.stage is not Stage.ITEM_OFFER:
        return max(step.off for step in right.steps)
    return 0
