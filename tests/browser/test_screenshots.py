"""A picture of each kind of page, for people to look at: in build/screenshots, light and wide, dark and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.served import KINDS

pytestmark = pytest.mark.browser

OUT = Path(__file__).parent.parent.parent / "build/screenshots"
NARROW, WIDE = 390, 1280


@pytest.mark.parametrize(("scheme", "width"), [("light", WIDE), ("dark", NARROW)])
def test_every_kind_of_page_fits_into_the_window(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    too_wide = []
    page = context.new_page()
    for kind in KINDS:
        page.goto(f"{address}{kind}")
        name = kind.strip("/").replace("/", "-").removesuffix(".html") or "home"
        page.screenshot(path=OUT / f"{name}-{scheme}-{width}.png")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(kind)
    context.close()
    assert too_wide == []
