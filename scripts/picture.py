"""Takes the README's picture: the owner's dashboard, on the data that `make demo` loads.

    .venv/bin/python -m scripts.picture [DATA_FOLDER]

Without a folder it loads the sample into a temporary one.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext, sync_playwright

from scripts.browser import chromium

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "console.png"
BYTES_MAX = 200_000
LOADS_WITHIN_S = 600
DAY = timedelta(days=1)


def main(folder: str | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(folder or temporary)
        with demo(data) as url:
            take(url, json.loads((data / "accounts.json").read_text())["owner"])
    size = PICTURE.stat().st_size
    if size > BYTES_MAX:
        raise SystemExit(f"{PICTURE} has {size} bytes, more than {BYTES_MAX}")
    print(f"· {PICTURE}: {size // 1000} kB")


@contextmanager
def demo(data: Path) -> Iterator[str]:
    """`shuke demo` on a free port, until it is no longer needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "shuke", "demo", "--data-dir", str(data), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + LOADS_WITHIN_S
        while not _answers(url):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the demo did not start")
            time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(60)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def take(url: str, owner: Any) -> None:
    """The dashboard as `owner` sees it, English, on a desk."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en", reduced_motion="reduce")
        body = {"login": owner["login"], "password": owner["password"]}
        answer = page.context.request.post(f"{url}/v1/session", data=body)
        assert answer.ok, answer.text()
        first, last = _weeks_with_sales(page.context.request, url)
        page.goto(f"{url}/dashboard?from={first}&to={last}")
        page.wait_for_load_state("networkidle")
        page.wait_for_selector("[role=img] svg")
        page.wait_for_timeout(1_500)  # the chart draws itself in
        page.screenshot(path=PICTURE)
        browser.close()


def _weeks_with_sales(api: APIRequestContext, url: str) -> tuple[date, date]:
    """The last full weeks: the sample's year is shifted by whole weeks, so it may end some days ago."""
    today = date.today()
    days = api.get(f"{url}/v1/reports/days?from={today - 28 * DAY}&to={today}").json()["items"]
    last = date.fromisoformat(max(item["day"] for item in days if item["orders"]))
    return last - 83 * DAY, last


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
