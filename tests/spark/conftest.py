"""One cluster and one session for all tests of a worker: both take half a minute to start."""

from collections.abc import Iterator

import pytest

from shuke.infra.lake.spark import session_of
from tests.spark.cluster import cluster, configured


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster that runs."""
    folder = tmp_path_factory.mktemp("spark")
    configured(folder)
    with cluster(folder) as address:
        yield address
        session_of(address).stop()
