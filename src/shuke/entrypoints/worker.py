"""The worker: what happens without anybody waiting for it.

Jobs name their merchant and work in units of its own, in batches. All of them may run twice or be cut off anywhere.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from procrastinate import App, builtin_tasks

from shuke.audience.segments.model import Refresh
from shuke.checkout import service as checkout
from shuke.checkout.clearing import service as clearing
from shuke.checkout.payments import service as payments
from shuke.entrypoints import lake, retention
from shuke.entrypoints.each_merchant import apart, for_each_merchant
from shuke.entrypoints.following import recognise
from shuke.entrypoints.giving import give_due
from shuke.entrypoints.imports.background import RUN_IMPORT, run_waiting
from shuke.entrypoints.lake_events import forget_old
from shuke.entrypoints.paying import payment_desk
from shuke.entrypoints.proposing import add_tasks as add_proposing
from shuke.entrypoints.tagging import follow_segments
from shuke.entrypoints.traits import reckon
from shuke.entrypoints.wiring import Installation
from shuke.events import service as events
from shuke.infra.database import Database
from shuke.infra.imports import uploads
from shuke.infra.jobs import queue_app
from shuke.insight import service as insight
from shuke.ledger import service as ledger
from shuke.ledger.model import Expired
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.offers import service as offers
from shuke.tenancy import service as tenancy

NIGHT_HOUR = 3
"""Local hour in which a merchant's nightly work is done."""

_ALONE = frozenset({"lake.follow", "tags.follow"})
"""One at a time writes into a lake, and one puts the tags of segments."""

_log = structlog.get_logger("shuke.worker")


def run_worker(installation: Installation) -> None:
    """Work until a signal says stop; the job at hand is finished first."""
    url = installation.database.engine.url.render_as_string(hide_password=False)
    tasks(installation, queue_app(url)).run_worker(
        concurrency=2, delete_jobs="successful", shutdown_graceful_timeout=30, update_heartbeat_interval=10
    )


def tasks(installation: Installation, app: App) -> App:
    """`app` with every task of the product."""
    database, data_dir = installation.database, installation.settings.data_dir
    _add_merchants_tasks(installation, app)
    add_proposing(installation, app)

    @app.task(name=RUN_IMPORT)
    def run_import(merchant_id: str, import_id: str) -> None:
        run_waiting(database, data_dir, UUID(merchant_id), UUID(import_id))

    @app.periodic(cron="20 4 * * *")
    @app.task(name="queue.tidy", queueing_lock="queue.tidy", pass_context=True)
    async def tidy(context: object, timestamp: int) -> None:
        del timestamp
        await builtin_tasks.remove_old_jobs(context, max_hours=72, remove_failed=False)  # type: ignore[arg-type]

    @app.periodic(cron="* * * * *")
    @app.task(name="queue.resume", queueing_lock="queue.resume", pass_context=False)
    async def resume(timestamp: int) -> None:
        """Jobs of a worker that was killed are done by the next one."""
        del timestamp
        for job in await app.job_manager.get_stalled_jobs():
            await app.job_manager.retry_job(job)

    return app


def _add_merchants_tasks(installation: Installation, app: App) -> None:
    """What is done for every merchant: each minute what follows from what members, tills and providers did; each hour
    what a day asks for."""
    database, lake_dir = installation.database, installation.settings.lake
    desk = payment_desk(database, installation.settings)
    every_minute: Mapping[str, Callable[[UUID], object]] = {
        "insight.refresh": lambda merchant_id: refresh(database, merchant_id),
        "lake.follow": lambda merchant_id: lake.follow(database, lake_dir, merchant_id),
        "identity.follow": lambda merchant_id: recognise(database, merchant_id),
        "events.schemas": lambda merchant_id: look_at_events(database, merchant_id),
        # What providers did not answer is asked again; what is overdue is closed.
        "payments.settle": lambda merchant_id: payments.settle_unknown(desk, merchant_id),
        "orders.let_go": lambda merchant_id: let_go(database, merchant_id),
        "benefits.give": lambda merchant_id: give_due(database, merchant_id),
        "tags.expire": lambda merchant_id: lapse_tags(database, merchant_id),
        "tags.follow": lambda merchant_id: follow_segments(database, merchant_id),
    }
    for name, do in every_minute.items():
        _add_task(database, app, name, "* * * * *", do)
    _add_task(database, app, "nightly", "5 * * * *", lambda merchant_id: _by_the_hour(installation, merchant_id))


def _add_task(database: Database, app: App, name: str, cron: str, do: Callable[[UUID], object]) -> None:
    @app.periodic(cron=cron)
    @app.task(name=name, queueing_lock=name, lock=name if name in _ALONE else None, pass_context=False)
    def run(timestamp: int) -> None:
        del timestamp
        for_each_merchant(database, name, do)


def _by_the_hour(installation: Installation, merchant_id: UUID) -> None:
    """At night, daily segments come after the traits that they may ask for. What breaks keeps nothing else of the
    merchant's from being done."""
    database, root, data_dir = installation.database, installation.settings.lake, installation.settings.data_dir
    steps: dict[str, Callable[[UUID], object]] = {}
    if _is_night(database, merchant_id):
        steps |= {
            "nightly": lambda each: nightly(database, each),
            "retention": lambda each: forget(database, each),
            "traits": lambda each: reckon(database, root, each),
            "segments": lambda each: lake.look_at(database, root, each, Refresh.DAILY),
            "lake.forget": lambda each: forget_old(database, root, each),
            "lake.compact": lambda each: lake.compact(root, each),
        }
    steps |= {
        "uploads": lambda each: drop_files(database, data_dir, each),
        "packets": lambda each: close_shared_packets(database, each),
    }
    for step, do in steps.items():
        apart(step, merchant_id, do)


def drop_files(database: Database, data_dir: Path, merchant_id: UUID) -> None:
    """Uploads are kept for some days, and as long what is kept because of them."""
    with database.merchant(merchant_id) as unit:
        uploads.drop_old(unit, data_dir)
        members.drop_marks(unit)


def nightly(database: Database, merchant_id: UUID) -> None:
    """Expire what is due, review every tier for the merchant's present business day, batch by batch, and clear the day
    before."""
    with database.merchant(merchant_id) as unit:
        day, now = tenancy.today(unit), unit.now()
    expired, lots, more = 0, Expired(), True
    while more:
        with database.merchant(merchant_id) as unit:
            lots = ledger.expire_batch(unit, now, lots.last)
        expired, more = expired + lots.amount, lots.last is not None
    after: UUID | None = UUID(int=0)
    members = changed = 0
    while after is not None:
        with database.merchant(merchant_id) as unit:
            reviewed = loyalty.review_batch(unit, day, after)
        members, changed, after = members + reviewed.members, changed + reviewed.changed, reviewed.last
    with database.merchant(merchant_id) as unit:
        loyalty.expire_plans(unit, now)
        loyalty.grant_gifts_of(unit, day)
    with database.merchant(merchant_id) as unit:
        cleared = clearing.close_due(unit)
    _log.info(
        "nightly",
        merchant=str(merchant_id),
        expired=expired,
        reviewed=members,
        tiers_changed=changed,
        days_cleared=cleared.days if cleared else 0,
    )


def forget(database: Database, merchant_id: UUID) -> None:
    """Delete what was kept for long enough."""
    _log.info("forgotten", merchant=str(merchant_id), rows=retention.forget(database, merchant_id))


def lapse_tags(database: Database, merchant_id: UUID) -> int:
    """Take off the tags that are due, batch by batch; how many. Till then they do not count either."""
    gone, more = 0, 1
    while more:
        with database.merchant(merchant_id) as unit:
            more = members.expire_tags(unit, unit.now())
        gone += more
    return gone


def look_at_events(database: Database, merchant_id: UUID) -> None:
    """Note what events look like that came since the last time, batch by batch."""
    more = True
    while more:
        with database.merchant(merchant_id) as unit:
            more = events.note_schemas(unit)


def close_shared_packets(database: Database, merchant_id: UUID) -> None:
    """Give back to the budgets what nobody took of shared red packets, batch by batch."""
    more = 1
    while more:
        with database.merchant(merchant_id) as unit:
            more = offers.close_expired(unit)


def let_go(database: Database, merchant_id: UUID) -> int:
    """Let the pending orders go whose time is over; how many."""
    with database.merchant(merchant_id) as unit:
        now = unit.now()
    gone = 0
    while True:
        with database.merchant(merchant_id) as unit:
            waiting = checkout.overdue(unit, now)
        done = sum(_let_one_go(database, merchant_id, order_id, now) for order_id in waiting)
        gone += done
        if not done:
            return gone


def _let_one_go(database: Database, merchant_id: UUID, order_id: UUID, now: datetime) -> bool:
    """In a transaction of its own: one that cannot be let go is told of, and does not keep the others."""
    try:
        with database.merchant(merchant_id) as unit:
            return checkout.let_go(unit, order_id, now)
    except Exception as error:
        _log.error("order.not_let_go", merchant=str(merchant_id), order=str(order_id), exc_info=error)
        return False


def refresh(database: Database, merchant_id: UUID) -> None:
    """Bring the merchant's derived sums up to date."""
    more = True
    while more:
        with database.merchant(merchant_id) as unit:
            more = insight.refresh(unit)


def _is_night(database: Database, merchant_id: UUID) -> bool:
    with database.merchant(merchant_id) as unit:
        timezone = tenancy.merchant(unit).timezone
        return unit.now().astimezone(ZoneInfo(timezone)).hour == NIGHT_HOUR
