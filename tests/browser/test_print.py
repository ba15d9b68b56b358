"""What comes out of the printer: a process, an area in one, a folder of guides, and an onboarding path."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PROCESS = "processes/go-no-go/"
AREA = "processes/strategy/print/"
PAPER = 673  #: pixels between the margins of an upright sheet


def sheets(page: Page, address: str) -> str:
    """Return the sheets of a page as a PDF: one letter each, u for upright and a for across."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return "".join("a" if float(width) > float(height) else "u" for width, height in boxes)


def test_a_wide_diagram_is_on_the_last_sheet_so_that_the_first_is_full(page: Page, address: str) -> None:
    found = sheets(page, address + PROCESS)
    assert re.fullmatch("u{3,8}a", found), found


@pytest.mark.parametrize(("upright", "across"), [(673, 1001), (695, 935)], ids=["A4", "Letter"])
def test_a_wide_diagram_ends_on_the_paper(page: Page, address: str, upright: int, across: int) -> None:
    """Browsers measure by the upright sheet, also what stands on one across."""
    page.set_viewport_size({"width": upright, "height": 900})
    page.emulate_media(media="print")
    page.goto(f"{address}processes/launch-management/")
    ends = page.locator(".diagram-wide svg").last.evaluate("one => one.getBoundingClientRect().right")
    assert 0.85 * across < ends <= across


def test_a_box_to_tick_on_paper_keeps_its_distance(page: Page, address: str) -> None:
    page.goto(address + PROCESS)
    page.emulate_media(media="print")
    gap = page.locator(".task-list-indicator").first.evaluate(
        """one => {
          const box = getComputedStyle(one, "::before")
          return -(parseFloat(box.left) + parseFloat(box.width))
        }"""
    )
    assert gap > 5


def test_nothing_is_wider_than_the_paper_so_that_letters_keep_their_size(page: Page, address: str) -> None:
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    page.goto(address + PROCESS)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('article :is(table, p, dl, pre, h2)')]
          .filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert wide == []


def test_a_sheet_says_what_it_is_and_that_it_grows_old(page: Page, address: str) -> None:
    page.goto(address + PROCESS)
    expect(page.locator(".imprint")).to_be_hidden()
    page.emulate_media(media="print")
    said = page.locator(".imprint")
    expect(said).to_be_visible()
    expect(said).to_contain_text("Go/no-go decision · Product operations")
    expect(said).to_contain_text(f"Printed copies are not maintained; see {address}{PROCESS}")
    names = page.evaluate(
        "['--hb-sheet', '--hb-copy'].map(name => getComputedStyle(document.documentElement).getPropertyValue(name))"
    )
    assert "Go/no-go decision" in names[0]
    assert f"see {address}{PROCESS}" in names[1]


@pytest.mark.parametrize(
    ("first", "label", "path", "least"),
    [
        ("processes/", "Print these processes", AREA, 3),
        ("guides/", "Print these pages", "guides/print/", 20),
    ],
)
def test_a_section_is_one_page_with_its_own_anchors(
    page: Page, address: str, first: str, label: str, path: str, least: int
) -> None:
    page.goto(address + first)
    page.get_by_role("link", name=label).first.click()
    page.wait_for_url(f"**/{path}")
    parts = page.locator("article > section.printed")
    assert parts.count() >= least
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert sorted(ids) == sorted(set(ids))
    lost = page.evaluate(
        """() => [...document.querySelectorAll('article a[href^="#"]')].map(link => link.getAttribute('href').slice(1))
          .filter(id => id && !document.getElementById(id))"""
    )
    assert lost == []
    link = page.locator("article > ol a").last
    link.click()
    expect(parts.last).to_be_in_viewport()
    assert page.evaluate("document.querySelectorAll('article h1').length") == 1


def test_each_process_of_a_section_begins_a_sheet(page: Page, address: str) -> None:
    page.goto(address + AREA)
    parts = page.locator("article > section.printed").count()
    assert len(sheets(page, address + AREA)) > parts
    assert "a" in sheets(page, address + AREA)


def test_no_search_finds_the_pages_for_paper(page: Page, address: str) -> None:
    index = page.request.get(f"{address}search/search_index.json").json()
    assert not [entry for entry in index["docs"] if "/print/" in entry["location"]]
    assert [entry for entry in index["docs"] if entry["location"].startswith(PROCESS)]


def test_an_onboarding_path_is_printed_without_what_only_a_screen_needs(page: Page, address: str) -> None:
    found = sheets(page, f"{address}onboarding/product-manager/")
    assert re.fullmatch("u{5,14}", found), found
