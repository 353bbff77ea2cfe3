"""The console's way: upload and look, start, let the worker do it, fetch what was refused."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from shuke.entrypoints.imports.background import run_waiting
from shuke.entrypoints.wiring import Installation
from shuke.entrypoints.worker import nightly, tasks
from shuke.infra.config import Settings
from shuke.infra.imports import uploads
from shuke.infra.jobs import queue_app
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import Prefix, parse
from tests.imports.desk import Desk
from tests.support.world import World

STORES = "编码,名称\nS8,滨江店\nS9,江南店\n,无编码\n".encode()


@pytest.fixture
def client(world: World, desk: Desk) -> TestClient:
    world.settings = Settings(database_url="unused", data_dir=desk.folder)
    return world.client(desk.shop.login)


def _preview(client: TestClient, content: bytes, kind: str = "stores", name: str = "门店.csv"):  # type: ignore[no-untyped-def]
    return client.post("/v1/imports/preview", data={"kind": kind}, files={"file": (name, io.BytesIO(content))})


def test_from_upload_to_rejects(client: TestClient, desk: Desk) -> None:
    seen = _preview(client, STORES).json()
    assert seen["columns"] == ["编码", "名称"]
    assert seen["rows"][0] == ["S8", "滨江店"]
    assert seen["mapping"] == {"code": "编码", "name": "名称"}
    body = {"kind": "stores", "upload_id": seen["upload_id"], "mapping": seen["mapping"], "dry_run": False}
    started = client.post("/v1/imports", json=body, headers={"Idempotency-Key": "k"})
    assert started.status_code == 202
    assert client.post("/v1/imports", json=body, headers={"Idempotency-Key": "k"}).json() == started.json()
    assert started.json()["status"] == "waiting"

    _work(client, desk)

    done = client.get(f"/v1/imports/{started.json()['id']}").json()
    assert (done["status"], done["created"], done["rejected"], done["rows_done"]) == ("done", 2, 1, 3)
    assert [item["id"] for item in client.get("/v1/imports").json()["items"]] == [done["id"]]
    rejects = client.get(f"/v1/imports/{done['id']}/rejects", headers={"Accept-Language": "en"}).text
    assert rejects.splitlines()[0].lstrip("\ufeff") == "编码,名称,reason"
    assert "is required" in rejects


def _work(client: TestClient, desk: Desk) -> None:
    """What the worker does, with the worker's own queue: every job that waits."""
    settings = client.app.state.settings  # type: ignore[attr-defined]
    installation = Installation(settings, desk.database, "", "", None)
    url = desk.database.engine.url.render_as_string(hide_password=False)
    worker = tasks(installation, queue_app(url))
    options = {"wait": False, "install_signal_handlers": False, "listen_notify": False}
    # In a thread of its own: the worker runs an event loop, and browser tests in this process leave theirs running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(worker.run_worker, **options).result()


def test_uploads_are_sealed_and_kept_for_a_week(client: TestClient, desk: Desk, clock: SimulatedClock) -> None:
    assert _preview(client, STORES).status_code == 201
    files = list((desk.folder / "uploads").iterdir())
    assert len(files) == 1
    assert "滨江店".encode() not in files[0].read_bytes()
    assert files[0].stat().st_mode & 0o077 == 0
    with desk.shop.unit() as unit:
        assert uploads.drop_old(unit, desk.folder) == 0
    clock.moment += uploads.KEPT * 2
    with desk.shop.unit() as unit:
        assert uploads.drop_old(unit, desk.folder) == 1
    assert not list((desk.folder / "uploads").iterdir())


def test_sealed_files_read_from_anywhere(desk: Desk) -> None:
    content = b"code,name\n" + b"".join(b"T%07d,x\n" % number for number in range(150_000))
    assert len(content) > uploads.BLOCK
    with desk.shop.unit() as unit:
        upload = uploads.save(unit, desk.folder, "s.csv", io.BytesIO(content))
        source = uploads.source_of(upload, unit.cipher)
    assert sum(batch.table.num_rows for batch in source.batches()) == 150_000


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"%PDF-1.7", "PDF"), (b"a,a\n1,2\n", "twice")])
def test_wrong_files_are_refused_and_not_kept(client: TestClient, desk: Desk, content: bytes, words: str) -> None:
    client.headers["Accept-Language"] = "en"
    answer = _preview(client, content)
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_file")
    assert words in answer.json()["detail"]
    assert not list((desk.folder / "uploads").iterdir())


def test_somebody_else_s_upload_is_not_there(client: TestClient, world: World, desk: Desk) -> None:
    seen = _preview(client, STORES).json()
    other = world.client(world.merchant("别家").login)
    body = {"kind": "stores", "upload_id": seen["upload_id"], "mapping": seen["mapping"]}
    assert other.post("/v1/imports", json=body).status_code == 404


def test_a_mapping_that_does_not_fit(client: TestClient) -> None:
    seen = _preview(client, STORES).json()
    body = {"kind": "stores", "upload_id": seen["upload_id"], "mapping": {"code": "nowhere"}}
    answer = client.post("/v1/imports", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_mapping")


def test_a_file_that_is_gone_fails_the_import(client: TestClient, desk: Desk) -> None:
    seen = _preview(client, STORES).json()
    body = {"kind": "stores", "upload_id": seen["upload_id"], "mapping": seen["mapping"]}
    started = client.post("/v1/imports", json=body).json()
    for path in Path(desk.folder / "uploads").iterdir():
        path.unlink()
    run_waiting(desk.database, desk.folder, desk.shop.merchant_id, parse(Prefix.IMPORT, started["id"]))
    done = client.get(f"/v1/imports/{started['id']}").json()
    assert done["status"] == "failed"
    assert done["error"]["en"]


def test_the_night_s_work_may_be_done_twice(desk: Desk) -> None:
    nightly(desk.database, desk.shop.merchant_id)
    nightly(desk.database, desk.shop.merchant_id)
