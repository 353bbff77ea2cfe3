"""The worker: what happens without anybody waiting for it.

Jobs name their merchant and work in units of its own, in batches. All of them may run twice or be cut off anywhere.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from procrastinate import App, builtin_tasks

from shuke.audience.segments.model import Refresh
from shuke.checkout import service as checkout
from shuke.checkout.clearing import service as clearing
from shuke.checkout.payments import service as payments
from shuke.entrypoints import lake, retention
from shuke.entrypoints.following import recognise
from shuke.entrypoints.giving import give_due
from shuke.entrypoints.imports.background import RUN_IMPORT, run_waiting
from shuke.entrypoints.paying import payment_desk
from shuke.entrypoints.proposing import add_tasks as add_proposing
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
    _add_following(installation, app)
    add_proposing(installation, app)

    @app.task(name=RUN_IMPORT)
    def run_import(merchant_id: str, import_id: str) -> None:
        run_waiting(database, data_dir, UUID(merchant_id), UUID(import_id))

    @app.periodic(cron="* * * * *")
    @app.task(name="insight.refresh", queueing_lock="insight.refresh", pass_context=False)
    def refresh_insight(timestamp: int) -> None:
        del timestamp
        for merchant_id in _merchants(database):
            refresh(database, merchant_id)

    @app.periodic(cron="* * * * *")
    @app.task(name="lake.follow", queueing_lock="lake.follow", lock="lake.follow", pass_context=False)
    def follow_into_lake(timestamp: int) -> None:
        del timestamp
        for merchant_id in _merchants(database):
            lake.follow(database, installation.settings.lake, merchant_id)

    @app.periodic(cron="5 * * * *")
    @app.task(name="nightly", queueing_lock="nightly", pass_context=False)
    def hourly(timestamp: int) -> None:
        del timestamp
        for merchant_id in _merchants(database):
            _by_the_hour(installation, merchant_id)

    @app.periodic(cron="* * * * *")
    @app.task(name="identity.follow", queueing_lock="identity.follow", pass_context=False)
    def recognise_people(timestamp: int) -> None:
        del timestamp
        for merchant_id in _merchants(database):
            recognise(database, merchant_id)

    @app.periodic(cron="* * * * *")
    @app.task(name="events.schemas", queueing_lock="events.schemas", pass_context=False)
    def note_schemas(timestamp: int) -> None:
        del timestamp
        for merchant_id in _merchants(database):
            look_at_events(database, merchant_id)

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


def _add_following(installation: Installation, app: App) -> None:
    """What follows from what members and providers did, a minute later at most."""
    database = installation.database
    desk = payment_desk(database, installation.settings)

    @app.periodic(cron="* * * * *")
    @app.task(name="payments.settle", queueing_lock="payments.settle", pass_context=False)
    def settle_payments(timestamp: int) -> None:
        """What providers did not answer is asked again; what is overdue is closed."""
        del timestamp
        for merchant_id in _merchants(database):
            payments.settle_unknown(desk, merchant_id)

    @app.periodic(cron="* * * * *")
    @app.task(name="orders.let_go", queueing_lock="orders.let_go", pass_context=False)
    def let_orders_go(timestamp: int) -> None:
        del timestamp
        for merchant_id in _merchants(database):
            let_go(database, merchant_id)

    @app.periodic(cron="* * * * *")
    @app.task(name="benefits.give", queueing_lock="benefits.give", pass_context=False)
    def give_benefits(timestamp: int) -> None:
        del timestamp
        for merchant_id in _merchants(database):
            give_due(database, merchant_id)

    @app.periodic(cron="* * * * *")
    @app.task(name="tags.expire", queueing_lock="tags.expire", pass_context=False)
    def expire_tags(timestamp: int) -> None:
        del timestamp
        for merchant_id in _merchants(database):
            lapse_tags(database, merchant_id)


def _by_the_hour(installation: Installation, merchant_id: UUID) -> None:
    """At night, daily segments come after the traits that they may ask for."""
    database, root = installation.database, installation.settings.lake
    if _is_night(database, merchant_id):
        nightly(database, merchant_id)
        reckon(database, root, merchant_id)
        lake.look_at(database, root, merchant_id, Refresh.DAILY)
        lake.compact(root, merchant_id)
    with database.merchant(merchant_id) as unit:
        uploads.drop_old(unit, installation.settings.data_dir)
        members.drop_marks(unit)
    close_shared_packets(database, merchant_id)


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
    forgotten = retention.forget(database, merchant_id)
    _log.info(
        "nightly",
        merchant=str(merchant_id),
        expired=expired,
        reviewed=members,
        tiers_changed=changed,
        days_cleared=cleared.days if cleared else 0,
        forgotten=forgotten,
    )


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


def _merchants(database: Database) -> Iterator[UUID]:
    with database.platform() as unit:
        found = tenancy.merchant_ids(unit)
    yield from found


def _is_night(database: Database, merchant_id: UUID) -> bool:
    with database.merchant(merchant_id) as unit:
        timezone = tenancy.merchant(unit).timezone
        return unit.now().astimezone(ZoneInfo(timezone)).hour == NIGHT_HOUR
