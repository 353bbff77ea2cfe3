"""One part of the search: all combinations with the member price, or all without, of groups that go together."""

from collections.abc import Sequence

from shuke.checkout.settlement.basket import Basket
from shuke.checkout.settlement.case import Case
from shuke.checkout.settlement.effects.right import Right
from shuke.checkout.settlement.model import Stage
from shuke.checkout.settlement.search.blocks import blocks
from shuke.checkout.settlement.search.bound import Bound
from shuke.checkout.settlement.search.record import Record
from shuke.checkout.settlement.search.tops import ceilings, twins

_EVERY_LINE = -1
"""A mask of all lines."""


class Branch:
    """The rights that can do something here, in the order of decision: item offers block by block, then the others in
    canonical order. `tops[i]` is the most that right i can still take off."""

    def __init__(
        self, case: Case, record: Record, tops: dict[Right, int], basket: Basket, before: tuple[Right, ...], barred: int
    ) -> None:
        self.record, self.basket, self.groups, self.before, self.barred = record, basket, case.groups, before, barred
        self.used = [0] * len(case.groups.codes)
        for right in before:
            self.used[right.group] += 1
        live = [right for right, top in tops.items() if top and self._open(right, barred)]
        split = next((at for at, right in enumerate(live) if right.terms.stage is not Stage.ITEM_OFFER), len(live))
        items = blocks(live[:split], tops, basket)
        self.rights = [right for block in items for right in block.rights] + live[split:]
        self.tops = [tops[right] for right in self.rights]
        self.favourites = {right for block in items for right in block.best}
        self.bound = Bound(self.rights, self.tops, items, self.groups, basket)
        self.goods = case.goods.lines(case.goods.goods)
        self.delivery = case.goods.lines(case.goods.delivery)
        self.twins = twins(self.rights)
        self.insisted = any(right.bonus for right in self.rights)
        self.chosen = [False] * len(self.rights)
        self.guessed: frozenset[Right] = frozenset()

    def guess(self) -> None:
        """A combination that takes what looks best, stage by stage."""
        basket, picked = self.basket, list(self.before)
        used, barred = self.used.copy(), self.barred
        at = 0
        while at < len(self.rights):
            stage, first = self.rights[at].terms.stage, at
            while at < len(self.rights) and self.rights[at].terms.stage is stage:
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
                    picked.append(right)
        self.guessed = frozenset(picked)
        self.record.offer(basket, tuple(picked))

    def _promising(self, places: range, stage: Stage, basket: Basket) -> list[Right]:
        """The rights of one stage, most promising first."""
        if stage is Stage.ITEM_OFFER:
            found = [(self.tops[at], self.rights[at]) for at in places if self.rights[at] in self.favourites]
        else:
            tops = ceilings(self.rights, places, basket, basket.begun, self.twins)
            found = [(tops[at], self.rights[at]) for at in places if tops[at]]
        return [right for _, right in sorted(found, key=lambda pair: (-pair[1].bonus, -pair[0], pair[1].order))]

    def explore(self) -> None:
        self._visit(0, self.basket, None, (), self.barred, 0, 0, self.tops, 0)

    def explore_ties(self) -> None:
        """The least cost is known; is there a lighter way? Not if it cannot be had without any of the rights used."""
        best = set(self.record.rights or ())
        mine = best.difference(self.before)
        if best.issuperset(self.before) and mine <= set(self.rights):
            used = [index for index, right in enumerate(self.rights) if right in mine]
            if all(self._lost(0, self.basket, 0, 0, self._without(index, self.tops)) for index in used):
                return
        self._visit(0, self.basket, None, (), self.barred, 0, 0, self.tops, 0)

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
            used = [right for right, on in zip(rights, self.chosen, strict=True) if on]
            self.record.offer(basket, (*self.before, *used))
            return
        right = rights[index]
        if right.terms.stage is not stage:
            stage, start = right.terms.stage, basket.due
        for use in (True, False) if right in self.guessed else (False, True):
            if not use:
                without = self._without(index, tops)
                self._visit(index + 1, basket, stage, start, barred, weight, bonus, without, 0)
                continue
            cut = right.cut(basket, start)
            if cut is None:
                continue
            self.used[right.group] += 1
            self.chosen[index] = True
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
            self.chosen[index] = False
            self.used[right.group] -= 1

    def _lost(self, index: int, basket: Basket, weight: int, bonus: int, tops: Sequence[int]) -> bool:
        """Whether nothing better can come of the rights from `index` on."""
        due, record = basket.due, self.record
        goods = sum([due[line] for line in self.goods])
        delivery = sum([due[line] for line in self.delivery]) if self.delivery else 0
        least = self.bound.least_due(index, goods, delivery, self.used, tops)
        if self.insisted:
            bonus += sum(right.bonus for right, top in zip(self.rights[index:], tops[index:], strict=True) if top)
        worse = record.compared(least, bonus)
        if worse or not record.ties:
            return worse >= 0
        open_rights = list(zip(self.rights[index:], tops[index:], strict=True))
        free = sum(top for right, top in open_rights if right.weight < record.one)
        more = record.needed(goods + delivery - free, [top for right, top in open_rights if right.weight >= record.one])
        return weight + more * record.one >= record.weight

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
