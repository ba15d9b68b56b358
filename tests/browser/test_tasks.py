"""What new readers come for, from the home page: by what they see, or by the search; then the answer is in view.

Links are chosen by their visible words alone. After the last click nobody scrolls: the answer is in the first screenful, or
where the link leads.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}

#: task -> what is clicked, one after the other, and what is read in the end
TASKS = {
    "a first day": (
        ["Your first day"],
        ["The day, hour by hour", "Computer, first sign-in, second factor"],
    ),
    "what is ticked off on a first day": (
        ["onboarding path", "Product manager", "Day 1"],
        ["Get access to Chat."],
    ),
    "who approves a pricing change": (
        ["process", "Pricing and packaging change"],
        ["Who decides", "Chief product officer"],
    ),
    "what changed for support this month": (
        ["What changed", "by role", "Support specialist"],
        ["What changed for Support specialist", "November 2026", "changes to act on"],
    ),
}
#: what is typed -> the result that is chosen, and what is read there
SEARCHES = {
    "my first day": ("Your first day", ["The day, hour by hour", "Computer, first sign-in, second factor"]),
    "who approves a pricing change": (
        "Pricing and packaging change",
        ["Who decides", "Chief product officer"],
    ),
    "what changed for support this month": (
        "What changed for Support specialist",
        ["What changed for Support specialist", "November 2026", "changes to act on"],
    ),
}


def in_view(page: Page, words: str) -> None:
    """See that words of the text stand on the screen, without scrolling."""
    expect(page.locator("article").get_by_text(words).locator("visible=true").first).to_be_in_viewport()


def link(page: Page, name: str) -> Locator:
    """Return the first link of the text that has these words."""
    return page.locator("article").get_by_role("link", name=name, exact=True).locator("visible=true").first


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("task", TASKS)
def test_links_lead_from_the_home_page_to_the_answer(
    reading: Page, address: str, task: str, screen: dict[str, int]
) -> None:
    reading.set_viewport_size({"width": screen["width"], "height": screen["height"]})
    reading.goto(address)
    clicks, answers = TASKS[task]
    for words in clicks:
        link(reading, words).click()
    for words in answers:
        in_view(reading, words)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("question", SEARCHES)
def test_the_search_leads_from_the_home_page_to_the_answer(
    page: Page, address: str, question: str, screen: dict[str, int]
) -> None:
    page.set_viewport_size({"width": screen["width"], "height": screen["height"]})
    page.goto(address)
    typed = page.get_by_role("textbox", name="Search")
    (typed if screen == DESK else page.locator(".md-header__button[for=__search]")).click()
    expect(typed).to_be_focused()
    page.keyboard.insert_text(question[:-1])
    page.keyboard.type(question[-1])  # each letter typed would be a search of its own
    result, answers = SEARCHES[question]
    title = page.locator(".md-search-result__item h1").get_by_text(result, exact=True)
    expect(title).to_be_in_viewport(timeout=30_000)
    title.click()
    for words in answers:
        in_view(page, words)
