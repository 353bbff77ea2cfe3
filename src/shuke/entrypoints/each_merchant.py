"""The same job for every merchant: what breaks at one is told of, and keeps no other from its turn."""

from collections.abc import Callable
from uuid import UUID

import structlog

from shuke.audience.errors import LakeOutdated
from shuke.infra.database import Database
from shuke.tenancy import service as tenancy

_log = structlog.get_logger("shuke.worker")


def for_each_merchant(database: Database, job: str, do: Callable[[UUID], object]) -> None:
    """Raises only when there is no asking who the merchants are."""
    with database.platform() as unit:
        found = tenancy.merchant_ids(unit)
    for merchant_id in found:
        apart(job, merchant_id, do)


def apart(job: str, merchant_id: UUID, do: Callable[[UUID], object]) -> bool:
    """Do one merchant's part; whether it went well. What is left is done at the next turn."""
    try:
        do(merchant_id)
    except LakeOutdated as error:
        _log.error("lake.outdated", job=job, merchant=str(merchant_id), what_to_do=error.message.en)
        return False
    except Exception as error:
        _log.error("job.broke_off", job=job, merchant=str(merchant_id), exc_info=error)
        return False
    return True
