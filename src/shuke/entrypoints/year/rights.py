"""Acts with coupons and red packets: issued, claimed, printed, given away, shared."""

import csv
import io

from shuke.entrypoints.year.life import Life, NothingToDo
from shuke.ledger.model import Asset
from shuke.offers import codes, gifting, issuing, sharing
from shuke.offers import service as offers


def issue(life: Life) -> str:
    template_id, member_id = life.random.choice(list(life.premises.templates)), life.somebody()
    with life.unit() as unit:
        issuing.issue(unit, template_id, member_id, "year")
    return "coupon issued"


def claim(life: Life) -> str:
    template_id, member_id = life.random.choice(life.premises.claimable), life.somebody()
    with life.unit() as unit:
        issuing.claim(unit, template_id, member_id)
    return "coupon claimed"


def bind_code(life: Life) -> str:
    """A code from a leaflet becomes a coupon; when all are used, more are printed."""
    if not life.codes:
        _print(life)
    code, member_id = life.codes[0], life.somebody()
    with life.unit() as unit:
        codes.bind(unit, code, member_id)
    life.codes.pop(0)
    return "code bound"


def _print(life: Life) -> None:
    with life.unit() as unit:
        batch = codes.print_batch(unit, life.premises.printed, "传单", 20, None)
        file = codes.download(unit, batch.batch_id)
    rows = list(csv.reader(io.StringIO(file.removeprefix("\ufeff"))))
    life.codes += [row[0] for row in rows[1:]]


def give_away(life: Life) -> str:
    """Somebody offers a coupon of hers to whoever has the link."""
    member_id = life.somebody()
    with life.unit() as unit:
        held = sorted(offers.held(unit, member_id, life.now), key=lambda coupon: coupon.valid_from)
    if not held:
        raise NothingToDo
    with life.unit() as unit:
        _, token = gifting.give(unit, held[0].coupon_id, member_id)
    life.gifts.append(token)
    return "coupon offered"


def take(life: Life) -> str:
    token, member_id = life.one_of(life.gifts, recent=10), life.somebody()
    with life.unit() as unit:
        gifting.take(unit, token, member_id)
    life.gifts.remove(token)
    return "coupon taken"


def open_packet(life: Life) -> str:
    member_id = life.somebody()
    with life.unit() as unit:
        packet, token = sharing.open_shared(unit, life.premises.shared, member_id)
    life.packets.append(token)
    return f"packet opened: {packet.total_minor}"


def take_part(life: Life) -> str:
    token, member_id = life.one_of(life.packets, recent=5), life.somebody()
    with life.unit() as unit:
        given = sharing.claim_shared(unit, token, member_id)
    life.books.wallets(Asset.RED_PACKET, given.amount_minor)
    return f"packet shared: {given.amount_minor}"
