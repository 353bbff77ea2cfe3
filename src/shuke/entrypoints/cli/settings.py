"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from shuke.infra.config import Settings

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the embedded database and secrets.", show_default="./data"),
]


def settings_for(data_dir: Path | None, **given: object) -> Settings:
    """Settings from the environment, overruled by the options that were given."""
    chosen = {name: value for name, value in given.items() if value is not None}
    if data_dir is not None:
        chosen["data_dir"] = data_dir
    settings = Settings(**chosen)  # type: ignore[arg-type]
    return settings.model_copy(update={"data_dir": settings.data_dir.expanduser().resolve()})
