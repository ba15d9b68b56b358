"""What somebody sees who writes a record under `mkdocs serve`: the page shows it by itself."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser import served
from tests.site.building import handbook


def test_a_record_that_is_edited_shows_without_a_reload_by_hand(tmp_path: Path, browser: Browser) -> None:
    record = handbook(tmp_path / "small") / "processes/release/go-no-go.yaml"
    with served.showing(tmp_path / "small") as address:
        page = browser.new_page()
        try:
            page.goto(f"{address}processes/go-no-go/")
            for said in ("First this.", "Then that."):
                text = record.read_text(encoding="utf-8")
                begin, _, end = text.partition("\nsummary: ")
                record.write_text(f"{begin}\nsummary: {said}\n{end.partition(chr(10))[2]}", encoding="utf-8")
                expect(page.locator("p.summary")).to_have_text(said, timeout=30_000)
            page.goto(f"{address}processes/")
            expect(page.locator("article")).to_contain_text("Then that.")
        finally:
            page.close()
