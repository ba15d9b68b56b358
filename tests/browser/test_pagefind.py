"""The search with filters, of sites that choose it in handbook.toml: asked as readers ask, by keyboard and by mouse."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from re import Pattern
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from handbook import site
from handbook.site.pagefind_index import Index
from tests.browser import served
from tests.browser.test_access import PICTURES, violations
from tests.browser.test_hostile import CONFIG
from tests.site import hostile, secret, small
from tests.site.building import handbook, write
from tests.site.test_pagefind import until

pytestmark = pytest.mark.browser

SETTINGS = '[site]\nsearch = "pagefind"\n'
NAV = """\
nav:
  - Home: index.md
  - Processes: processes/
  - About this handbook: [Records: reference/records/, Rules: reference/rules/]
  - Guides: guides/
"""
#: another stage of the lifecycle: it has fewer processes than that of the small handbook, and comes before it
WATCH = """\
title: Market watch
summary: Look at what others do.
status: active
owner: product-operations
purpose: Nobody is surprised.
trigger: {event: A month begins}
outcome: A page of news
accountable: head-of-product
steps: [{id: read, title: Read the news, responsible: head-of-product}]
"""
#: a Pagefind for which a part of a question is better than the whole
PARTIAL = """\
const page = (title) => ({url: "/", content: title, meta: {title}, locations: [0, 1], sub_results: [], excerpt: title, plain_excerpt: title});
const found = {"wave 1": [10, "Wave 1"], "tide 1": [10, "Moon 1"], wave: [20, "Wave 2"], tide: [20, "Tide 2"], 1: [2, "1"]};
export const search = async (words) => {
  const [score, title] = found[words];
  return {results: [{score, data: async () => page(title)}], filters: {}};
};
export const [options, init, filters, destroy] = Array(4).fill(async () => ({}));
"""
#: what the box can show, each with the address at which it does
STATES = {
    "nothing asked": "?q=",
    "results": "?q=launch",
    "nothing found": "?q=xyzzy",
    "nothing found with filters": "?q=launch&kind=Teams&stage=Strategy",
    "failure": "?q=launch",
}


def _built(folder: Path, files: dict[str, str], nav: str = "") -> Path:
    write(folder / "handbook", {**files, "mkdocs.yml": CONFIG + nav})
    return served.built(folder / "handbook", folder / "site")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small handbook that is searched with filters."""
    files = {**small.FILES, "handbook.toml": SETTINGS, "processes/strategy/watch.yaml": WATCH}
    with served.at(_built(tmp_path_factory.mktemp("found"), files, NAV)) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, home: str) -> Iterator[Page]:
    """An empty page that is watched."""
    with served.opened(browser, home, viewport={"width": 1280, "height": 900}) as page:
        yield page


@pytest.fixture
def unlucky(browser: Browser) -> Iterator[Page]:
    """An empty page of somebody whose network fails. It is not watched: a browser complains of what does not arrive."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def _lost(page: Page, part: str) -> Pattern[str]:
    """Let files of the search not arrive from now on; return what stands for them."""
    pattern = re.compile(rf"/pagefind/(?:{part})")
    page.route(pattern, lambda route: route.abort())
    return pattern


def _values(reader: Page, name: str) -> list[str]:
    group = reader.get_by_role("group", name=name)
    expect(group).to_be_visible()
    if (rest := group.get_by_role("button")).count():
        rest.click()
    return group.locator(".find-value").all_inner_texts()


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
    reader.get_by_role("button", name="Remove the filters").click()
    expect(reader.locator(".find-results > li")).to_have_count(before)


def test_a_link_opens_it_with_what_was_asked(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html?q=launch&kind=Processes")
    expect(reader.get_by_role("searchbox", name="Search")).to_have_value("launch")
    expect(reader.get_by_role("status")).to_have_text("2 pages")
    expect(reader.get_by_role("group", name="Kind").get_by_label("Processes")).to_be_checked()


def test_stages_come_as_in_the_lifecycle_and_kinds_with_what_is_about_the_handbook_last(
    reader: Page, home: str
) -> None:
    reader.goto(f"{home}index.html?q=")
    stages = reader.get_by_role("group", name="Stage")
    assert _values(reader, "Stage") == ["Strategy", "Release"]
    assert stages.locator(".find-count").all_inner_texts() == ["1", "2"]
    kinds = _values(reader, "Kind")
    assert kinds[:6] == [
        "Processes",
        "Launch templates",
        "Launches",
        "Experiments",
        "Onboarding paths",
        "Roles",
    ]
    assert kinds[-3:] == ["Guides", "Overviews", "About this handbook"]


def test_before_anything_is_asked_it_says_what_can_be(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    reader.keyboard.press("/")
    expect(reader.get_by_role("status")).to_have_text("Type what you look for, or choose a filter.")
    expect(reader.locator(".find-note")).to_contain_text("You can ask a whole question")
    expect(reader.locator(".find-note")).to_contain_text("by kind, owner, role and stage")
    reader.keyboard.type("launch")
    expect(reader.locator(".find-results > li").first).to_be_visible()
    expect(reader.locator(".find-note")).to_be_empty()


def test_where_nothing_is_found_it_says_for_what_and_how_to_go_on(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html?q=xyzzy")
    expect(reader.get_by_role("status")).to_have_text("Nothing found for “xyzzy”.")
    expect(reader.locator(".find-note")).to_contain_text("Check the spelling")
    expect(reader.locator(".find-results > li")).to_have_count(0)
    expect(reader.locator(".find-filters")).to_be_hidden()  # there is nothing to choose in it


def test_a_word_that_is_nowhere_is_left_out_of_the_question(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html?q=xyzzy analyst lauch")
    expect(reader.get_by_role("status")).to_contain_text("without “xyzzy” and “lauch”")
    assert _titles(reader)[0] == "Analyst"


def test_a_word_is_left_out_for_better_results_unless_the_title_of_the_best_has_it(
    reader: Page, home: str
) -> None:
    reader.route(
        "**/pagefind/pagefind.js", lambda route: route.fulfill(body=PARTIAL, content_type="text/javascript")
    )
    reader.goto(f"{home}index.html?q=tide 1")
    expect(reader.get_by_role("status")).to_have_text("1 page, without “1”")
    assert _titles(reader) == ["Tide 2"]
    reader.goto(f"{home}index.html?q=wave 1")
    expect(reader.get_by_role("status")).to_have_text("1 page")
    assert _titles(reader) == ["Wave 1"]


def test_where_filters_leave_nothing_it_names_them_and_takes_them_away(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html?q=launch&kind=Teams&kind=Guides&stage=Strategy")
    expect(reader.get_by_role("status")).to_have_text("Nothing found for “launch”.")
    note = reader.locator(".find-note")
    expect(note.get_by_role("listitem")).to_have_text(["Kind Teams or Guides", "Stage Strategy"])
    expect(note).to_contain_text(re.compile(r"Without the filters there are \d+ pages\."))
    note.get_by_role("button", name="Remove the filters").click()
    expect(reader.locator(".find-results > li").first).to_be_visible()
    expect(reader.get_by_role("searchbox", name="Search")).to_be_focused()
    assert urlsplit(reader.url).query == "q=launch"
    reader.goto(f"{home}index.html?kind=Teams&stage=Strategy")
    expect(reader.get_by_role("status")).to_have_text("No page is found with these filters.")
    expect(note.get_by_role("button", name="Remove the filters")).to_be_visible()


def test_a_result_does_not_say_its_summary_twice(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html?q=decide evidence launch")
    assert "Go/no-go decision" in _titles(reader)
    for result in reader.locator(".find-results > li", has=reader.locator(".find-summary")).all():
        assert result.inner_text().count(result.locator(".find-summary").inner_text()) == 1


def test_while_the_search_is_on_its_way_it_says_so(reader: Page, home: str) -> None:
    held: list[Route] = []
    reader.route("**/pagefind/pagefind.js", lambda route: held.append(route))
    reader.goto(f"{home}index.html?q=launch")
    expect(reader.get_by_role("status")).to_have_text("Searching…")
    held[0].continue_()
    expect(reader.locator(".find-results > li").first).to_be_visible()
    expect(reader.get_by_role("status")).to_contain_text("page")


def test_words_in_quotes_are_found_where_they_stand_together(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html?q=“Read the news”")
    assert _titles(reader)[0] == "Market watch"
    reader.goto(f'{home}index.html?q="news the read"')
    expect(reader.get_by_role("status")).to_contain_text("Nothing found")


@pytest.mark.parametrize("key", ["Enter", "ArrowDown"])
def test_a_key_pressed_at_once_is_about_what_is_typed_now(reader: Page, home: str, key: str) -> None:
    reader.goto(f"{home}index.html")
    _ask(reader, "analyst")
    reader.keyboard.press("Enter")  # before anything of the search has arrived
    reader.wait_for_url(f"{home}roles/analyst.html")
    _ask(reader, "gate")
    expect(reader.locator(".find-title").first).to_have_text("Gate")
    reader.keyboard.press("Control+a")
    reader.keyboard.type("market watch")
    reader.keyboard.press(key)
    if key == "ArrowDown":
        expect(reader.locator(".find-results > li > a").first).to_be_focused()
        reader.keyboard.press("Enter")
    reader.wait_for_url(re.compile(f"{home}(?:processes|terms)/"))
    assert urlsplit(reader.url).path == "/processes/watch.html"


def test_a_letter_after_enter_takes_it_back(reader: Page, home: str) -> None:
    reader.goto(f"{home}index.html")
    _ask(reader, "analyst")
    reader.keyboard.press("Enter")
    reader.keyboard.type("s")
    expect(reader.locator(".find-title").first).to_have_text("Analyst")
    assert urlsplit(reader.url).path == "/index.html"


@pytest.mark.parametrize(
    "part", [r"pagefind\.js", r"pagefind-entry\.json", r".*\.pf_meta", r"wasm\..*", "fragment/.*", "index/.*|pagefind-entry.*", ".*"]
)  # fmt: skip
def test_what_did_not_arrive_is_said_and_can_be_tried_again(unlucky: Page, home: str, part: str) -> None:
    lost = _lost(unlucky, part)
    unlucky.goto(f"{home}index.html?q=launch")
    expect(unlucky.get_by_role("status")).to_have_text("The search could not be loaded.")
    again = unlucky.get_by_role("button", name="Try again")
    again.click()
    expect(unlucky.get_by_role("status")).to_have_text("The search could not be loaded.")
    expect(again).to_be_focused()
    unlucky.unroute(lost)
    again.click()
    expect(unlucky.locator(".find-results > li").first).to_be_visible()
    expect(unlucky.get_by_role("searchbox", name="Search")).to_be_focused()
    expect(unlucky.get_by_role("group", name="Kind")).to_be_visible()


def test_a_moment_offline_is_no_nothing_found_and_ends_by_itself(unlucky: Page, home: str) -> None:
    unlucky.goto(f"{home}index.html?q=launch")
    expect(unlucky.locator(".find-results > li").first).to_be_visible()
    unlucky.context.set_offline(True)
    unlucky.keyboard.press("Control+a")
    unlucky.keyboard.type(
        "news"
    )  # in a part of the index that was not needed before, or in a page that was not
    expect(unlucky.get_by_role("status")).to_have_text("This device is offline.")
    unlucky.context.set_offline(False)
    expect(unlucky.locator(".find-title").first).to_have_text("Market watch")


def test_a_site_that_was_published_anew_meanwhile_is_searched_as_it_is_now(
    browser: Browser, tmp_path: Path
) -> None:
    page = '<html lang="en"><head><link rel="icon" href="data:,"></head><body><article data-pagefind-body><h1>{}</h1></article>{}</body></html>'
    scripts = '<script src="assets/reach.js"></script><script src="assets/pagefind.js"></script>'
    write(tmp_path, {"index.html": page.format("Zebra", scripts)})
    for name in ("reach.js", "pagefind.js"):
        write(tmp_path, {f"assets/{name}": Path(site.__file__).with_name(name).read_text(encoding="utf-8")})
    Index(serving=False).add(str(tmp_path))
    with served.at(tmp_path) as address, served.opened(browser, address) as reader:
        reader.goto(f"{address}index.html?q=zebra")
        expect(reader.locator(".find-title")).to_have_text(["Zebra"])
        write(tmp_path, {"other.html": page.format("Giraffe", "")})
        Index(serving=False).add(str(tmp_path))
        reader.keyboard.press("Control+a")
        reader.keyboard.type("giraffe")
        expect(reader.locator(".find-title")).to_have_text(["Giraffe"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_it_shuts_nobody_out(unlucky: Page, home: str, axe: str, state: str, scheme: str) -> None:
    unlucky.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    if state == "failure":
        _lost(unlucky, ".*")
    unlucky.goto(f"{home}index.html{STATES[state]}")
    expect(unlucky.get_by_role("status")).not_to_be_empty()
    for width in (1280, 390):
        unlucky.set_viewport_size({"width": width, "height": 800})
        shown = unlucky.locator(".find-results > li" if state == "results" else ".find-note > *").first
        expect(shown).to_be_in_viewport()  # not below a pile of filters
        assert (violations(unlucky, axe), width) == ([], width)
        unlucky.screenshot(path=PICTURES / f"search-{state.replace(' ', '-')}-{scheme}-{width}.png")
    filters = unlucky.locator(".find-filters")
    if filters.is_visible():
        assert filters.get_attribute("open") is None
        filters.locator("summary").click()
        expect(unlucky.get_by_role("group", name="Kind")).to_be_visible()
        assert violations(unlucky, axe) == []


def test_the_public_site_is_searched_and_offers_nothing_internal(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_VISIBILITY", "public")
    settings = secret.FILES["handbook.toml"].replace("[site]\n", SETTINGS)
    write(tmp_path / "handbook", {**secret.FILES, "handbook.toml": settings})
    built = served.built(tmp_path / "handbook", tmp_path / "site", strict=False)
    with served.at(built) as address, served.opened(browser, address) as reader:
        reader.goto(f"{address}?q=open")
        assert {"Open process", "Open guide"} <= set(_titles(reader))
        assert _values(reader, "Kind") == ["Processes", "Teams", "Guides", "Overviews"]
        offered = reader.locator(".find").inner_text()
        assert "xal" not in offered.lower().replace("xalroletitle", "")
        reader.keyboard.press("Control+a")
        reader.keyboard.type("xalvault")
        expect(reader.get_by_role("status")).to_have_text("Nothing found for “xalvault”.")


def test_what_is_written_under_mkdocs_serve_can_be_searched(browser: Browser, tmp_path: Path) -> None:
    record = handbook(tmp_path / "small") / "processes/release/go-no-go.yaml"
    write(tmp_path / "small", {"handbook.toml": SETTINGS})
    with served.showing(tmp_path / "small") as address:
        page = browser.new_page()
        try:
            for word in ("zebra", "giraffe"):
                text = record.read_text(encoding="utf-8")
                record.write_text(
                    f"{text}notes: A {word}.\n" if word == "zebra" else text.replace("zebra", word)
                )
                until(functools.partial(_finds, page, address, word))
        finally:
            page.close()


def _finds(page: Page, address: str, word: str) -> bool:
    page.goto(f"{address}?q={word}")
    expect(page.get_by_role("status")).to_have_text(re.compile("found|page"))
    return page.locator(".find-results > li").count() > 0


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
