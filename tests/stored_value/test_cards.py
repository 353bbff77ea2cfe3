"""Cards: printed, fetched once, sold, checked, bound, frozen, replaced."""

from datetime import timedelta

from shuke.kernel.ids import Prefix, parse, show
from shuke.ledger.model import Asset
from tests.support.counter import Counter
from tests.support.world import World


def test_numbers_and_pins_can_be_fetched_once(counter: Counter) -> None:
    batch = counter.post("/card-batches", {"name": "开业", "size": 3, "face_minor": 100, "valid_days": 365})
    assert batch["downloadable"]
    path = f"/v1/card-batches/{batch['id']}/download"
    first, second = counter.client.post(path), counter.client.post(path)
    assert len(first.text.split()) == 4
    assert (second.status_code, second.json()["code"]) == (409, "already_downloaded")
    shown = counter.get("/cards?batch_id=" + batch["id"])["items"]
    numbers = [line.split(",")[0] for line in first.text.split()[1:]]
    assert sorted(card["number"] for card in shown) == sorted(numbers)
    pins = [line.split(",")[1] for line in first.text.split()[1:]]
    assert not any(pin in counter.client.get(f"/v1/cards?batch_id={batch['id']}").text for pin in pins)


def test_a_sold_card_is_worth_its_face_until_it_expires(counter: Counter, stored_world: World) -> None:
    (number, pin), (other, _) = counter.cards(2, valid_days=10)
    assert counter.check(number, pin)["status"] == "inactive"
    sale = counter.sell(number)
    assert (sale["cards"], sale["face_minor"]) == (1, 5_000)
    card = counter.check(f"{number[:4]} {number[4:8]}-{number[8:]}", pin)
    assert (card["balance_minor"], card["status"], card["expires_at"]) == (5_000, "active", "2026-03-12T16:00:00Z")
    assert counter.sell(number, status=409)["code"] == "card_not_usable"
    assert counter.sell(other, number, status=409)["code"] == "card_not_usable"
    assert counter.sell(other, face=4_999, status=422)["code"] == "tenders_differ"
    stored_world.clock.advance(timedelta(days=11))
    assert counter.check(number, pin)["balance_minor"] == 0


def test_a_wrong_digit_is_told_from_a_wrong_pin(counter: Counter) -> None:
    ((number, pin),) = counter.cards(1)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert counter.check(wrong, pin, 422)["code"] == "card_number_wrong"
    assert counter.check(number, "0000", 403)["code"] == "card_or_pin_wrong"


def test_guessing_pins_is_slowed_down_and_then_hopeless(counter: Counter, stored_world: World) -> None:
    ((number, pin),) = counter.cards(1)
    counter.sell(number)
    codes = [counter.check(number, f"{guess:08d}", 403)["code"] for guess in range(5)]
    assert codes == ["card_or_pin_wrong"] * 5
    assert counter.client.post("/v1/cards/check", json={"number": number, "pin": pin}).status_code in (403, 429)
    stored_world.clock.advance(timedelta(minutes=1))
    assert counter.check(number, pin)["balance_minor"] == 5_000
    tried = 0
    for _ in range(24 * 6):
        answer = counter.client.post("/v1/cards/check", json={"number": number, "pin": "x"})
        tried += answer.json()["code"] == "card_or_pin_wrong"
        stored_world.clock.advance(timedelta(minutes=10))
    assert tried <= 16, "a whole day of trying every ten minutes"


def test_binding_moves_the_balance_and_spends_the_card(counter: Counter, stored_world: World) -> None:
    ((number, pin),) = counter.cards(1, valid_days=100)
    counter.sell(number)
    card = counter.check(number, pin)
    stored_world.clock.advance(timedelta(minutes=1))
    bound = counter.post(f"/cards/{card['id']}/bind", {"member_id": counter.member, "pass": card["pass"]}, 200)
    assert (bound["status"], bound["balance_minor"], bound["member_id"]) == ("bound", 0, counter.member)
    assert (bound["member"]["name"], bound["activated_store"]["id"]) == ("王小明", counter.store_id)
    assert counter.held() == (5_000, 0)
    again = counter.post(f"/cards/{card['id']}/bind", {"member_id": counter.member, "pass": card["pass"]}, 409)
    assert again["code"] == "card_not_usable"
    lines = counter.get(f"/cards/{card['id']}/statement")["items"]
    assert [(line["kind"], line["amount"]) for line in lines] == [("card_moved", -5_000), ("card_loaded", 5_000)]


def test_a_pass_is_for_one_card_and_some_minutes(counter: Counter, stored_world: World) -> None:
    (one, pin), (two, other_pin) = counter.cards(2)
    counter.sell(one, two)
    first, second = counter.check(one, pin), counter.check(two, other_pin)
    body = {"member_id": counter.member, "pass": second["pass"]}
    assert counter.post(f"/cards/{first['id']}/bind", body, 409)["code"] == "card_pass_expired"
    forged = first["pass"][:-1] + ("0" if first["pass"][-1] != "0" else "1")
    body["pass"] = forged
    assert counter.post(f"/cards/{first['id']}/bind", body, 409)["code"] == "card_pass_expired"
    stored_world.clock.advance(timedelta(minutes=16))
    body["pass"] = first["pass"]
    assert counter.post(f"/cards/{first['id']}/bind", body, 409)["code"] == "card_pass_expired"
    assert counter.held() == (0, 0)


def test_a_lost_card_is_frozen_and_replaced(counter: Counter) -> None:
    (lost, pin), (fresh, other_pin) = counter.cards(2)
    counter.sell(lost, fresh)
    card, target = counter.check(lost, pin), counter.check(fresh, other_pin)
    counter.spend(Asset.STORED_PRINCIPAL, 1_500, parse(Prefix.CARD, card["id"]))
    assert counter.post(f"/cards/{card['id']}/freeze", {"reason": "丢失"}, 200)["status"] == "frozen"
    body = {"member_id": counter.member, "pass": card["pass"]}
    assert counter.post(f"/cards/{card['id']}/bind", body, 409)["code"] == "card_not_usable"
    moved = counter.post(f"/cards/{card['id']}/transfer", {"to_card_id": target["id"]}, 200)
    assert (moved["id"], moved["balance_minor"]) == (target["id"], 8_500)
    assert counter.post(f"/cards/{card['id']}/transfer", {"to_card_id": target["id"]}, 409)["code"] == "card_empty"
    assert counter.post(f"/cards/{card['id']}/transfer", {"to_card_id": card["id"]}, 422)["code"] == "same_card"
    assert counter.post(f"/cards/{card['id']}/thaw", status=200)["status"] == "active"


def test_a_void_batch_never_comes_to_life(counter: Counter) -> None:
    (sold, pin), (unsold, _) = counter.cards(2)
    counter.sell(sold)
    batch_id = counter.check(sold, pin)["batch_id"]
    voided = counter.post(f"/card-batches/{batch_id}/void", status=200)
    assert voided["counts"] == {"active": 1, "void": 1}
    assert counter.sell(unsold, status=409)["code"] == "card_not_usable"
    assert counter.check(sold, pin)["balance_minor"] == 5_000, "what was sold stays"


def test_unknown_cards_are_not_found(counter: Counter, stored_world: World) -> None:
    ((number, pin),) = counter.cards(1)
    from_elsewhere = counter.check(number, pin)["id"]
    other = Counter(stored_world.merchant("乙"), counter.store, counter.member_id, counter.client)
    other.client = stored_world.client(other.shop.login)
    assert other.client.get(f"/v1/cards/{from_elsewhere}").status_code == 404
    assert other.check(number, pin, 403)["code"] == "card_or_pin_wrong"
    assert show(Prefix.CARD, parse(Prefix.CARD, from_elsewhere)) == from_elsewhere
