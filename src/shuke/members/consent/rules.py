"""What counts, what a decision does to it, and which of two people's consent is the stricter. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shuke.kernel.errors import invalid_field
from shuke.kernel.text import Text
from shuke.members.consent.errors import TermsStay
from shuke.members.consent.model import ConsentStep, ConsentText, Decision, State, States
from shuke.members.model import Channel, Purpose

CONFIRM_WITHIN = timedelta(days=7)
TEXT_MAX = 5_000
SINGLE = tuple(channel for channel in Channel if channel is not Channel.ALL)


def effective(states: States, purpose: Purpose, channel: Channel) -> State | None:
    """What counts for a channel: what was said about it, else what was said about all; None: nothing was."""
    return states.get((purpose, channel)) or states.get((purpose, Channel.ALL))


def granted(states: States, purpose: Purpose, channel: Channel) -> bool:
    found = effective(states, purpose, channel)
    return found is not None and found.granted


def check(decision: Decision) -> None:
    """Raises Invalid, TermsStay."""
    if decision.purpose is not Purpose.TERMS:
        return
    if decision.channel is not Channel.ALL:
        raise invalid_field("channel", "会员条款不分渠道，请用 *。", "The terms know no channels. Use *.")
    if not decision.granted:
        raise TermsStay


def step_of(states: States, decision: Decision, version: int | None, *, confirm: bool) -> ConsentStep | None:
    """What the decision comes to, given the version of the text it is about; None: it says what holds already.
    `confirm`: she is to confirm a yes."""
    key = (decision.purpose, decision.channel)
    others = [states[key] for key in _narrower(states, *key)]
    now = effective(states, *key)
    if not decision.granted:
        settled = now is not None and not any(state.granted or state.pending_until for state in (now, *others))
        return None if settled else ConsentStep.WITHDRAWN
    if now is not None and now.granted and now.text_version == version and all(state.granted for state in others):
        return None
    return ConsentStep.ASKED if confirm else ConsentStep.GIVEN


def after(
    states: States, decision: Decision, step: ConsentStep, at: datetime, source: str, version: int | None
) -> dict[tuple[Purpose, Channel], State]:
    """What counts once `step` has happened. What is said of all channels replaces what was said of each; to ask
    changes nothing but that a yes may come."""
    key = (decision.purpose, decision.channel)
    if step is ConsentStep.ASKED:
        asked = states.get(key) or replace(
            effective(states, *key) or State(False, at, source, version), pending_until=None
        )
        return {**states, key: replace(asked, pending_until=until(at))}
    gone = _narrower(states, *key)
    kept = {each: state for each, state in states.items() if each not in gone}
    return {**kept, key: State(decision.granted, at, source, version)}


def until(at: datetime) -> datetime:
    """When a yes asked for at `at` can no longer be confirmed: a whole second, as tokens say it."""
    return (at + CONFIRM_WITHIN).replace(microsecond=0)


def stricter(one: States, other: States) -> dict[tuple[Purpose, Channel], State]:
    """What counts for somebody who was taken for two people: what both agreed to, and no more. What only one of them
    was asked is asked again."""
    found: dict[tuple[Purpose, Channel], State] = {}
    for purpose in Purpose:
        whole = _both(one, other, purpose, Channel.ALL)
        if whole is not None:
            found[purpose, Channel.ALL] = whole
        for channel in SINGLE:
            if (purpose, channel) in one or (purpose, channel) in other:
                both = _both(one, other, purpose, channel)
                if both is not None and (whole is None or both.granted is not whole.granted):
                    found[purpose, channel] = both
    return found


def current(texts: Iterable[ConsentText], purpose: Purpose, channel: Channel) -> ConsentText | None:
    """The text in force: the latest for the channel, else the latest for all."""
    mine = [text for text in texts if text.purpose is purpose and text.channel in (channel, Channel.ALL)]
    return max(mine, key=lambda text: (text.channel is not Channel.ALL, text.version), default=None)


def check_text(text: Text) -> None:
    """Raises Invalid."""
    for language, words in (("zh", text.zh), ("en", text.en)):
        if not 0 < len(words) <= TEXT_MAX:
            raise invalid_field(
                f"text.{language}", f"请填写 1 到 {TEXT_MAX} 个字。", f"Write 1 to {TEXT_MAX} characters."
            )


def _narrower(states: States, purpose: Purpose, channel: Channel) -> Sequence[tuple[Purpose, Channel]]:
    """What was said of single channels, where all are meant."""
    if channel is not Channel.ALL:
        return ()
    return [key for key in states if key[0] is purpose and key[1] is not Channel.ALL]


def _both(one: States, other: States, purpose: Purpose, channel: Channel) -> State | None:
    first, second = effective(one, purpose, channel), effective(other, purpose, channel)
    refused = [state for state in (first, second) if state is not None and not state.granted]
    if refused:
        return replace(max(refused, key=lambda state: state.at), pending_until=None)
    if first is None or second is None:
        return None
    return max((first, second), key=lambda state: state.at)
