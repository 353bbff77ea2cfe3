"""Laws of consent: the last word about a channel counts, and two people made one have agreed to what both did."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.members.consent import rules
from shuke.members.consent.model import ConsentStep, Decision, State
from shuke.members.model import Channel, Purpose

START = datetime(2026, 3, 2, tzinfo=UTC)
CHANNELS = (Channel.ALL, Channel.SMS, Channel.EMAIL, Channel.WECHAT)
PURPOSES = (Purpose.MARKETING, Purpose.PROFILING)

decisions = st.builds(
    Decision,
    st.sampled_from(PURPOSES),
    st.sampled_from(CHANNELS),
    st.booleans(),
    st.sampled_from((None, 1, 2)),
)
said = st.lists(st.tuples(decisions, st.booleans()), max_size=12)

States = dict[tuple[Purpose, Channel], State]


def lived(
    words: list[tuple[Decision, bool]], begin: datetime = START
) -> tuple[States, list[tuple[Decision, ConsentStep]]]:
    """What counts after these words, said a day apart; and what each came to. The flag: a yes is to be confirmed."""
    states: States = {}
    steps = []
    for day, (decision, confirm) in enumerate(words):
        step = rules.step_of(states, decision, decision.text_version, confirm=confirm)
        if step is not None:
            at = begin + timedelta(days=day)
            states = rules.after(states, decision, step, at, "pos", decision.text_version)
            steps.append((decision, step))
    return states, steps


@settings(max_examples=100, deadline=None)
@given(said)
def test_the_last_word_about_a_channel_counts(words: list[tuple[Decision, bool]]) -> None:
    states, steps = lived(words)
    for purpose in PURPOSES:
        for channel in rules.SINGLE:
            last = [
                step
                for decision, step in steps
                if decision.purpose is purpose
                and decision.channel in (channel, Channel.ALL)
                and step is not ConsentStep.ASKED
            ]
            assert rules.granted(states, purpose, channel) == (last[-1:] == [ConsentStep.GIVEN])


@settings(max_examples=50, deadline=None)
@given(said)
def test_what_was_said_already_is_not_said_again(words: list[tuple[Decision, bool]]) -> None:
    """Whether a word is worth an entry: it changes what counts, or the text agreed to, or asks anew."""
    states, _ = lived(words)
    for decision, _ in words:
        step = rules.step_of(states, decision, decision.text_version, confirm=False)
        if step is not None:
            once = rules.after(states, decision, step, START + timedelta(days=99), "pos", decision.text_version)
            assert once != states
            assert rules.step_of(once, decision, decision.text_version, confirm=False) is None


@settings(max_examples=100, deadline=None)
@given(said, said)
def test_two_who_are_one_agreed_to_what_both_agreed_to(
    one: list[tuple[Decision, bool]], other: list[tuple[Decision, bool]]
) -> None:
    first, second = lived(one)[0], lived(other, START + timedelta(hours=1))[0]
    both = rules.stricter(first, second)
    for purpose in PURPOSES:
        for channel in rules.SINGLE:
            expected = rules.granted(first, purpose, channel) and rules.granted(second, purpose, channel)
            assert rules.granted(both, purpose, channel) == expected
    assert rules.stricter(second, first) == both
