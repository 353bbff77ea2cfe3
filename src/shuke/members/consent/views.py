"""Consent in JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shuke.infra.http import Body, TextView, View
from shuke.kernel.text import Text
from shuke.members.consent import rules, tokens
from shuke.members.consent.model import ConsentStep, ConsentText, Decision, States
from shuke.members.model import Channel, Purpose

Version = Annotated[int, Field(ge=1, lt=2**31)]


class DecisionBody(Body):
    """`text_version`: what was shown to her; left out, the text in force. Said of `*`, it replaces what was said of
    single channels."""

    purpose: Purpose
    channel: Channel = Channel.ALL
    granted: bool
    text_version: Version | None = None

    def decision(self) -> Decision:
        return Decision(self.purpose, self.channel, self.granted, self.text_version)


class ConsentsChange(Body):
    """`source`: by what she said it (`pos`, `mini_program`, …); left out, who sends this."""

    decisions: Annotated[list[DecisionBody], Field(min_length=1, max_length=40)]
    source: Annotated[str, Field(min_length=1, max_length=32, pattern="^[a-z][a-z0-9_]*$")] | None = None


class ConsentStateView(View):
    """What counts for one channel of a purpose. `inherited`: by what was said of all channels."""

    purpose: Purpose
    channel: Channel
    granted: bool
    inherited: bool
    at: datetime
    source: str
    text_version: int | None
    pending_until: datetime | None


class ConsentConfirmationView(View):
    """A yes that counts once she has confirmed it: send her the token, which `POST /v1/consents/confirm` takes."""

    purpose: Purpose
    channel: Channel
    token: str
    expires_at: datetime


class MemberConsents(View):
    """What counts now, for each purpose all channels first. `confirmations` come with a change, and to API keys
    only."""

    items: list[ConsentStateView]
    confirmations: list[ConsentConfirmationView] = Field(default_factory=list)

    @classmethod
    def of(cls, states: States, confirmations: list[ConsentConfirmationView] | None = None) -> "MemberConsents":
        items = []
        for purpose in Purpose:
            for channel in Channel:
                state = rules.effective(states, purpose, channel)
                if state is not None and (purpose is not Purpose.TERMS or channel is Channel.ALL):
                    items.append(
                        ConsentStateView(
                            purpose=purpose,
                            channel=channel,
                            granted=state.granted,
                            inherited=(purpose, channel) not in states,
                            at=state.at,
                            source=state.source,
                            text_version=state.text_version,
                            pending_until=state.pending_until,
                        )
                    )
        return cls(items=items, confirmations=confirmations or [])


class ConsentConsequence(View):
    """`pending`: she is to confirm it first."""

    purpose: Purpose
    channel: Channel
    before: bool
    after: bool
    pending: bool


class ConsentPreview(View):
    items: list[ConsentConsequence]


class ConsentEntryView(View):
    turn: int
    purpose: Purpose
    channel: Channel
    step: ConsentStep
    at: datetime
    source: str
    text_version: int | None


class ConsentHistory(View):
    items: list[ConsentEntryView]
    next_cursor: str | None


class ConsentWords(Body):
    zh: str = ""
    en: str = ""

    def text(self) -> Text:
        return Text(self.zh or self.en, self.en or self.zh)


class ConsentTextNew(Body):
    """A language left empty says what the other says."""

    purpose: Purpose
    channel: Channel = Channel.ALL
    text: ConsentWords
    double_opt_in: bool = False


class ConsentTextView(View):
    """`in_force`: what is shown and agreed to now, for its channel."""

    purpose: Purpose
    channel: Channel
    version: int
    text: TextView
    double_opt_in: bool
    published_at: datetime
    in_force: bool

    @classmethod
    def of(cls, text: ConsentText, *, in_force: bool) -> "ConsentTextView":
        return cls(
            purpose=text.purpose,
            channel=text.channel,
            version=text.version,
            text=TextView.of(text.text),
            double_opt_in=text.double_opt_in,
            published_at=text.published_at,
            in_force=in_force,
        )


class ConsentTextList(View):
    items: list[ConsentTextView]


class ConsentConfirm(Body):
    token: Annotated[str, Field(max_length=tokens.TOKEN_MAX)]


class ConsentConfirmed(View):
    granted: bool
    at: datetime
