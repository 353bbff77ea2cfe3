"""The whole sample into an installation, phase by phase; each is done once, however often this is started."""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from rich.progress import Progress

from shuke.checkout import service as checkout
from shuke.entrypoints import lake
from shuke.entrypoints.audit import run_audit
from shuke.entrypoints.imports.registry import KINDS, context_for
from shuke.entrypoints.sample import attributes, goods, people, places, sales
from shuke.entrypoints.sample import chain as chains
from shuke.entrypoints.sample.chain import Chain
from shuke.entrypoints.sample.clearing import clear_history
from shuke.entrypoints.sample.crowds import keep_crowds
from shuke.entrypoints.sample.summary import Summary, summarise
from shuke.entrypoints.setup import open_shop
from shuke.entrypoints.traits import reckon
from shuke.entrypoints.wiring import Installation
from shuke.infra.database import Database, driver_url
from shuke.infra.imports import journal, runner
from shuke.infra.imports.journal import ImportRecord
from shuke.infra.imports.kinds import Context
from shuke.infra.imports.reading import TableSource
from shuke.infra.passwords import generate_password
from shuke.insight import service as insight
from shuke.kernel.principal import system
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.loyalty.model import Earnable
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Merchant

MERCHANT_ID = UUID("01960000-0000-7000-8000-000000008451")
OWNER_LOGIN = "owner"
_EARNING_MINOR = 10_000
"""An order of so much surely earned points."""

_TABLES: tuple[tuple[str, Callable[[Chain], Any]], ...] = (
    ("stores", places.stores),
    ("products", goods.products),
    ("members", people.members),
    ("campaigns", sales.campaigns),
    ("campaign_members", sales.campaign_members),
    ("orders", sales.orders),
    ("redemptions", sales.redemptions),
)
"""What is imported, in the order that references need."""


def load_sample(
    installation: Installation, progress: Progress, households: int | None = None, *, audit: bool = True
) -> Summary:
    """Load what is not loaded yet; `households` limits it to the first so many of them, for tests.

    Killed anywhere and started again it ends with the same totals. `audit` proves the books afterwards; without it
    the summary's audit is empty.
    """
    database = installation.database
    seconds: dict[str, float] = {}
    with _phase(seconds, "merchant"):
        context, chain = open_chain(database, households)
    for kind, table in _TABLES:
        with _phase(seconds, kind):
            if not _finished(context, kind, chain):
                import_table(context, kind, chain, table(chain), progress)
    if not _history_is_posted(database):
        with _phase(seconds, "statistics"):
            _analyze(installation.owner_url)
        # Neither waits for the other, and there are two cores.
        what = "points, tiers, sums 积分、等级与统计"
        with ThreadPoolExecutor(1) as beside, _spinning(progress, what), _phase(seconds, "insight"):
            refreshed = beside.submit(_refresh, database)
            with _phase(seconds, "points"):
                _post_history(database)
            refreshed.result()
            _refresh(database)
            _analyze(installation.owner_url)
    with _phase(seconds, "clearing"):
        clear_history(database, MERCHANT_ID)
    with _phase(seconds, "traits"), _spinning(progress, "members' traits 会员特征"):
        lake.bring_up_to_date(database, installation.settings.lake, MERCHANT_ID)
        reckon(database, installation.settings.lake, MERCHANT_ID)
        keep_crowds(database, installation.settings.lake, MERCHANT_ID)
    verdicts: dict[str, str] = {}
    if audit:
        with _phase(seconds, "audit"), _spinning(progress, "audit 核对"):
            checks = run_audit(database, MERCHANT_ID)
        verdicts = {check.name: "ok" if check.ok else check.detail or "broken" for check in checks}
    with database.merchant(MERCHANT_ID) as unit:
        return summarise(unit, verdicts, seconds)


@contextmanager
def _phase(seconds: dict[str, float], name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - started


@contextmanager
def _spinning(progress: Progress, what: str) -> Iterator[None]:
    task = progress.add_task(what, total=1)
    yield
    progress.update(task, completed=1)


def _shop(database: Database) -> Context:
    """The sample's merchant with its programme, made if it is not there."""
    with database.platform() as unit:
        known = MERCHANT_ID in tenancy.merchant_ids(unit)
    if not known:
        merchant = Merchant(MERCHANT_ID, "旅程超市 Journey Market", chains.CURRENCY, chains.TIMEZONE, "zh-CN")
        open_shop(database, merchant, login=OWNER_LOGIN, owner_name="店主", password=generate_password())
        with database.merchant(MERCHANT_ID) as unit:
            attributes.register(unit)
    with database.merchant(MERCHANT_ID) as unit:
        rate = loyalty.create_default_programme(unit).base_rate(Earnable.POINTS)
    assert rate is not None
    found = context_for(database, system(MERCHANT_ID))
    return replace(found, source=chains.SOURCE, generated=True, earn=(rate.amount, rate.per_minor))


def _chain(database: Database, households: int | None) -> Chain:
    """The data, moved as far as a load that was begun earlier moved it, else to end about yesterday."""
    with database.merchant(MERCHANT_ID) as unit:
        begun = journal.first_named(unit, chains.NAME)
        moved = re.search(r"\+(\d+) weeks", begun) if begun else None
        weeks = int(moved[1]) if moved else chains.weeks_until(unit.now())
    return Chain(weeks, households)


def open_chain(database: Database, households: int | None) -> tuple[Context, Chain]:
    """The sample's merchant, ready for imports, and the data."""
    return _shop(database), _chain(database, households)


def tables_before_orders() -> tuple[tuple[str, Callable[[Chain], Any]], ...]:
    """The kinds that orders refer to."""
    return tuple(entry for entry in _TABLES if entry[0] in ("stores", "products", "members"))


def import_table(context: Context, kind: str, chain: Chain, made: Any, progress: Progress) -> ImportRecord:
    """Import one of the sample's tables, or go on with it."""
    task = progress.add_task(f"{kind} {KINDS[kind].label.zh}", total=None)
    name = _file_name(chain, kind)
    source = TableSource(name, hashlib.sha256(name.encode()).digest(), made)
    job = runner.Job(KINDS[kind], context, source, {column: column for column in made.column_names})
    return runner.run(job, lambda done, total: progress.update(task, completed=done, total=total))


def _file_name(chain: Chain, kind: str) -> str:
    return f"{chain.name}: {kind}"


def _finished(context: Context, kind: str, chain: Chain) -> bool:
    with context.database.unit(context.principal) as unit:
        return journal.finished(unit, kind, _file_name(chain, kind))


def _history_is_posted(database: Database) -> bool:
    """Whether points were given: all are in one transaction, so one order that earned some tells of all."""
    with database.merchant(MERCHANT_ID) as unit:
        order, posting = checkout.orders_relation().c, ledger.postings_relation().c
        one = (
            sa.select(order.order_id)
            .where(
                order.merchant_id == unit.merchant_id,
                order.source == chains.SOURCE,
                order.member_id.is_not(None),
                order.paid_minor >= _EARNING_MINOR,
            )
            .limit(1)
            .scalar_subquery()
        )
        found = sa.exists().where(posting.merchant_id == unit.merchant_id, posting.reference_id == one)
        return bool(unit.connection.scalar(sa.select(found)))


def _post_history(database: Database) -> None:
    """Points and growth of every order that has none yet, and the tiers that follow; one transaction."""
    with database.merchant(MERCHANT_ID) as unit:
        order = checkout.orders_relation().c
        loyalty.post_history(
            unit,
            sa.select(order.order_id, order.member_id, order.paid_minor, order.placed_at.label("at")).where(
                order.merchant_id == unit.merchant_id, order.source == chains.SOURCE
            ),
        )
        loyalty.review_all(unit, tenancy.today(unit))


def _refresh(database: Database) -> None:
    more = True
    while more:
        with database.merchant(MERCHANT_ID) as unit:
            more = insight.refresh(unit)


def _analyze(owner_url: str) -> None:
    """Fresh statistics at once, instead of when the database comes round to it: the first pages need good plans."""
    engine = sa.create_engine(driver_url(owner_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("ANALYZE"))
    engine.dispose()
