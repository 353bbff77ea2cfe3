"""Which Chromium the tests drive. `python -m scripts.browser` says so, or says what to install."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ABSENT = """No Chromium was found, and the tests drive a real one. Any of these will do:
  Debian, Ubuntu   apt install chromium fonts-noto-cjk
  elsewhere        .venv/bin/playwright install chromium
  one of your own  SHUKE_CHROMIUM=/path/to/chromium make test"""


class NoChromium(Exception):
    """There is no Chromium on this machine; the message says how to get one."""

    def __init__(self) -> None:
        super().__init__(_ABSENT)


def chromium() -> str:
    """The path of a Chromium: `SHUKE_CHROMIUM`, else the machine's, else Playwright's. Raises NoChromium."""
    for candidate in _candidates():
        if Path(candidate).is_file() and os.access(candidate, os.X_OK):
            return candidate
    raise NoChromium


def _candidates() -> Iterator[str]:
    named = os.environ.get("SHUKE_CHROMIUM")
    if named:
        yield named
        return
    yield from filter(None, map(shutil.which, _NAMES))
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def main() -> None:
    try:
        path = chromium()
    except NoChromium:
        print("· No Chromium on this machine: trying Playwright's own")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False)
        try:
            path = chromium()
        except NoChromium as error:
            raise SystemExit(str(error)) from None
    print(f"· Browser: {path}")


if __name__ == "__main__":
    main()
