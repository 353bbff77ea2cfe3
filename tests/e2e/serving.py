"""A real server process on a database of its own, and a small shop made through its API."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext

from shuke.infra.crypto import new_master_key
from tests.support.postgres import Server

STARTS_WITHIN_S = 180
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Service:
    """Where Shuke answers, and who may sign in first."""

    url: str
    owner: str
    password: str
    environment: Mapping[str, str]

    def run(self, *command: str) -> None:
        """`shuke <command>` beside the server."""
        done = subprocess.run(
            [sys.executable, "-m", "shuke", *command], env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def serving(server: Server, log: Path, **settings: str) -> Iterator[Service]:
    """`shuke serve` over a fresh database, with one merchant and these settings. What it says goes to `log`."""
    with server.database() as name, log.open("w") as output:
        environment = {
            **os.environ,
            "SHUKE_DATABASE_URL": server.app_url(name),
            "SHUKE_OWNER_DATABASE_URL": server.owner_url(name),
            "SHUKE_MASTER_KEY": new_master_key(),
            **{f"SHUKE_{name.upper()}": value for name, value in settings.items()},
        }
        owner, password = _open_merchant(environment)
        port = _free_port()
        command = [sys.executable, "-m", "shuke", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, process, log)
            yield Service(url, owner, password, environment)
        finally:
            process.terminate()
            process.wait(30)


def _open_merchant(environment: Mapping[str, str]) -> tuple[str, str]:
    command = [sys.executable, "-m", "shuke", "create-merchant", "大树商店", "--owner", "boss"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    printed = dict(line.split(maxsplit=1) for line in done.stdout.splitlines() if " " in line)
    return printed["login"], printed["password"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer:\n{log.read_text()}")


@dataclass(frozen=True)
class Shop:
    """What the tests find there: one store, a till, three products, one member who bought before."""

    cashier: str
    member_id: str
    member_name: str
    member_phone: str
    bread: str
    apples: str


def open_shop(api: APIRequestContext, service: Service) -> Shop:
    """Made as a person would, over HTTP."""

    def post(path: str, body: Mapping[str, Any], status: int = 201) -> Any:
        answer = api.post(f"/v1/{path}", data=body)
        assert answer.status == status, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    post("session", {"login": service.owner, "password": service.password})
    store = post("stores", {"code": "S001", "name": "人民路店"})["id"]
    category = post("categories", {"code": "food", "name": "食品"})["id"]
    for sku, name, price, sold_by in (
        ("6901", "全麦面包", 1290, "piece"),
        ("6902", "鲜牛奶", 890, "piece"),
        ("2001", "红富士苹果", 1580, "measure"),
    ):
        product = {"sku": sku, "name": name, "list_price_minor": price, "sold_by": sold_by, "category_id": category}
        post("products", product)
    login = {"login": "till-1", "name": "小周", "role": "cashier", "store_ids": [store], "password": PASSWORD}
    post("staff", login)
    joining = {
        "name": "王小梅",
        "phone": "13800001234",
        "join_store_id": store,
        "channel": "pos",
        "consent": {"terms": True, "marketing": True},
    }
    member = post("members", joining)
    basket = {
        "store_id": store,
        "member_id": member["id"],
        "lines": [{"sku": "6901", "quantity": "2"}, {"sku": "2001", "quantity": "1.25"}],
        "tenders": [{"kind": "cash", "amount_minor": 100_00}],
    }
    post("orders", basket)
    return Shop("till-1", member["id"], "王小梅", "13800001234", "6901", "2001")
