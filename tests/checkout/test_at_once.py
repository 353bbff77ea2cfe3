"""Many tills at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import UUID

from shuke.checkout import service as checkout
from shuke.checkout.errors import ExternalRefTaken
from shuke.checkout.model import Tender, TenderKind
from shuke.checkout.rules import Cart, CartLine
from shuke.checkout.settlement.model import Choices
from shuke.checkout.settling import Payment, Settled, settle
from shuke.kernel.errors import ShukeError
from shuke.ledger import service as ledger
from shuke.ledger.errors import NotEnough
from shuke.loyalty import service as loyalty
from tests.support.till import Till

TILLS = 8


def at_once(
    till: Till, member_id: UUID | None, *, points: int = 0, ref: str | None = None
) -> list[Settled | ShukeError]:
    """The same basket (bread, 5.00) settled at eight tills that start together; what each one got."""
    cart = Cart(till.store.store_id, member_id, (CartLine("BREAD", Decimal(1)),), Choices(points))
    payment = Payment((Tender(TenderKind.CASH, 500),))
    start = Barrier(TILLS)
    owner = till.shop.owner()

    def one(_number: int) -> Settled | ShukeError:
        start.wait()
        try:
            with till.world.database.unit(owner) as unit:
                return settle(unit, cart, payment, channel="pos", external_ref=ref)
        except ShukeError as refused:
            return refused

    with ThreadPoolExecutor(TILLS) as pool:
        return list(pool.map(one, range(TILLS)))


def test_points_are_never_spent_twice(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 80)], member)  # 400 points: enough for one basket's cap (250) and a half
    answers = at_once(till, member.member_id, points=250)
    settled = [answer for answer in answers if isinstance(answer, Settled)]
    refused = [answer for answer in answers if not isinstance(answer, Settled)]
    assert all(isinstance(answer, NotEnough) for answer in refused)
    spent = sum(answer.order.points_spent for answer in settled)
    earned = sum(answer.order.points_earned for answer in settled)
    assert 250 <= spent <= 400 + earned
    points, _, _ = till.wallet(member)
    assert points == 400 + earned - spent
    with till.shop.unit() as unit:
        checks = [*checkout.audit(unit), *ledger.audit(unit), *loyalty.audit(unit)]
    assert [check for check in checks if not check.ok] == []


def test_a_tills_own_number_is_settled_once(till: Till) -> None:
    answers = at_once(till, None, ref="T9-1")
    assert sum(isinstance(answer, Settled) for answer in answers) == 1
    assert sum(isinstance(answer, ExternalRefTaken) for answer in answers) == TILLS - 1


def test_a_tier_is_reached_once(till: Till) -> None:
    member = till.shop.member()
    till.settle([("BREAD", 199)], member)  # growth 995: the next basket lifts to silver
    answers = at_once(till, member.member_id)
    settled = [answer for answer in answers if isinstance(answer, Settled)]
    assert len(settled) == TILLS
    grown = sum(answer.order.paid_minor // 100 for answer in settled)  # whoever quotes after the lift pays less
    assert till.wallet(member)[1:] == (995 + grown, "silver")
    with till.shop.unit() as unit:
        lifts = unit.connection.exec_driver_sql("SELECT count(*) FROM domain_events WHERE type = 'tier.changed'")
        assert lifts.scalar() == 1


def test_one_key_many_times_is_one_order(till: Till) -> None:
    """A till whose answers got lost sends the same request again, before the first one is done."""
    clients = [till.world.client(till.shop.login) for _ in range(TILLS)]
    start = Barrier(TILLS)

    def one(number: int) -> str:
        start.wait()
        answer = till.try_settle([("BREAD", 1)], key="lost-answer", client=clients[number])
        assert answer.status_code == 201, answer.text
        return str(answer.json()["number"])

    with ThreadPoolExecutor(TILLS) as pool:
        assert len(set(pool.map(one, range(TILLS)))) == 1
