"""A server that fails for a while, in front of a real one."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.support.loopback import Asked, Said, answering


@contextmanager
def stumbling(url: str, *faults: Said) -> Iterator[tuple[str, list[int]]]:
    """An address that answers its first requests with `faults` and passes the others on to `url`; and the statuses
    it has answered with."""
    waiting, statuses = list(faults), list[int]()

    def answer(asked: Asked) -> Said:
        said = waiting.pop(0) if waiting else _pass_on(url, asked)
        statuses.append(said.status)
        return said

    with answering(answer) as address:
        yield address, statuses


def _pass_on(url: str, asked: Asked) -> Said:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        headers = {name: value for name, value in asked.headers.items() if name not in ("host", "content-length")}
        connection.request(asked.method, asked.target, asked.body, headers)
        answered = connection.getresponse()
        return Said(answered.status, answered.read(), {"Content-Type": answered.getheader("content-type", "")})
    finally:
        connection.close()
