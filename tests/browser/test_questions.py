"""What new colleagues ask, typed into the search as they would say it: the right page is among the first three."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: question -> the page that answers it. Marked are synonyms (s), abbreviations (a) and roles (r)
QUESTIONS = {
    "who approves a pricing change?": "/processes/pricing-change/",
    "what do I do on my first day": "/guides/first-day/",
    "what changed for support this month?": "/changes/for/support-specialist/",  # r
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
#: a list of results is replaced as a whole, so one without this mark is the next
_MARK = "() => document.querySelector('.md-search-result__item')?.setAttribute('data-before', '')"
_NEXT = "() => document.querySelector('.md-search-result__item:first-child:not([data-before])')"


@pytest.fixture(scope="module")
def searching(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose search is open and ready."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.insert_text("launc")
    page.keyboard.type("h")
    page.wait_for_selector(".md-search-result__item", timeout=60_000)
    yield page
    context.close()


def found(page: Page, question: str) -> list[str]:
    """Return the first three pages that the search finds. All but the last letter are pasted: each letter is a search of its own."""
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(question[:-1])
    page.evaluate(_MARK)
    page.keyboard.type(question[-1])
    page.wait_for_function(_NEXT, timeout=30_000)
    paths: list[str] = page.evaluate(_FOUND)
    return paths


@pytest.mark.parametrize(("question", "answer"), QUESTIONS.items())
def test_a_question_of_a_new_colleague_finds_its_page(searching: Page, question: str, answer: str) -> None:
    assert answer in found(searching, question)


def test_small_words_alone_are_searched_for(searching: Page) -> None:
    assert found(searching, "who")
