"""How long after an edit of a record a browser shows it, under `mkdocs serve`: from the moment when the file is saved."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.figure import Figure, Result, Skipped, seconds

_GOAL = 2.0  #: seconds
_EDITS = 9
_PAUSE = 0.37  #: seconds between edits, so that they meet the watch at different moments


def shown(name: str, folder: Path, edit: Callable[[int], None], path: str) -> Result:
    """Edit a record several times while a browser shows its page. `edit` puts a number into its summary."""
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        return Skipped(name, "Playwright is not installed")
    from tests.browser.served import showing
    from tests.conftest import BROWSERS

    browser = next((found for each in BROWSERS if (found := shutil.which(each))), None)
    if browser is None:
        return Skipped(name, "no browser is installed")
    took = []
    with showing(folder) as address, sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_page()
        page.goto(address + path)
        for number in range(_EDITS + 1):
            edit(number)
            begun = time.monotonic()
            expect(page.locator("p.summary")).to_contain_text(f"Edited {number} times.", timeout=60_000)
            took.append(time.monotonic() - begun)
            page.wait_for_load_state()
            time.sleep(1 + number * _PAUSE)
        started.close()
    later = took[1:]  # the first one also fills what the server remembers
    return Figure(
        name=name, value=statistics.median(later), unit="s", goal=_GOAL,
        ours=f"{len(later)} edits, from {seconds(min(later))} to {seconds(max(later))} wall",
    )  # fmt: skip
