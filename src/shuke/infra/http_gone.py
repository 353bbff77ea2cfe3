"""Noticing that whoever asked has gone: what is worked out for nobody is stopped.

A page that asks anew takes its question before back, by breaking it off. That reaches whichever process works on it,
which a second request to say so would not.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from fastapi import Request

from shuke.infra.lake.stopping import Stop


async def while_wanted(request: Request) -> AsyncIterator[Stop]:
    """To be depended on: says stop once the client has broken the request off."""
    stop = Stop()
    watching = asyncio.create_task(_watch(request, stop))
    try:
        yield stop
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(request: Request, stop: Stop) -> None:
    """The body has been read by now: what comes next is the end."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    stop.now()
