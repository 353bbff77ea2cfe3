"""A server of ours on the loopback, answering whatever a test hands in: real HTTP, real broken connections."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """One request. `target` is path and query as they came; header names are lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Said:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Fault(Enum):
    """What goes wrong with the next request: before it acts, or after it acted."""

    SILENT_BEFORE = auto()
    SILENT_AFTER = auto()
    SLOW_AFTER = auto()
    BROKEN_BEFORE = auto()
    FORGED = auto()
    UNSIGNED = auto()
    TAMPERED = auto()
    WRONG_SERIAL = auto()
    STALE = auto()


class Silence(Exception):
    """The connection breaks instead of an answer."""


@contextmanager
def answering(answer: Callable[[Asked], Said]) -> Iterator[str]:
    """The address of a server that answers with `answer`, in threads of its own."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                said = answer(Asked(self.command, self.path, headers, body))
            except Silence:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        do_GET = do_POST = _answer

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
