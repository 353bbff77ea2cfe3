"""Members say yes and no; what is asked for by double opt-in they confirm themselves."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from shuke.infra.outbox import START, read_after
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.errors import Invalid
from shuke.kernel.ids import Prefix, show
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.members.consent import rules, service, store
from shuke.members.consent.audit import audit
from shuke.members.consent.errors import ConfirmationInvalid, TermsStay, TextUnknown
from shuke.members.consent.model import ConsentStep, Decision
from shuke.members.consent.tables import consent_states
from shuke.members.errors import MemberNotFound
from shuke.members.model import Channel, Purpose
from tests.support.world import Shop, World

YES_SMS = Decision(Purpose.MARKETING, Channel.SMS, granted=True)
NO_TO_ALL = Decision(Purpose.MARKETING, Channel.ALL, granted=False)


def say(shop: Shop, member_id: UUID, *decisions: Decision) -> None:
    with shop.unit() as unit:
        service.decide(unit, member_id, decisions, "pos")


def may(shop: Shop, member_id: UUID, purpose: Purpose = Purpose.MARKETING) -> set[Channel]:
    with shop.unit() as unit:
        return {channel for channel in rules.SINGLE if member_id in members.may(unit, [member_id], purpose, channel)}


def broken(shop: Shop) -> list[str]:
    with shop.unit() as unit:
        return [check.name for check in audit(unit) if not check.ok]


def publish(shop: Shop, channel: Channel = Channel.ALL, *, double: bool = False) -> int:
    with shop.unit() as unit:
        words = Text("同意接收优惠信息", "I agree to receive offers")
        return service.publish_text(unit, Purpose.MARKETING, channel, words, double_opt_in=double).version


def test_what_was_said_of_one_channel_or_of_all(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member(consents={Purpose.TERMS: True}).member_id
    assert may(shop, member_id) == set(), "who was never asked has not agreed"
    say(shop, member_id, YES_SMS)
    assert may(shop, member_id) == {Channel.SMS}
    say(shop, member_id, Decision(Purpose.MARKETING, Channel.ALL, granted=True))
    assert may(shop, member_id) == set(rules.SINGLE)
    say(shop, member_id, Decision(Purpose.MARKETING, Channel.EMAIL, granted=False))
    assert may(shop, member_id) == set(rules.SINGLE) - {Channel.EMAIL}
    say(shop, member_id, NO_TO_ALL, YES_SMS)
    assert may(shop, member_id) == {Channel.SMS}
    assert may(shop, member_id, Purpose.SHARING) == set()
    with shop.unit() as unit:
        history = members.consents(unit, member_id)
        told: list[Any] = [each.payload["steps"] for each in read_after(unit, START)[0] if "consent" in each.type]
    assert [entry.turn for entry in history] == [6, 5, 4, 3, 2, 1]
    assert sum(map(len, told)) == 5, "what she said on joining is told with her joining"
    assert broken(shop) == []


def test_many_are_asked_for_at_once(world: World) -> None:
    shop, other = world.merchant(), world.merchant()
    yes, no, unasked = (shop.member().member_id for _ in range(3))
    theirs = other.member(consents={Purpose.MARKETING: True}).member_id
    say(shop, yes, YES_SMS)
    say(shop, no, NO_TO_ALL)
    with shop.unit() as unit:
        everybody = [yes, no, unasked, theirs, uuid4()]
        assert members.may(unit, everybody, Purpose.MARKETING, Channel.SMS) == {yes}
        assert members.may(unit, [], Purpose.MARKETING, Channel.SMS) == set()


def test_the_terms_are_agreed_to_as_a_whole_and_for_good(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member(consents={Purpose.TERMS: True}).member_id
    with pytest.raises(TermsStay):
        say(shop, member_id, Decision(Purpose.TERMS, Channel.ALL, granted=False))
    with pytest.raises(Invalid):
        say(shop, member_id, Decision(Purpose.TERMS, Channel.SMS, granted=True))
    with pytest.raises(MemberNotFound):
        say(shop, uuid4(), YES_SMS)


def test_who_agrees_agrees_to_the_text_in_force(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    assert (publish(shop), publish(shop, Channel.SMS), publish(shop)) == (1, 2, 3)
    say(shop, member_id, YES_SMS, Decision(Purpose.MARKETING, Channel.EMAIL, granted=True))
    with shop.unit() as unit:
        states = store.states(unit, member_id)
    assert states[Purpose.MARKETING, Channel.SMS].text_version == 2, "its own text goes before that of all"
    assert states[Purpose.MARKETING, Channel.EMAIL].text_version == 3
    say(shop, member_id, Decision(Purpose.MARKETING, Channel.EMAIL, granted=True, text_version=1))
    with shop.unit() as unit:
        assert store.states(unit, member_id)[Purpose.MARKETING, Channel.EMAIL].text_version == 1
    with pytest.raises(TextUnknown):
        say(shop, member_id, Decision(Purpose.SHARING, Channel.EMAIL, granted=True, text_version=1))


def asked(world: World, shop: Shop, member_id: UUID) -> str:
    """The token of an asked yes, as a machine gets it."""
    client = world.client()
    client.headers["Authorization"] = f"Bearer {shop.key()}"
    body = {"decisions": [{"purpose": "marketing", "channel": "sms", "granted": True}], "source": "mini_program"}
    answer = client.put(f"/v1/members/{show(Prefix.MEMBER, member_id)}/consents", json=body)
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["confirmations"][0]["token"]
    return token


def test_a_yes_counts_once_she_has_confirmed_it(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    publish(shop, double=True)
    old = asked(world, shop, member_id)
    assert may(shop, member_id) == set()
    clock.advance(timedelta(days=1))
    token = asked(world, shop, member_id)
    client = world.client()
    wrong = [old, token[:-1] + ("0" if token[-1] != "0" else "1"), token.replace(".sms.", ".email."), "x", ""]
    assert {client.post("/v1/consents/confirm", json={"token": each}).status_code for each in wrong} == {404}
    assert may(shop, member_id) == set()
    assert client.post("/v1/consents/confirm", json={"token": token}).json()["granted"] is True
    assert may(shop, member_id) == {Channel.SMS}
    assert client.post("/v1/consents/confirm", json={"token": token}).status_code == 404, "once"
    say(shop, member_id, NO_TO_ALL)
    assert may(shop, member_id) == set()
    with shop.unit() as unit:
        steps = [entry.step for entry in members.consents(unit, member_id)]
    assert steps == [ConsentStep.WITHDRAWN, ConsentStep.CONFIRMED, ConsentStep.ASKED, ConsentStep.ASKED]
    assert broken(shop) == []


def test_a_yes_is_confirmed_in_time_or_not_at_all(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    publish(shop, double=True)
    token = asked(world, shop, member_id)
    clock.advance(rules.CONFIRM_WITHIN)
    with pytest.raises(ConfirmationInvalid):
        service.confirm(world.database, token)
    token = asked(world, shop, member_id)
    say(shop, member_id, NO_TO_ALL)
    with pytest.raises(ConfirmationInvalid):
        service.confirm(world.database, token)
    assert may(shop, member_id) == set()


def test_people_who_ask_for_consent_do_not_get_the_token(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    publish(shop, double=True)
    with shop.unit() as unit:
        assert service.decide(unit, member_id, [YES_SMS], "pos") == []
        state = store.states(unit, member_id)[Purpose.MARKETING, Channel.SMS]
    assert (state.granted, state.pending_until) == (False, world.clock.now() + rules.CONFIRM_WITHIN)


def test_consent_over_http(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    member_id = shop.member(consents={Purpose.TERMS: True, Purpose.MARKETING: True}).member_id
    path = f"/v1/members/{show(Prefix.MEMBER, member_id)}/consents"
    body = {"decisions": [{"purpose": "marketing", "granted": False}, {"purpose": "profiling", "granted": True}]}
    foreseen = client.post(f"{path}/preview", json=body).json()["items"]
    assert [(each["before"], each["after"]) for each in foreseen if each["purpose"] == "marketing"] == [
        (True, False)
    ] * len(rules.SINGLE)
    assert _counting(client.get(path).json()) == {"terms", "marketing"}, "nothing is written"
    assert _counting(client.put(path, json=body).json()) == {"terms", "profiling"}
    history = client.get(f"{path}/history?limit=3").json()
    assert [each["step"] for each in history["items"]] == ["given", "withdrawn", "given"]
    rest = client.get(f"{path}/history?cursor={history['next_cursor']}").json()
    assert [each["purpose"] for each in rest["items"]] == ["terms"]
    text = {"purpose": "marketing", "text": {"zh": "同意", "en": ""}}
    made = client.post("/v1/consent-texts", json=text).json()
    assert (made["version"], made["text"]["en"], made["in_force"]) == (1, "同意", True)
    client.post("/v1/consent-texts", json=text)
    assert [each["in_force"] for each in client.get("/v1/consent-texts").json()["items"]] == [True, False]
    empty = client.post("/v1/consent-texts", json={"purpose": "marketing", "text": {}})
    assert empty.status_code == 422, empty.text


def _counting(answer: Any) -> set[str]:
    return {each["purpose"] for each in answer["items"] if each["granted"]}


def test_a_state_beyond_the_history_is_found(world: World) -> None:
    shop = world.merchant()
    member_id = shop.member(consents={Purpose.MARKETING: False}).member_id
    with shop.unit() as unit:
        unit.connection.execute(consent_states.update().values(granted=True))
        assert unit.connection.scalar(sa.select(sa.func.count()).select_from(consent_states)) == 1
    assert may(shop, member_id) == set(rules.SINGLE)
    assert broken(shop) == ["consent: nobody agreed to more than her history says"]
