"""Background jobs: a queue in the same database, so that a job exists if and only if what it is about does."""

import json
from collections.abc import Mapping

import psycopg
import sqlalchemy as sa
from procrastinate import App, PsycopgConnector

from shuke.infra.database import Unit
from shuke.infra.schema import APP_ROLE

_DEFER = sa.text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(CAST(:queue AS text), CAST(:task AS text), 0, CAST(:lock AS text), "
    "CAST(:once AS text), CAST(:args AS jsonb), NULL)::procrastinate_job_to_defer_v1])"
)


def defer(unit: Unit, task: str, args: Mapping[str, str], *, lock: str | None = None) -> None:
    """Queue `task` in this transaction. `args` hold ids and no personal data; the merchant is added to them.

    Jobs with the same `lock` run one after another.
    """
    known = {**args, "merchant_id": str(unit.merchant_id)}
    unit.connection.execute(
        _DEFER, {"queue": "default", "task": task, "lock": lock, "once": None, "args": json.dumps(known)}
    )


def queue_app(database_url: str) -> App:
    """A queue over the serving role's connection; tasks are added by whoever runs it."""
    plain = sa.make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    conninfo = psycopg.conninfo.make_conninfo(plain, options=f"-c role={APP_ROLE} -c timezone=UTC")
    return App(connector=PsycopgConnector(conninfo=conninfo))
