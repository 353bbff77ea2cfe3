"""Members who are alike are searched for, and accepted or taken apart again in large numbers, by the worker."""

from collections.abc import Callable
from time import perf_counter
from uuid import UUID

import structlog
from procrastinate import App, RetryStrategy
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError

from shuke.entrypoints.merging import PLAN
from shuke.entrypoints.wiring import Installation
from shuke.infra.database import Database, Unit
from shuke.kernel.text import Text
from shuke.members.accepting import service as accepting
from shuke.members.likeness import keeping, linking, records, runs
from shuke.members.likeness.model import Run, Step
from shuke.members.service import Plan

_TRIES = 10
_LATER = RetryStrategy(max_attempts=60, wait=60, retry_exceptions=(OperationalError,))
"""A database that is away is back within the hour; what is done by then stays done."""
_log = structlog.get_logger("shuke.proposing")
_NOBODY = Text("参与比对的会员不足两位，没有可比对的。", "There are fewer than two members to compare.")
_NOTHING = Text(
    "没有两位会员共享可比对的资料（姓名与生日、手机尾号、邮箱等）。",
    "No two members share what pairs are found by: name and birthday, the end of a phone number, an e-mail name, …",
)
_FAILED = Text(
    "查找中断，请重试；若再次失败，请查看服务日志。", "The search broke off. Try again; see the logs if it fails anew."
)


def add_tasks(installation: Installation, app: App) -> None:
    database = installation.database

    @app.task(name=runs.FIND, retry=_LATER)
    def find_alike(merchant_id: str, run_id: str) -> None:
        find(database, UUID(merchant_id), UUID(run_id))

    @app.task(name=accepting.ACCEPT, retry=_LATER)
    def accept_above(merchant_id: str, acceptance_id: str) -> None:
        accept(database, UUID(merchant_id), UUID(acceptance_id))

    @app.task(name=accepting.TAKE_BACK, retry=_LATER)
    def take_back_accepted(merchant_id: str, acceptance_id: str) -> None:
        take_back(database, UUID(merchant_id), UUID(acceptance_id))


def find(database: Database, merchant_id: UUID, run_id: UUID) -> None:
    """Do a search that was asked for. Nothing is proposed by one that breaks off."""
    with database.merchant(merchant_id) as unit:
        run = runs.begin(unit, run_id)
    if run is None:
        return
    begun = perf_counter()
    try:
        _find(database, merchant_id, run, begun)
    except Exception as error:
        # What went wrong may quote what it went wrong over: of that nothing is written down.
        _log.error("proposals.search_failed", merchant=str(merchant_id), run=str(run_id), error=type(error).__name__)
        with database.merchant(merchant_id) as unit:
            runs.end(unit, run_id, note=_FAILED, failed=True, took_ms=_since(begun))


def _find(database: Database, merchant_id: UUID, run: Run, begun: float) -> None:
    with database.merchant(merchant_id) as unit:
        runs.go_on(unit, run.run_id, Step.READING)
    with database.merchant(merchant_id) as unit:
        people = records.read(unit)
        model = None if run.learned else runs.last_model(unit)
        runs.go_on(unit, run.run_id, Step.COMPARING if model else Step.LEARNING, records=len(people))
        if len(people) < 2:
            runs.end(unit, run.run_id, note=_NOBODY, pairs=0, proposed=0, took_ms=_since(begun))
            return
    with linking.base_of(people.table) as base:
        if model is None:
            model = linking.learn(base)
            with database.merchant(merchant_id) as unit:
                runs.go_on(unit, run.run_id, Step.COMPARING)
        compared, found = linking.pairs_of(base, model)
    with database.merchant(merchant_id) as unit:
        runs.go_on(unit, run.run_id, Step.KEEPING)
    with database.merchant(merchant_id) as unit:
        new = keeping.unheard_of(unit, people, found)
        proposed = 0 if run.dry_run else keeping.propose(unit, run.run_id, new.likely(run.threshold_bps))
        note = None if compared else _NOTHING
        took_ms = _since(begun)
        runs.end(
            unit,
            run.run_id,
            bands=new.bands,
            model=model,
            note=note,
            pairs=compared,
            proposed=proposed,
            took_ms=took_ms,
        )
    _log.info("proposals.found", merchant=str(merchant_id), records=len(people), proposed=proposed, took_ms=took_ms)


def accept(database: Database, merchant_id: UUID, acceptance_id: UUID) -> None:
    """Go on with an acceptance of many, in the name of whoever asked for it, until all are decided."""
    _in_turns(database, merchant_id, acceptance_id, accepting.go_on)


def take_back(database: Database, merchant_id: UUID, acceptance_id: UUID) -> None:
    """Go on with taking it back."""
    _in_turns(database, merchant_id, acceptance_id, accepting.go_back)


def _in_turns(
    database: Database, merchant_id: UUID, acceptance_id: UUID, go: Callable[[Unit, Plan, UUID, int | None], bool]
) -> None:
    """Turn by turn. A turn holds many members: where it and a till wait for each other, and the database lets the till
    go first, it is taken again. Where something breaks, pairs are taken one by one from then on, and the one over which
    it breaks is left as it is: no other waits for it. If the database is away, the queue comes back to it."""
    with database.merchant(merchant_id) as unit:
        actor = accepting.actor_of(unit, acceptance_id)
    more, again = True, _TRIES
    limit: int | None = None
    while more:
        try:
            with database.unit(actor) as unit:
                more = go(unit, PLAN, acceptance_id, limit)
            again = _TRIES
        except OperationalError as error:
            again -= 1
            if not again or not isinstance(error.orig, DeadlockDetected):
                raise
        except Exception as error:
            if limit != 1:
                limit = 1
                continue
            # What went wrong may quote what it went wrong over: of that nothing is written down.
            what = {"merchant": str(merchant_id), "acceptance": str(acceptance_id), "error": type(error).__name__}
            _log.error("proposals.pair_broke_off", **what)
            with database.unit(actor) as unit:
                if not accepting.set_aside(unit, acceptance_id):
                    raise


def _since(begun: float) -> int:
    return round((perf_counter() - begun) * 1000)
