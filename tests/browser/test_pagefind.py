"""The search with filters, of sites that choose it in handbook.toml: asked as readers ask, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import served
from tests.browser.test_access import violations
from tests.browser.test_hostile import CONFIG
from tests.site import hostile, small
from tests.site.building import write

pytestmark = pytest.mark.browser

SETTINGS = '[site]\nsearch = "pagefind"\n'


def _built(folder: Path, files: dict[str, str]) -> Path:
    write(folder / "handbook", {**files, "mkdocs.yml": CONFIG})
    return served.built(folder / "handbook", folder / "site")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small handbook that is searched with filters."""
    files = {**small.FILES, "handbook.toml": SETTINGS}
    with served.at(_built(tmp_path_factory.mktemp("found"), files)) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, home: str) -> Iterator[Page]:
    """An empty page that is watched."""
    with served.opened(browser, home, viewport={"width": 1280, "height": 900}) as page:
        yield page


def _ask(reader: Page, question: str) -> None:
    """Ask as somebody does who has no mouse."""
    reader.keyboard.press("/")
    expect(reader.get_by_role("searchbox", name="Search")).to_be_focused()
    reader.keyboard.type(question)


def _titles(reader: Page) -> list[str]:
    expect(reader.locator(".find-results > li").first).to_be_visible()
    return reader.locator(".find-title").all_inner_texts()


def test_nothing_of_it_is_fetched_before_somebody_searches(reader: Page, home: str) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(urlsplit(request.url).path))
    reader.goto(f"{home}index.html", wait_until="networkidle")
    assert [path for path in asked if "/pagefind/" in path or "search_index" in path] == []
    _ask(reader, "decide")
    expect(reader.locator(".find-results > li").first).to_be_visible()
    assert [path for path in asked if "/pagefind/" in path]


def test_a_question_is_answered_by_keyboard(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    _ask(reader, "how do we decide that a launch goes ahead?")
    expect(reader.locator(".find-title").first).to_have_text("Go/no-go decision")
    expect(reader.get_by_role("status")).to_contain_text("page")
    reader.keyboard.press("ArrowDown")
    expect(reader.locator(".find-results > li > a").first).to_be_focused()
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"{home}processes/go-no-go.html")


def test_escape_closes_it_and_the_reader_is_where_they_were(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    opener = reader.get_by_role("button", name="Search", exact=True)
    opener.focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("dialog", name="Search the handbook")).to_be_visible()
    reader.keyboard.press("Escape")
    expect(reader.get_by_role("dialog", name="Search the handbook")).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize(
    ("question", "answer"),
    [("checkpoint", "Gate"), ("GT", "Gate"), ("what does the head of product do", "Head of product")],
    ids=["a synonym", "a short form", "a role"],
)
def test_other_names_lead_to_a_page(reader: Page, home: str, question: str, answer: str) -> None:
    reader.goto(f"{home}index.html")
    _ask(reader, question)
    expect(reader.locator(".find-title", has_text=answer).first).to_be_visible()
    assert any(answer in title for title in _titles(reader)[:3])


def test_filters_narrow_what_is_found_and_say_how_much_there_is(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    _ask(reader, "launch")
    before = len(_titles(reader))
    kind = reader.get_by_role("group", name="Kind")
    tick = kind.get_by_label("Processes")
    count = int(kind.locator("label", has_text="Processes").locator(".find-count").inner_text())
    tick.check()
    expect(reader.get_by_role("status")).to_have_text(f"{count} pages")
    assert set(_titles(reader)) == {"Go/no-go decision", "Launch management"}
    assert count < before
    assert urlsplit(reader.url).query == "q=launch&kind=Processes"
    reader.get_by_role("group", name="Role").get_by_label("Analyst").check()
    expect(reader.get_by_role("status")).to_have_text("1 page")
    assert _titles(reader) == ["Go/no-go decision"]
    reader.get_by_role("button", name="Clear filters").click()
    expect(reader.locator(".find-results > li")).to_have_count(before)


def test_a_link_opens_it_with_what_was_asked(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html?q=launch&kind=Processes")
    expect(reader.get_by_role("searchbox", name="Search")).to_have_value("launch")
    expect(reader.get_by_role("status")).to_have_text("2 pages")
    expect(reader.get_by_role("group", name="Kind").get_by_label("Processes")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_shuts_nobody_out(reader: Page, home: str, axe: str, scheme: str) -> None:
    reader.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    reader.goto(f"{home}index.html?q=launch")
    expect(reader.locator(".find-results > li").first).to_be_visible()
    assert violations(reader, axe) == []
    reader.set_viewport_size({"width": 390, "height": 800})
    expect(reader.locator(".find-results > li").first).to_be_in_viewport()  # not below a pile of filters
    assert violations(reader, axe) == []
    filters = reader.locator(".find-filters")
    assert filters.get_attribute("open") is None
    filters.locator("summary").click()
    expect(reader.get_by_role("group", name="Kind")).to_be_visible()
    assert violations(reader, axe) == []


def test_attacks_are_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    files = hostile.files()
    settings = f"{files['handbook.toml']}\n{SETTINGS}"
    context = browser.new_context()
    context.add_init_script("window.ran = () => { document.documentElement.dataset.ran = 'yes' }")
    page = context.new_page()
    with served.at(_built(tmp_path, {**files, "handbook.toml": settings})) as address:
        faults = served.watched(page, urlsplit(address).netloc)
        page.goto(f"{address}index.html?q=ran")
        expect(page.locator(".find-results > li").first).to_be_visible()
        assert "ran()" in page.locator(".find-results").inner_text()
        assert page.locator(".find img, .find script, .find iframe, .find style").count() == 0
        assert page.evaluate("document.documentElement.dataset.ran") is None
    context.close()
    assert faults == []
