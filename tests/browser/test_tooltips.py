"""Words of the glossary: what they mean is there for a mouse, a keyboard, a finger and a screen reader, once on each page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import served
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

PATH = "processes/release-qualification/"
WORD = "code freeze"
MEANING = "Code freeze: The time before a release"


def word(page: Page) -> Locator:
    """The word that is explained."""
    return page.locator("article a.term", has_text=WORD)


@pytest.fixture
def reading(page: Page, address: str) -> Page:
    """The page, open, without a mouse on it."""
    page.goto(address + PATH)
    return page


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The page on a phone."""
    size = {"width": 390, "height": 800}
    with served.opened(browser, address, viewport=size, has_touch=True, is_mobile=True) as page:
        page.goto(address + PATH)
        yield page


def test_a_keyboard_opens_a_meaning_and_escape_closes_it(reading: Page) -> None:
    tip = reading.get_by_role("tooltip")
    expect(tip).to_have_count(0)
    word(reading).focus()
    expect(tip).to_contain_text(MEANING)
    expect(word(reading)).to_have_accessible_description(tip.inner_text())
    reading.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(word(reading)).to_be_focused()
    reading.keyboard.press("Enter")
    expect(reading.locator("h1")).to_contain_text("Code freeze")


def test_a_mouse_may_go_from_the_word_to_its_meaning(reading: Page) -> None:
    tip = reading.get_by_role("tooltip")
    word(reading).hover()
    expect(tip).to_contain_text(MEANING)
    tip.hover()
    reading.wait_for_timeout(400)
    expect(tip).to_be_visible()
    reading.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    word(reading).hover()
    reading.mouse.move(2, 2)
    expect(tip).to_have_count(0)


def test_a_finger_opens_a_meaning_first_and_its_page_with_a_second_touch(phone: Page) -> None:
    tip = phone.get_by_role("tooltip")
    word(phone).tap()
    expect(tip).to_contain_text(MEANING)
    expect(phone.locator("h1")).to_contain_text("Release qualification")
    box = tip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    phone.locator("h1").tap()
    expect(tip).to_have_count(0)
    word(phone).tap()
    word(phone).tap()
    expect(phone.locator("h1")).to_contain_text("Code freeze")


def test_only_one_meaning_is_open_and_a_word_is_one_stop_of_the_tab_key(reading: Page) -> None:
    found = reading.locator("article .term")
    said = [one.inner_text().casefold() for one in found.all()]
    assert 4 < len(said) == len(set(said))
    assert reading.locator("article").inner_text().casefold().count("release candidate") > 1
    found.first.focus()
    found.last.focus()
    expect(reading.get_by_role("tooltip")).to_have_count(1)


def test_without_scripts_a_word_has_a_title_and_leads_to_its_page(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    assert (word(page).get_attribute("title") or "").startswith(MEANING)
    word(page).click()
    expect(page.locator("h1")).to_contain_text("Code freeze")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_an_open_meaning_shuts_nobody_out(reading: Page, axe: str, scheme: str, width: int) -> None:
    reading.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    reading.set_viewport_size({"width": width, "height": 900})
    reading.reload()
    word(reading).focus()
    expect(reading.get_by_role("tooltip")).to_be_visible()
    reading.wait_for_timeout(300)  # colours fade
    assert violations(reading, axe) == []


def test_a_meaning_is_not_printed(reading: Page) -> None:
    word(reading).focus()
    reading.emulate_media(media="print")
    expect(reading.get_by_role("tooltip")).to_have_count(0)


def test_the_list_of_all_words_explains_none_of_them_twice(page: Page, address: str) -> None:
    page.goto(f"{address}terms/")
    expect(page.locator("article .term")).to_have_count(0)
