"""What is wrong with a tree, field by field, with its remedy. A tree that passes has an answer."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from shuke.audience.model import (
    ATTRIBUTES,
    FACTS,
    IDS,
    PROPERTY,
    TRAITS,
    Aggregate,
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Between,
    Consented,
    Dated,
    DayOf,
    Days,
    Did,
    Fact,
    In,
    Is,
    IsNot,
    Joined,
    Kind,
    Measure,
    Missing,
    Node,
    Not,
    Percentile,
    Present,
    Registered,
    RegisteredAs,
    SameLastYear,
    SinceLastOrder,
    Tagged,
    Test,
    Trait,
    Window,
)
from shuke.audience.model import Sequence as Steps
from shuke.audience.rules.ids import well_formed
from shuke.audience.rules.walking import leaves
from shuke.kernel.errors import FieldProblem
from shuke.kernel.text import Text

MAX_DEPTH = 8
MAX_LEAVES = 100
_PROPERTY_MAX = 220


Known = Mapping[str, RegisteredAs]
"""The attributes that the merchant has registered, by name."""


def problems(tree: Node, registered: Known, path: str = "tree") -> list[FieldProblem]:
    """Everything that keeps `tree` from being asked; paths as in its JSON."""
    found = list(_of_node(tree, registered, path, 1))
    if sum(1 for _ in leaves(tree)) > MAX_LEAVES:
        found.append(
            _problem(path, f"条件最多 {MAX_LEAVES} 个，请精简。", f"At most {MAX_LEAVES} conditions: use fewer.")
        )
    return found


def _of_node(node: Node, registered: Known, path: str, depth: int) -> Iterator[FieldProblem]:
    if depth > MAX_DEPTH:
        yield _problem(path, f"嵌套最多 {MAX_DEPTH} 层。", f"At most {MAX_DEPTH} levels: nest less deeply.")
        return
    match node:
        case All(of) | AnyOf(of):
            for place, child in enumerate(of):
                yield from _of_node(child, registered, f"{path}.of.{place}", depth + 1)
        case Not(of):
            yield from _of_node(of, registered, f"{path}.of", depth + 1)
        case Attribute(name, test):
            yield from _named(name, ATTRIBUTES, f"{path}.name")
            yield from _of_test(test, ATTRIBUTES.get(name), f"{path}.test", name)
        case Registered(name, test):
            yield from _of_registered(name, test, registered, path)
        case Dated():
            yield from _of_dated(node, registered, path)
        case Trait(name, test):
            yield from _named(name, TRAITS, f"{path}.name")
            yield from _of_test(test, TRAITS.get(name), f"{path}.test", name)
        case Did(what, times):
            yield from _of_behaviour(what, f"{path}.what")
            yield from _of_test(times, Kind.NUMBER, f"{path}.times")
        case Measure(what, aggregate, test, measured):
            yield from _of_behaviour(what, f"{path}.what")
            yield from _of_measured(aggregate, measured, what.fact, f"{path}.property")
            yield from _of_test(test, Kind.NUMBER, f"{path}.test")
        case Joined(window):
            yield from _of_fixed(window, f"{path}.window")
        case In(id):
            yield from _of_id("segment_id", id, path)
        case Tagged(id):
            yield from _of_id("tag_id", id, path)
        case Steps():
            yield from _of_steps(node, path)
        case Consented():
            pass
        case Percentile(_, first, last, window):
            yield from _of_fixed(window, f"{path}.window")
            if first >= last:
                yield _problem(f"{path}.to_bps", "上限必须大于下限。", "The upper end has to be above the lower one.")


def _of_registered(name: str, test: Test, registered: Known, path: str) -> Iterator[FieldProblem]:
    yield from _named(name, registered, f"{path}.name")
    known = registered.get(name)
    if known is None:
        return
    wrong = list(_of_test(test, known.kind, f"{path}.test"))
    yield from wrong
    if (
        not wrong
        and known.values is not None
        and isinstance(test, Is | IsNot)
        and not known.values.issuperset(test.values)
    ):
        yield _problem(f"{path}.test.values", "请从已登记的选项中选择。", "Choose from its registered values.")


def _of_dated(node: Dated, registered: Known, path: str) -> Iterator[FieldProblem]:
    if isinstance(node.days, Days):
        yield from _of_window(node.days, f"{path}.days")
    if node.day is DayOf.BIRTHDAY and not node.yearly:
        yield _problem(
            f"{path}.yearly", "生日只看月和日，请设为每年。", "Of birthdays only month and day count: say so."
        )
    if node.day is not DayOf.REGISTERED:
        if node.name is not None:
            yield _problem(f"{path}.name", "此项没有属性名，请去掉。", "This has no name: leave it out.")
        return
    yield from _named(node.name or "", registered, f"{path}.name")
    known = registered.get(node.name or "")
    if known is not None and not known.day:
        zh, en = "此属性不是日期，请选日期属性。", "This is no day: choose an attribute of days."
        yield _problem(f"{path}.name", zh, en)


def _of_behaviour(what: Behaviour, path: str) -> Iterator[FieldProblem]:
    if (what.event is None) is (what.fact is Fact.EVENT):
        yield _problem(f"{path}.event", "请选择事件；仅行为事件需要。", "Name the event, of events only.")
    known = FACTS[what.fact]
    for place, each in enumerate(what.where):
        at = f"{path}.where.{place}"
        yield from _of_property(each.property, what.fact, f"{at}.property")
        kind = _kind(each.test) if what.fact is Fact.EVENT else known.get(each.property)
        yield from _of_test(each.test, kind, f"{at}.test", each.property)
    yield from _of_window(what.window, f"{path}.window")


def _of_property(name: str, fact: Fact, path: str) -> Iterator[FieldProblem]:
    if fact is not Fact.EVENT:
        yield from _named(name, FACTS[fact], path)
    elif not name.startswith(PROPERTY) or not len(PROPERTY) < len(name) <= _PROPERTY_MAX:
        yield _problem(path, f"事件属性写作 {PROPERTY}<名称>。", f"Properties of events are written {PROPERTY}<name>.")


def _kind(test: Test) -> Kind:
    """What the values of a test are, of a property that may be anything."""
    match test:
        case Is((str(), *_)) | IsNot((str(), *_)):
            return Kind.TEXT
        case _:
            return Kind.NUMBER


def _of_steps(node: Steps, path: str) -> Iterator[FieldProblem]:
    for place, what in enumerate(node.steps):
        yield from _of_behaviour(what, f"{path}.steps.{place}")
    if node.gaps and len(node.gaps) != len(node.steps) - 1:
        yield _problem(f"{path}.gaps", "间隔数应比步骤数少一个。", "There is one gap fewer than there are steps.")
    for place, gap in enumerate(node.gaps):
        if gap.at_most is not None and gap.at_least > gap.at_most:
            yield _upside_down(f"{path}.gaps.{place}.at_most")


def _of_window(window: Window, path: str) -> Iterator[FieldProblem]:
    match window:
        case Days(first, last) if first > last:
            yield _problem(f"{path}.last", "结束日期不能早于开始日期。", "The last day is before the first.")
        case SameLastYear(of):
            yield from _of_window(of, f"{path}.of")


def _of_fixed(window: Window, path: str) -> Iterator[FieldProblem]:
    """Of a window that has to be the same for all members."""
    yield from _of_window(window, path)
    if isinstance(window, SinceLastOrder):
        yield _problem(
            path, "此处不能用“自上次下单后”，请选其他时间范围。", "This is the same for all: choose other days."
        )


def _of_id(name: str, value: str, path: str) -> Iterator[FieldProblem]:
    if not well_formed(name, value):
        looks = f"{IDS[name]}_…"
        yield _problem(f"{path}.{name}", f"请填编号，形如 {looks}。", f"Give an id: it looks like {looks}.")


def _of_measured(aggregate: Aggregate, measured: str | None, fact: Fact, path: str) -> Iterator[FieldProblem]:
    if aggregate not in (Aggregate.SUM, Aggregate.AVERAGE, Aggregate.DISTINCT):
        if measured is not None:
            yield _problem(path, "此统计方式不需要属性，请去掉。", "This is not measured of a property: leave it out.")
    elif measured is None:
        yield _problem(path, "请选择要统计的属性。", "Choose the property that is measured.")
    else:
        yield from _of_property(measured, fact, path)
        if aggregate is not Aggregate.DISTINCT and FACTS[fact].get(measured) is Kind.TEXT:
            yield _problem(path, "文本不能求和或求平均，请选数值属性。", "Texts don't add up: choose a number.")


def _named(name: str, known: Mapping[str, object], path: str) -> Iterator[FieldProblem]:
    if name not in known:
        near = get_close_matches(name, known, 1)
        zh, en = (f"您是否指 {near[0]}？", f"Did you mean {near[0]}?") if near else ("", "")
        yield _problem(path, f"没有属性 {name[:50]}。{zh}", f"There is no property {name[:50]}. {en}".rstrip())


def _of_test(test: Test, kind: Kind | None, path: str, name: str = "") -> Iterator[FieldProblem]:
    if kind is None:
        return
    match test:
        case Is(values) | IsNot(values):
            if any(isinstance(value, str) is (kind is Kind.NUMBER) for value in values):
                zh, en = ("整数", "whole numbers") if kind is Kind.NUMBER else ("文本", "texts")
                yield _problem(f"{path}.values", f"这里的值应为{zh}。", f"The values here are {en}.")
            elif not all(well_formed(name, value) for value in values):
                looks = f"{IDS[name]}_…"
                yield _problem(f"{path}.values", f"请填编号，形如 {looks}。", f"Give ids: they look like {looks}.")
        case AtLeast() | AtMost() | Between():
            if kind is Kind.TEXT:
                yield _problem(path, "文本没有大小，请改用“是”或“不是”。", "Texts have no order: use is or is_not.")
            elif isinstance(test, Between) and test.low > test.high:
                yield _upside_down(f"{path}.high")
        case Missing() | Present():
            pass


def _upside_down(path: str) -> FieldProblem:
    return _problem(path, "上限不能小于下限。", "The upper end is below the lower one.")


def _problem(path: str, zh: str, en: str) -> FieldProblem:
    return FieldProblem(path, Text(zh, en))
