"""What hatchling does besides when it packs a wheel: compile the settlement, and name the platform that is for."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import core


class Compiled(BuildHookInterface[Any]):
    """Where it cannot be compiled, the wheel is one for every platform, and settles at half the speed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # scripts/build.py compiles beside the sources
            return
        try:
            core.build()
        except (SystemExit, Exception) as error:
            self.app.display_warning(f"The settlement is not compiled: {error}")
        else:
            build_data["pure_python"], build_data["infer_tag"] = False, True
