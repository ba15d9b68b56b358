"""What new colleagues ask, typed into the search as they would say it: the right page is among the first three."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: question -> the page that answers it. Marked are synonyms (s), abbreviations (a) and roles (r)
QUESTIONS = {
    "who approves a pricing change?": "/processes/pricing-change/",
    "what do I do on my first day": "/guides/first-day/",
    "onboarding for a product manager": "/onboarding/product-manager/",  # r
    "what is GA": "/terms/general-availability/",  # a
    "PRD": "/terms/product-requirements-document/",  # a
    "what does the release manager do": "/roles/release-manager/",  # r
    "how do I get access to the issue tracker": "/tools/issue-tracker/",
    "launch approval": "/processes/go-no-go/",  # s: the page says go/no-go
    "retro": "/artifacts/retrospective-notes/",  # s
    "A/B test": "/processes/experiment-lifecycle/",  # s: the page says experiment
    "sunset a feature": "/processes/deprecation/",  # s
    "what do I tell customers in an incident": "/processes/incident-communication/",
}
_FOUND = """() => [...document.querySelectorAll('.md-search-result__item > a')].slice(0, 3).map(link => new URL(link.href).pathname)"""


@pytest.fixture(scope="module")
def searching(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose search is open and ready."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("launch")
    page.wait_for_selector(".md-search-result__item", timeout=30_000)
    yield page
    context.close()


@pytest.mark.parametrize(("question", "answer"), QUESTIONS.items())
def test_a_question_of_a_new_colleague_finds_its_page(searching: Page, question: str, answer: str) -> None:
    searching.keyboard.press("Control+A")
    searching.keyboard.type(question)
    first: list[str] = []
    for _ in range(20):  # until the answer to the last letter is there
        searching.wait_for_timeout(500)
        before, first = first, [urlsplit(path).path for path in searching.evaluate(_FOUND)]
        if first == before and answer in first:
            return
    assert answer in first


def test_small_words_alone_are_searched_for(searching: Page) -> None:
    searching.keyboard.press("Control+A")
    searching.keyboard.type("who")
    searching.wait_for_timeout(1500)
    assert searching.evaluate(_FOUND)
