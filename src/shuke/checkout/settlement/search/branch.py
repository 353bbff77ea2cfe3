"""One part of the search: all combinations with the member price, or all without, of groups that go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shuke.checkout.settlement.basket import Basket, Cut
from shuke.checkout.settlement.case import Case
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.blocks import Firsts, Known, blocks
from shuke.checkout.settlement.search.bound import Bound
from shuke.checkout.settlement.search.record import Record, UsedRight
from shuke.checkout.settlement.search.tops import ceilings, twins

_EVERY_LINE = -1
"""A mask of all lines."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a part of the search begins: the basket with or without the member price, the groups that are barred by it,
    every other right with its ceiling, and blocks of item offers that are known already."""

    basket: Basket
    before: tuple[UsedRight, ...]
    barred: int
    tops: dict[Right, int]
    firsts: Firsts
    known: Known


class Branch:
    """The rights that can do something here, in the order of decision: item offers block by block, then the others in
    canonical order. `tops[i]` is the most that right i can still take off."""

    def __init__(self, case: Case, record: Record, state: State, out: int) -> None:
        self.record, self.groups = record, case.groups
        self.basket, self.before, self.barred = state.basket, state.before, state.barred | out
        self.used = [0] * len(case.groups.codes)
        for right, _ in state.before:
            self.used[right.group] += 1
        tops = state.tops
        live = [right for right, top in tops.items() if top and self._open(right, self.barred)]
        split = next((at for at, right in enumerate(live) if right.stage is not Stage.ITEM_OFFER), len(live))
        items = blocks(live[:split], tops, state.firsts, state.basket, state.known, ties=record.scarce)
        self.blocks, self.split = items, split
        self.rights = [right for block in items for right in block.rights] + live[split:]
        self.tops = [tops[right] for right in self.rights]
        self.favourites = {right: cut for block in items for right, cut in block.best}
        self.bound = Bound(self.rights, self.tops, items, self.groups, state.basket)
        self.goods = case.goods.lines(case.goods.goods)
        self.delivery = case.goods.lines(case.goods.delivery)
        self.twins = twins(self.rights)
        self.insisted = any(right.bonus for right in self.rights)
        self.chosen: list[Cut | None] = [None] * len(self.rights)
        self.guessed: frozenset[Right] = frozenset()

    def dearer_without(self, state: State, lowered: int) -> bool:
        """Whether nothing without the member price, which lowered some lines, is as cheap as the best so far, told from
        this branch's own bound."""
        if self.bound.shared:
            return False
        tops, due = state.tops, state.basket.due
        mosts = [
            sum([tops[right] for right in block.rights])
            if len(block.rights) > 1 and any(right.reads & lowered for right in block.rights)
            else block.most
            for block in self.blocks
        ]
        mine = set(self.rights)
        strange = [
            right for right, top in tops.items() if top and right not in mine and not self.barred >> right.group & 1
        ]
        goods, delivery = sum([due[line] for line in self.goods]), sum([due[line] for line in self.delivery])
        unused = [0] * len(self.used)
        mine_tops = [tops[right] for right in self.rights]
        least = self.bound.least_due(0, goods, delivery, unused, mine_tops, mosts=mosts)
        bonus = sum([right.bonus for right in tops])
        return self.record.compared(max(0, least - sum([tops[right] for right in strange])), bonus) > 0

    def hope(self) -> int:
        """Whether something here may be better than the best so far (1), or as good (0), or nothing is (-1)."""
        if self.record.used is None:
            return 1
        return -self.record.compared(self._least_due(0, self.basket, self.tops), self._bonus(0, self.tops))

    def guess(self) -> None:
        """A combination that takes what looks best, stage by stage."""
        basket, picked = self.basket, list(self.before)
        used, barred = self.used.copy(), self.barred
        at = 0
        if self.bound.apart:  # nothing keeps the best of each block from being used
            at = self.split
            picked += self.favourites.items()
            basket = basket.after(*self.favourites.values())
        while at < len(self.rights):
            stage, first = self.rights[at].stage, at
            while at < len(self.rights) and self.rights[at].stage is stage:
                at += 1
            start = basket.due
            mine: list[Right] = []
            for right in self._promising(range(first, at), stage, basket):
                limit = self.groups.at_most[right.group]
                if not barred >> right.group & 1 and (limit is None or used[right.group] < limit):
                    used[right.group] += 1
                    barred |= self.groups.excludes[right.group]
                    mine.append(right)
            for right in sorted(mine, key=lambda right: right.order):
                cut = right.cut(basket, start)
                if cut is None:
                    used[right.group] -= 1
                else:
                    basket = basket.after(cut)
                    picked.append((right, cut))
        self.guessed = frozenset([right for right, _ in picked])
        self.record.offer(basket, tuple(picked))

    def _promising(self, places: range, stage: Stage, basket: Basket) -> list[Right]:
        """The rights of one stage, most promising first."""
        rights, at_most = self.rights, self.groups.at_most
        tops: Mapping[int, int] | Sequence[int] = self.tops
        wanted = list(places)
        if stage is Stage.ITEM_OFFER:
            wanted = [at for at in places if rights[at] in self.favourites]
        elif any(at_most[rights[at].group] is not None for at in places):
            tops = ceilings(rights, places, basket, basket.begun, self.twins)
            wanted = [at for at in places if tops[at]]
        wanted.sort(key=lambda at: (-rights[at].bonus, -tops[at]))
        return [rights[at] for at in wanted]

    def explore(self) -> None:
        self._visit(0, self.basket, None, (), self.barred, 0, 0, self.tops, 0)

    def leaves_ties(self) -> bool:
        """Whether there may be a lighter way of what the best so far costs."""
        return not self._needs_all()

    def _needs_all(self) -> bool:
        """Whether the least cost cannot be had without any of the rights used: then nothing is lighter. Of item offers
        it is enough that each block must take its most, and does so in the lightest way."""
        best, before = self.record.rights, {right for right, _ in self.before}
        mine = best - before
        if not best >= before or not mine <= set(self.rights):
            return False
        later = self.rights[self.split :]
        if self.bound.apart and mine.difference(later) == self.favourites.keys():
            gap = min((block.gap for block in self.blocks), default=None)
            if gap is not None and not (gap and self._dearer(0, self.tops, gap)):
                return False
        else:
            later = self.rights
        used = [index for index, right in enumerate(self.rights) if right in mine and right in later]
        return all(self._dearer(0, self._without(index, self.tops), 0) for index in used)

    def _dearer(self, index: int, tops: Sequence[int], less: int) -> bool:
        """Whether it costs more with these ceilings, or when item offers take `less` than they can."""
        least = self._least_due(index, self.basket, tops, less)
        return self.record.compared(least, self._bonus(index, tops)) > 0

    def _visit(
        self,
        index: int,
        basket: Basket,
        stage: Stage | None,
        start: Sequence[int],
        barred: int,
        weight: int,
        bonus: int,
        tops: Sequence[int],
        touched: int,
    ) -> None:
        """Decide the rights from `index` on. `start` is what was due when `stage` began, `weight` and `bonus` are those
        of the rights used, and `touched` the lines that changed since `tops` were reckoned."""
        self.record.count()
        rights = self.rights
        while index < len(rights) and not tops[index]:
            index += 1
        if self._lost(index, basket, weight, bonus, tops):
            return
        if touched and index < len(rights):
            tops = self._reckoned(index, basket, stage, start, barred, tops, touched)
            while index < len(rights) and not tops[index]:
                index += 1
            if self._lost(index, basket, weight, bonus, tops):
                return
        if index == len(rights):
            used = [(right, cut) for right, cut in zip(rights, self.chosen, strict=True) if cut is not None]
            self.record.offer(basket, (*self.before, *used))
            return
        right = rights[index]
        if right.stage is not stage:
            stage, start = right.stage, basket.due
        for use in (True, False) if right in self.guessed else (False, True):
            if not use:
                without = self._without(index, tops)
                self._visit(index + 1, basket, stage, start, barred, weight, bonus, without, 0)
                continue
            cut = right.cut(basket, start)
            if cut is None:
                continue
            self.used[right.group] += 1
            self.chosen[index] = cut
            excludes = self.groups.excludes[right.group]
            full = self.used[right.group] == self.groups.at_most[right.group]
            self._visit(
                index + 1,
                basket.after(cut),
                stage,
                start,
                barred | excludes,
                weight + right.weight,
                bonus + right.bonus,
                tops,
                _EVERY_LINE if excludes or full else right.mask,
            )
            self.chosen[index] = None
            self.used[right.group] -= 1

    def _lost(self, index: int, basket: Basket, weight: int, bonus: int, tops: Sequence[int]) -> bool:
        """Whether nothing better can come of the rights from `index` on."""
        record = self.record
        worse = record.compared(self._least_due(index, basket, tops), bonus + self._bonus(index, tops))
        if worse or not record.ties:
            return worse >= 0
        open_rights = list(zip(self.rights[index:], tops[index:], strict=True))
        free = sum(top for right, top in open_rights if right.weight < record.one)
        more = record.needed(basket.total - free, [top for right, top in open_rights if right.weight >= record.one])
        return weight + more * record.one >= record.weight

    def _least_due(self, index: int, basket: Basket, tops: Sequence[int], less: int = 0) -> int:
        due = basket.due
        goods = sum([due[line] for line in self.goods])
        delivery = sum([due[line] for line in self.delivery]) if self.delivery else 0
        return self.bound.least_due(index, goods, delivery, self.used, tops, less)

    def _bonus(self, index: int, tops: Sequence[int]) -> int:
        """How many of the coupons that the member insists on can still be used."""
        if not self.insisted:
            return 0
        return sum(right.bonus for right, top in zip(self.rights[index:], tops[index:], strict=True) if top)

    def _reckoned(
        self,
        index: int,
        basket: Basket,
        stage: Stage | None,
        start: Sequence[int],
        barred: int,
        tops: Sequence[int],
        touched: int,
    ) -> Sequence[int]:
        """`tops` from `index` on as they are now."""
        now = list(tops)
        again: list[int] = []
        for at in range(index, len(now)):
            if now[at]:
                right = self.rights[at]
                if not self._open(right, barred):
                    now[at] = 0
                elif right.reads & touched:
                    again.append(at)
        fresh = ceilings(self.rights, again, basket, lambda of: start if of is stage else basket.due, self.twins)
        for at, top in fresh.items():
            now[at] = min(now[at], top)
        return now

    def _without(self, index: int, tops: Sequence[int]) -> Sequence[int]:
        """`tops` when right `index` is not used; of equal coupons, none is used before those that expire sooner."""
        left = list(tops)
        left[index] = 0
        for later in self.twins.get(index, ()):
            left[later] = 0
        return left

    def _open(self, right: Right, barred: int) -> bool:
        limit = self.groups.at_most[right.group]
        return not barred >> right.group & 1 and (limit is None or self.used[right.group] < limit)
