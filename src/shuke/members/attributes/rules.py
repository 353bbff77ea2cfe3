"""What may be decided about attributes, and which values fit. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from shuke.kernel.errors import invalid_field
from shuke.kernel.text import Text
from shuke.members.model import Attribute, AttributeType, Choice, Definition

LABEL_MAX = 40
VALUE_MAX = 200
CHOICES_MAX = 500

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_values(
    definitions: Mapping[str, Definition], values: Mapping[str, Attribute], known: Mapping[str, Attribute]
) -> None:
    """Raises Invalid for a value that is not what was decided. Those that a member has already (`known`) stay, and
    nothing is known of attributes that nobody registered."""
    for name, value in values.items():
        decided = definitions.get(name)
        if decided is None or value is None or (name in known and _same(known[name], value)):
            continue
        if not fits(decided, value):
            zh, en = _WANTED[decided.type]
            raise invalid_field(f"attributes.{name}", f"“{decided.label.zh}”应为{zh}。", f"{decided.label.en} is {en}.")


def fits(decided: Definition, value: Attribute) -> bool:
    match decided.type:
        case AttributeType.TEXT:
            return isinstance(value, str)
        case AttributeType.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool)
        case AttributeType.YES_NO:
            return isinstance(value, bool)
        case AttributeType.DATE:
            return isinstance(value, str) and _is_day(value)
        case AttributeType.CHOICE:
            return isinstance(value, str) and any(choice.value == value for choice in decided.choices)


def _same(one: Attribute, other: Attribute) -> bool:
    return type(one) is type(other) and one == other


_WANTED = {
    AttributeType.TEXT: ("文本", "a text"),
    AttributeType.NUMBER: ("整数", "a whole number"),
    AttributeType.YES_NO: ("是或否（true/false）", "yes or no (true or false)"),
    AttributeType.DATE: ("日期，例如 2026-03-31", "a day, such as 2026-03-31"),
    AttributeType.CHOICE: ("已登记的选项之一", "one of its registered values"),
}


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise invalid_field(
            "name",
            "属性名应为小写字母、数字和下划线，以字母开头，例如 city。",
            "A name is lower-case letters, digits and _, such as city.",
        )


def normal_label(label: Text, path: str = "label") -> Text:
    """One space between words; a language left empty says what the other says. Raises Invalid."""
    words = [" ".join(each.split()) for each in (label.zh, label.en)]
    filled = [words[0] or words[1], words[1] or words[0]]
    for language, word in zip(("zh", "en"), filled, strict=True):
        if not word or len(word) > LABEL_MAX or not word.isprintable():
            raise invalid_field(
                f"{path}.{language}",
                f"名称应为 1 到 {LABEL_MAX} 个可见字符。",
                f"A name is 1 to {LABEL_MAX} printable characters.",
            )
    return Text(*filled)


def normal_choices(kind: AttributeType, choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Raises Invalid: a list has values, each once; whatever is no list has none."""
    found = tuple(
        Choice(choice.value.strip(), _label_of(choice, f"choices.{place}.label"))
        for place, choice in enumerate(choices)
    )
    if (kind is AttributeType.CHOICE) != bool(found):
        raise invalid_field(
            "choices", "“列表”类型须有选项，其他类型没有。", "A list has values, other types have none."
        )
    if len(found) > CHOICES_MAX or len({choice.value for choice in found}) < len(found):
        raise invalid_field(
            "choices", f"选项最多 {CHOICES_MAX} 个，且不能重复。", f"At most {CHOICES_MAX} values, each once."
        )
    for place, choice in enumerate(found):
        if not choice.value or len(choice.value) > VALUE_MAX or not choice.value.isprintable():
            raise invalid_field(
                f"choices.{place}.value",
                f"选项应为 1 到 {VALUE_MAX} 个可见字符。",
                f"A value is 1 to {VALUE_MAX} printable characters.",
            )
    return found


def _label_of(choice: Choice, path: str) -> Text:
    """A value that was given no name is called by itself."""
    if choice.label.zh.strip() or choice.label.en.strip():
        return normal_label(choice.label, path)
    said = choice.value.strip()[:LABEL_MAX]
    return Text(said, said)
