"""A data folder that cannot be used says so, and what to do; nothing in it is touched."""

import json
import stat
from pathlib import Path

import psycopg
import pytest

from shuke.infra import embedded
from shuke.infra.embedded import DataFolderUnusable


def test_secrets_are_made_once_and_are_the_owners_alone(tmp_path: Path) -> None:
    made = embedded.load_secrets(tmp_path / "data")
    file = tmp_path / "data" / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert embedded.load_secrets(tmp_path / "data") == made


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("not a folder")
    for path in (file, file / "below"):
        with pytest.raises(DataFolderUnusable, match="--data-dir"):
            embedded.start(path)
    assert file.read_text() == "not a folder"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"master_key": "x"}', "\0"])
def test_damaged_secrets(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_text(content)
    with pytest.raises(DataFolderUnusable, match="restore it from a backup"):
        embedded.start(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == content


def test_a_database_folder_without_its_version(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "base").mkdir(parents=True)
    with pytest.raises(DataFolderUnusable, match="PG_VERSION"):
        embedded.start(tmp_path)


def test_stopped_started_damaged(tmp_path: Path) -> None:
    """One data folder's life: it keeps what it holds, refuses strange secrets, and tells when it is broken."""
    data = tmp_path / "data"
    started = embedded.start(data)
    with psycopg.connect(started.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    started.stop()

    again = embedded.start(data)
    with psycopg.connect(again.owner_url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(again.server.get_uri(), connect_timeout=5)
    again.stop()

    secrets = data / "secrets.json"
    right = json.loads(secrets.read_text())
    secrets.write_text(json.dumps({**right, "owner_password": "another"}))
    with pytest.raises(DataFolderUnusable, match=r"secrets\.json"):
        embedded.start(data)
    secrets.write_text(json.dumps(right))

    control = data / "postgres" / "global" / "pg_control"
    control.write_bytes(control.read_bytes()[:100])
    with pytest.raises(DataFolderUnusable, match="backup"):
        embedded.start(data)
