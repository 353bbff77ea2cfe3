"""Attributes in JSON."""

from typing import Annotated

from pydantic import Field

from shuke.infra.http import Body, TextView, View
from shuke.infra.http_ids import AttributeId
from shuke.kernel.text import Text
from shuke.members.attributes import rules
from shuke.members.model import AttributeType, Choice, Definition

Word = Annotated[str, Field(max_length=rules.LABEL_MAX)]


class LabelBody(Body):
    """A language left empty says what the other says."""

    zh: Word = ""
    en: Word = ""

    def text(self) -> Text:
        return Text(self.zh, self.en)


class ChoiceBody(Body):
    """No label: it is called by its value."""

    value: Annotated[str, Field(min_length=1, max_length=rules.VALUE_MAX)]
    label: LabelBody = Field(default_factory=LabelBody)

    def choice(self) -> Choice:
        return Choice(self.value, self.label.text())


Choices = Annotated[list[ChoiceBody], Field(max_length=rules.CHOICES_MAX)]


class AttributeNew(Body):
    """`name` is its key in members' attributes, for ever, and so is its type. Values of what is personal are kept like
    all others, and never leave for analysis: no segment can ask for them. A `choice` has `choices`."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    type: AttributeType
    label: LabelBody
    personal: bool
    choices: Choices = Field(default_factory=list)


class AttributeChange(Body):
    """Only what is sent changes."""

    label: LabelBody = Field(default_factory=LabelBody)
    personal: bool = False
    choices: Choices = Field(default_factory=list)
    archived: bool = False


class ChoiceView(View):
    value: str
    label: TextView


class AttributeView(View):
    id: AttributeId
    name: str
    type: AttributeType
    label: TextView
    personal: bool
    choices: list[ChoiceView]
    archived: bool

    @classmethod
    def of(cls, decided: Definition) -> "AttributeView":
        return cls(
            id=decided.attribute_id,
            name=decided.name,
            type=decided.type,
            label=TextView.of(decided.label),
            personal=decided.personal,
            choices=[ChoiceView(value=each.value, label=TextView.of(each.label)) for each in decided.choices],
            archived=decided.archived_at is not None,
        )


class AttributeList(View):
    items: list[AttributeView]
