"""Text stays inside of its shape in a real browser, also in a font that is wider than most."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from handbook import check
from handbook.model.process import Process
from handbook.site.diagram import lanes, swimlane
from handbook.sources import Disk
from tests.conftest import ROOT
from tests.site import flows

pytestmark = pytest.mark.browser

BEYOND = """() => [...document.querySelectorAll('.diagram-body a')].flatMap(link => {
  const shape = link.querySelector('rect, polygon').getBBox();
  return [...link.querySelectorAll('text')].flatMap(text => {
    const box = text.getBBox();
    const out = box.x < shape.x || box.x + box.width > shape.x + shape.width
      || box.y < shape.y || box.y + box.height > shape.y + shape.height;
    return out ? [text.textContent] : [];
  });
})"""
TITLES = [flows.LONG, "Go", "Donaudampfschifffahrtsgesellschaft prüfen", "WWW MMM @@@ WWW MMM", "承認する承認する承認する承認する"]  # fmt: skip


@pytest.mark.parametrize("font", ["Liberation Sans", "DejaVu Sans"])
def test_no_text_leaves_its_shape(browser: Browser, font: str) -> None:
    settings, _ = check.read_settings(Disk(str(ROOT), ()))
    handbook = check.load(Disk(str(ROOT), ("processes",)), settings).handbook
    drawings = [lanes.figure(swimlane.swimlane(handbook, process)) for process in handbook.all(Process)]
    steps = [{"id": f"s{number}", "title": title, "responsible": "analyst", "duration": "4h..3d"} for number, title in enumerate(TITLES)]  # fmt: skip
    drawings.append(lanes.figure(swimlane.swimlane(*flows.handbook(steps))))
    page = browser.new_page()
    for drawing in drawings:
        page.set_content(f"<style>svg text {{ font-family: '{font}' }}</style>{drawing}")
        assert page.evaluate(BEYOND) == []
    page.close()
