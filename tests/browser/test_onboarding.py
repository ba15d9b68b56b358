"""Ticking off an onboarding path on the built site, as a hire does it: with the mouse, the keyboard, on paper, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from handbook import check
from handbook.model.onboarding import OnboardingPath, whole
from handbook.workspace import open_workspace
from tests.browser import served

pytestmark = pytest.mark.browser

PATH = "onboarding/product-manager/"
CHAT = "Get access to Chat."


def box(page: Page, name: str) -> Locator:
    """Return the box of an item by the name that a screen reader says."""
    return page.get_by_role("checkbox", name=name, exact=True)


@pytest.fixture
def path(reading: Page, address: str) -> Page:
    """The page of a path in a browser that has never seen it."""
    reading.goto(address + PATH)
    return reading


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """The same page in a browser without scripts."""
    with served.opened(browser, address, java_script_enabled=False) as page:
        page.goto(address + PATH)
        yield page


@pytest.fixture(scope="module")
def product_manager(request: pytest.FixtureRequest) -> OnboardingPath:
    """The path as the records have it."""
    workspace = open_workspace(str(Path(__file__).parent.parent.parent))
    handbook = check.load(workspace.sources(), workspace.settings).handbook
    path = handbook.find(OnboardingPath, "product-manager")
    assert path is not None
    return whole(path, lambda id: handbook.find(OnboardingPath, id))


def test_ticks_survive_a_reload_and_belong_to_one_path(path: Page, address: str) -> None:
    box(path, CHAT).check()
    path.get_by_text("Get access to Video meetings.").locator("xpath=ancestor::label").click(
        position={"x": 2, "y": 5}  # the words count as the box, and the link in them leads on
    )
    path.reload()
    expect(box(path, CHAT)).to_be_checked()
    expect(box(path, "Get access to Video meetings.")).to_be_checked()
    expect(path.get_by_role("checkbox", checked=True)).to_have_count(2)
    path.goto(f"{address}onboarding/product-designer/")
    expect(box(path, CHAT)).not_to_be_checked()


def test_bars_count_a_stage_and_the_whole_path(path: Page, product_manager: OnboardingPath) -> None:
    day = next(stage for stage in product_manager.stages if stage.id == "day-1")
    every = sum(len(stage.items) for stage in product_manager.stages) + len(product_manager.acknowledge)
    whole = path.get_by_role("progressbar", name="Done on this path")
    stage = path.get_by_role("progressbar", name="Done of “Day 1”")
    expect(path.get_by_role("status")).to_have_text(f"0 of {every} done")
    box(path, CHAT).check()
    box(path, CHAT).uncheck()
    box(path, CHAT).check()
    expect(path.get_by_role("status")).to_have_text(f"1 of {every} done")
    expect(path.locator(".ticks-stage").nth(1)).to_have_text(f"1 of {len(day.items)} done")
    assert [whole.get_attribute("value"), whole.get_attribute("max")] == ["1", str(every)]
    assert [stage.get_attribute("value"), stage.get_attribute("max")] == ["1", str(len(day.items))]


def test_the_keyboard_ticks_clears_and_prints(path: Page) -> None:
    path.evaluate("window.print = () => { window.printed = true }")
    box(path, CHAT).focus()
    path.keyboard.press("Space")
    expect(box(path, CHAT)).to_be_checked()
    assert path.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    path.keyboard.press("Tab")  # to the link beside it, and on to the next box
    expect(path.get_by_role("link", name="Chat", exact=True).first).to_be_focused()

    clear = path.get_by_role("button", name="Clear all ticks")
    path.once("dialog", lambda dialog: dialog.dismiss())
    clear.press("Enter")
    expect(box(path, CHAT)).to_be_checked()
    path.once("dialog", lambda dialog: dialog.accept())
    clear.press("Enter")
    expect(box(path, CHAT)).not_to_be_checked()
    assert path.evaluate("localStorage.getItem('handbook-ticks-product-manager')") is None
    path.keyboard.press("Tab")
    path.keyboard.press("Enter")
    assert path.evaluate("window.printed")


def test_only_what_one_person_does_is_shown_on_request(path: Page, product_manager: OnboardingPath) -> None:
    own = [item for stage in product_manager.stages for item in stage.items if item.actor == "buddy"]
    path.get_by_label("Show").select_option("What the buddy does")
    expect(path.get_by_role("checkbox")).to_have_count(len(own))
    expect(path.get_by_role("status")).to_have_text(f"0 of {len(own)} done")


def test_a_tick_shows_in_another_tab(path: Page, address: str) -> None:
    other = path.context.new_page()
    other.goto(address + PATH)
    box(path, CHAT).check()
    expect(box(other, CHAT)).to_be_checked()


def test_what_stands_in_the_storage_by_mistake_does_no_harm(path: Page) -> None:
    for wrong in ("{", "7", '"x"', '[1, "no-such-item", "access-chat"]'):
        path.evaluate("value => localStorage.setItem('handbook-ticks-product-manager', value)", wrong)
        path.reload()
    expect(path.get_by_role("checkbox", checked=True)).to_have_count(1)


def test_a_browser_that_keeps_nothing_says_so(path: Page) -> None:
    path.add_init_script(
        "const keep = Storage.prototype.setItem; Storage.prototype.setItem = function (key, value) {"
        " if (key.startsWith('handbook-')) throw new DOMException('full', 'QuotaExceededError'); keep.call(this, key, value) }"
    )
    path.reload()
    box(path, CHAT).check()
    expect(path.get_by_role("status")).to_contain_text("1 of")
    expect(path.locator(".ticks")).to_contain_text("This browser keeps nothing")


def test_without_scripts_the_page_is_a_complete_checklist(
    plain: Page, product_manager: OnboardingPath
) -> None:
    items = [item for stage in product_manager.stages for item in stage.items]
    boxes = plain.locator("article input[type=checkbox]")
    expect(boxes).to_have_count(len(items) + len(product_manager.acknowledge))
    assert all(one.is_disabled() for one in boxes.all())
    lines = plain.locator("article li.task-list-item")
    expect(lines).to_have_count(boxes.count())
    assert all(line.is_visible() for line in lines.all())
    shown = plain.locator("article").inner_text()
    for item in items:
        assert not item.evidence or f"evidence: {item.evidence}" in shown
    assert "ticks" not in shown.casefold()


def test_on_paper_there_are_boxes_and_no_navigation(path: Page) -> None:
    box(path, CHAT).check()
    path.emulate_media(media="print")
    for hidden in (
        ".md-header",
        ".md-tabs",
        ".md-sidebar--primary",
        ".md-sidebar--secondary",
        ".md-footer",
        ".ticks",
    ):
        expect(path.locator(hidden).first).to_be_hidden()
    expect(path.get_by_role("progressbar")).to_have_count(0)
    for one in path.locator("article li.task-list-item").all():
        expect(one.get_by_role("checkbox")).to_be_visible()
    expect(box(path, CHAT)).to_be_checked()
    printed = path.locator("body").inner_text()
    assert "Table of contents" not in printed
    assert "Find the onboarding plan with your name." in printed


def test_axe_finds_nothing_where_something_is_ticked(path: Page, axe: str) -> None:
    box(path, CHAT).check()
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        path.emulate_media(color_scheme=scheme)
        path.reload()
        path.evaluate(axe)
        for width in (1280, 390):
            path.set_viewport_size({"width": width, "height": 900})
            served.settled(path)
            found: Any = path.evaluate("axe.run({preload: false})")
            assert len(found["passes"]) > 20
            assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
            incomplete = [node["html"] for one in found["incomplete"] for node in one["nodes"]]
            assert not [html for html in incomplete if re.search("tick|checkbox|progress", html)]
