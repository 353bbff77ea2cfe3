"""Top-ups: principal and bonus kept apart, limits, refunds by every rule."""

from datetime import timedelta
from typing import Any

import pytest

from shuke.ledger import service as ledger
from shuke.ledger.model import Asset
from tests.support.counter import Counter
from tests.support.world import World

PRINCIPAL, BONUS = Asset.STORED_PRINCIPAL, Asset.STORED_BONUS


def test_the_best_step_reached_gives_its_bonus(counter: Counter, stored_world: World) -> None:
    counter.ladder((10_000, 1_000), (50_000, 8_000), bonus_days=30)
    preview = counter.post(
        f"/members/{counter.member}/top-ups/preview", {"store_id": counter.store_id, "amount_minor": 60_000}, 200
    )
    assert (preview["bonus_minor"], preview["step"]["pay_minor"]) == (8_000, 50_000)
    assert preview["bonus_expires_at"] == "2026-04-01T16:00:00Z", "the end of the thirtieth day, in Shanghai"
    done = counter.top_up(60_000, expected_bonus_minor=8_000)
    assert counter.held() == (60_000, 8_000)
    with counter.shop.unit() as unit:
        lots = [*ledger.lots(unit, counter.member_id, PRINCIPAL), *ledger.lots(unit, counter.member_id, BONUS)]
    assert {f"top_{lot.source_id.hex}" for lot in lots if lot.source_id} == {done["id"]}
    stored_world.clock.advance(timedelta(days=1))
    assert counter.top_up(9_999)["bonus_minor"] == 0
    stored_world.clock.advance(timedelta(days=31))
    assert counter.held() == (69_999, 0)
    rows = counter.get("/top-ups")["items"]
    assert [row["principal_minor"] for row in rows] == [9_999, 60_000]
    assert (rows[0]["member"]["name"], rows[0]["store"]["name"]) == ("王小明", counter.store.name)


def test_a_step_may_be_had_only_so_often(counter: Counter) -> None:
    counter.ladder((10_000, 1_000), (20_000, 3_000), per_member=1)
    assert [counter.top_up(20_000)["bonus_minor"] for _ in range(3)] == [3_000, 1_000, 0]


def test_what_the_customer_was_told_must_still_be_so(counter: Counter) -> None:
    ladder = counter.ladder((10_000, 1_000))
    counter.post(f"/top-up-ladders/{ladder['id']}/retire", status=200)
    assert counter.top_up(10_000, status=409, expected_bonus_minor=1_000)["code"] == "bonus_changed"
    assert counter.held() == (0, 0)


def test_refusals_name_the_remedy_and_change_nothing(counter: Counter) -> None:
    counter.ladder((10_000, 1_000))
    counter.policy(min_top_up_minor=5_000, max_top_up_minor=20_000, max_balance_minor=25_000, any_amount=False)
    refused = {
        "amount_not_offered": counter.top_up(4_999, 422),
        "only_steps": counter.top_up(12_000, 422),
        "tenders_differ": counter.top_up(10_000, 422, tenders=[{"kind": "cash", "amount_minor": 9_000}]),
    }
    assert {code: problem["code"] for code, problem in refused.items()} == {code: code for code in refused}
    assert "100.00" in refused["only_steps"]["fields"][0]["message"]
    counter.top_up(10_000)
    counter.top_up(10_000)
    assert counter.top_up(10_000, 409)["code"] == "balance_too_high"
    assert counter.held() == (20_000, 2_000)


def test_the_same_key_or_number_pays_in_once(counter: Counter) -> None:
    body = {
        "store_id": counter.store_id,
        "amount_minor": 5_000,
        "tenders": [{"kind": "cash", "amount_minor": 5_000}],
        "external_ref": "POS-1",
    }
    path = f"/v1/members/{counter.member}/top-ups"
    answers = [counter.client.post(path, json=body, headers={"Idempotency-Key": "till-1"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert counter.top_up(5_000, 409, external_ref="POS-1")["code"] == "top_up_ref_taken"
    assert counter.held() == (5_000, 0)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # paid in 10000 with 2000 bonus; then 1500 of bonus and 2500 of principal were spent
        ("forfeit_all", {"principal": 7_500, "refunded": 6_000, "deducted": 1_500, "forfeited": 500, "kept": 0}),
        ("proportional", {"principal": 7_500, "refunded": 6_500, "deducted": 1_000, "forfeited": 500, "kept": 0}),
        ("keep_spent", {"principal": 7_500, "refunded": 7_500, "deducted": 0, "forfeited": 500, "kept": 0}),
        ("keep", {"principal": 7_500, "refunded": 7_500, "deducted": 0, "forfeited": 0, "kept": 500}),
    ],
)
def test_a_refund_follows_the_rule_for_bonus(counter: Counter, rule: str, expected: dict[str, int]) -> None:
    counter.ladder((10_000, 2_000))
    counter.policy(bonus_rule=rule)
    done = counter.top_up(10_000)
    counter.spend(BONUS, 1_500)
    counter.spend(PRINCIPAL, 2_500)
    plan = counter.post(f"/top-ups/{done['id']}/refunds/preview", status=200)
    assert plan == {f"{name}_minor": amount for name, amount in expected.items()}
    assert counter.refund(done, 409, expected_minor=plan["refunded_minor"] + 1)["code"] == "refund_changed"
    paid = counter.refund(done, expected_minor=plan["refunded_minor"])
    assert paid["refunded_minor"] == expected["refunded"]
    assert counter.held() == (0, expected["kept"])
    assert counter.refund(done, 409)["code"] == "nothing_to_refund"
    assert counter.get(f"/top-ups/{done['id']}")["refunded_minor"] == expected["refunded"]


def test_proportional_keeps_bonus_that_was_earned_by_spending(counter: Counter) -> None:
    counter.ladder((10_000, 2_000))
    counter.policy(bonus_rule="proportional")
    done = counter.top_up(10_000)
    counter.spend(PRINCIPAL, 5_000)
    assert counter.refund(done)["forfeited_minor"] == 1_000
    assert counter.held() == (0, 1_000)


def test_what_an_order_gives_back_later_can_be_refunded_too_and_deducted_once(counter: Counter) -> None:
    counter.ladder((10_000, 2_000))
    done = counter.top_up(10_000)
    bought = counter.spend(PRINCIPAL, 4_000)
    counter.spend(BONUS, 1_000)
    first = counter.refund(done)
    assert (first["refunded_minor"], first["deducted_minor"]) == (5_000, 1_000)
    counter.give_back(PRINCIPAL, 4_000, bought)
    second = counter.refund(done)
    assert (second["refunded_minor"], second["deducted_minor"]) == (4_000, 0)
    assert counter.held() == (0, 0)


def test_another_top_ups_money_is_left_alone(counter: Counter, stored_world: World) -> None:
    first = counter.top_up(1_000)
    stored_world.clock.advance(timedelta(minutes=1))
    second = counter.top_up(2_000)
    counter.spend(PRINCIPAL, 400)
    assert counter.refund(second)["refunded_minor"] == 2_000
    assert counter.held() == (600, 0)
    assert counter.refund(first)["refunded_minor"] == 600


def test_contradictory_ladders_and_policies_are_refused(counter: Counter) -> None:
    steps: list[dict[str, Any]] = [{"pay_minor": 200, "bonus_minor": 50}, {"pay_minor": 200, "bonus_minor": 10}]
    problem = counter.post("/top-up-ladders", {"name": "x", "steps": steps}, 422)
    assert [field["path"] for field in problem["fields"]] == ["steps.1.pay_minor", "steps.1.bonus_minor"]
    backwards = {"starts_at": "2026-05-01T00:00:00Z", "ends_at": "2026-04-01T00:00:00Z"}
    assert counter.post("/top-up-ladders", {"name": "x", "steps": steps[:1], **backwards}, 422)
    answer = counter.client.put(
        "/v1/stored-value/policy",
        json={"spend_order": "bonus_first", "bonus_rule": "keep", "min_top_up_minor": 5, "max_top_up_minor": 4},
    )
    assert (answer.status_code, answer.json()["fields"][0]["path"]) == (422, "max_top_up_minor")


def test_a_blocked_member_cannot_pay_in(counter: Counter) -> None:
    answer = counter.client.patch(f"/v1/members/{counter.member}", json={"status": "blocked"})
    assert answer.status_code == 200, answer.text
    assert counter.top_up(5_000, 409)["code"] == "member_may_not_top_up"
