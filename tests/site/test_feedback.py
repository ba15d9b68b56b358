"""Links to give feedback: what they lead to, what they carry, and what they cannot be made to do."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from handbook.site import feedback

MAIL = "mailto:handbook@example.com?subject={title}&body={page}%0A{file}"


def _link(pattern: str, title: str = "Go/no-go & more") -> str:
    return feedback.address(pattern, title=title, page="processes/go-no-go/", file="processes/a b.yaml")


def test_a_mail_is_filled_in() -> None:
    found = urlsplit(_link(MAIL))
    assert found.path == "handbook@example.com"
    assert parse_qs(found.query) == {
        "subject": ["Go/no-go & more"],
        "body": ["processes/go-no-go/\nprocesses/a b.yaml"],
    }


@pytest.mark.parametrize(
    ("repository", "start"),
    [
        ("https://github.com/example/handbook", "https://github.com/example/handbook/issues/new?title=Go%2F"),
        ("https://gitlab.com/a/b/", "https://gitlab.com/a/b/-/issues/new?issue[title]=Go%2F"),
    ],
)
def test_a_repository_at_a_known_host_needs_no_setting(repository: str, start: str) -> None:
    assert _link(feedback.pattern("", repository)).startswith(start)


def test_without_a_known_host_and_a_setting_there_is_no_link() -> None:
    assert feedback.pattern("", "https://git.example.com/a/b") == ""
    assert feedback.added("<article></article>", "", None) == "<article></article>"


def test_a_setting_comes_first() -> None:
    assert feedback.pattern(MAIL, "https://github.com/example/handbook") == MAIL


@pytest.mark.parametrize(
    "title", ['"><script>ran()</script>', "{page}{file}", "a&bcc=x@example.com", "é\n%0A#?"]
)
def test_a_title_cannot_change_the_address(title: str) -> None:
    link = _link(MAIL, title)
    assert parse_qs(urlsplit(link).query)["subject"] == [title]
    assert "<script" not in feedback.added("<article></article>", link, link)


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("javascript:alert(1)", "it is no address that begins with https:// or mailto:"),
        ("http://example.com", "it is no address that begins with https:// or mailto:"),
        ('https://example.com/"onclick="x', "it is no address that begins with https:// or mailto:"),
        ("https://example.com/?t={titel}", 'it knows no "{titel}"'),
        (MAIL, None),
    ],
)
def test_what_may_be_set(setting: str, why: str | None) -> None:
    assert feedback.objection(setting) == why
