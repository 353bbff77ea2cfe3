"""Uploaded files, kept sealed below the data folder until they are imported and for some days after.

A file is a row of sealed blocks, each bound to the upload and its place in it, so it can be read from anywhere
without opening the rest, and nothing can be cut out, swapped or moved unnoticed.
"""

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.crypto import SEAL_BYTES, Cipher
from shuke.infra.database import Unit
from shuke.infra.imports.errors import FileTooLarge
from shuke.infra.imports.reading import FileSource, open_file
from shuke.infra.imports.tables import imports, uploads
from shuke.kernel.errors import NotFound
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text

BLOCK = 1 << 20
MAX_BYTES = 512 << 20
KEPT = timedelta(days=7)


class UploadNotFound(NotFound):
    text = Text("没有找到上传的文件，请重新上传。", "The uploaded file is not there any more. Upload it again.")


@dataclass(frozen=True, slots=True)
class Upload:
    upload_id: UUID
    merchant_id: UUID
    file_name: str
    path: Path
    size_bytes: int


def save(unit: Unit, data_dir: Path, name: str, file: BinaryIO) -> Upload:
    """Seal a file as it comes in; raises FileTooLarge, leaving nothing behind."""
    upload_id = new_id(unit.now())
    relative = Path("uploads") / f"{upload_id.hex}.sealed"
    path = data_dir / relative
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
            for number, block in enumerate(_blocks(file)):
                size += len(block)
                if size > MAX_BYTES:
                    raise FileTooLarge(limit_mib=MAX_BYTES >> 20)
                digest.update(block)
                sink.write(unit.cipher.seal_block(unit.merchant_id, _place(upload_id, number), block))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    unit.connection.execute(
        uploads.insert().values(
            merchant_id=unit.merchant_id,
            upload_id=upload_id,
            file_name=name,
            content_hash=digest.digest(),
            path=str(relative),
            size_bytes=size,
            created_at=unit.now(),
        )
    )
    return Upload(upload_id, unit.merchant_id, name, path, size)


def get(unit: Unit, data_dir: Path, upload_id: UUID) -> Upload:
    """Raises UploadNotFound, also when its file is gone."""
    table = uploads.c
    row = unit.connection.execute(
        sa.select(table.file_name, table.path, table.size_bytes).where(
            table.merchant_id == unit.merchant_id, table.upload_id == upload_id
        )
    ).first()
    if row is None or not (data_dir / row.path).is_file():
        raise UploadNotFound
    return Upload(upload_id, unit.merchant_id, row.file_name, data_dir / row.path, row.size_bytes)


def source_of(upload: Upload, cipher: Cipher) -> FileSource:
    """The table in an upload; raises WrongFile."""
    return open_file(upload.file_name, lambda: io.BufferedReader(_Sealed(upload, cipher), BLOCK))


def drop_old(unit: Unit, data_dir: Path) -> int:
    """Delete files kept long enough, and the record of those that no import names; how many files went."""
    table = uploads.c
    old = sa.and_(table.merchant_id == unit.merchant_id, table.created_at < unit.now() - KEPT)
    gone = 0
    for row in unit.connection.execute(sa.select(table.path).where(old)):
        with suppress(FileNotFoundError):
            (data_dir / row.path).unlink()
            gone += 1
    named = sa.exists().where(imports.c.merchant_id == table.merchant_id, imports.c.upload_id == table.upload_id)
    unit.connection.execute(uploads.delete().where(old, sa.not_(named)))
    return gone


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def _place(upload_id: UUID, number: int) -> str:
    return f"upload:{upload_id.hex}:{number}"


class _Sealed(io.RawIOBase):
    """An upload as a readable, seekable file; holds one opened block at a time."""

    def __init__(self, upload: Upload, cipher: Cipher) -> None:
        self._upload, self._cipher = upload, cipher
        self._file = upload.path.open("rb")
        self._at = 0
        self._number, self._block = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._upload.size_bytes}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._upload.size_bytes:
            return 0
        number, start = divmod(self._at, BLOCK)
        taken = self._opened(number)[start : start + len(buffer)]
        buffer[: len(taken)] = taken
        self._at += len(taken)
        return len(taken)

    def _opened(self, number: int) -> bytes:
        if number != self._number:
            self._file.seek(number * (BLOCK + SEAL_BYTES))
            sealed = self._file.read(BLOCK + SEAL_BYTES)
            place = _place(self._upload.upload_id, number)
            self._block = self._cipher.open_block(self._upload.merchant_id, place, sealed)
            self._number = number
        return self._block

    def close(self) -> None:
        self._file.close()
        super().close()
