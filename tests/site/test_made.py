"""What a site shows of a handbook is the same, whichever process finds it out."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handbook.site import made
from handbook.site.made import Made, Shown, Work, apart, internal, packed
from handbook.workspace import open_workspace
from tests.site.building import handbook, write

TODAY = date(2026, 10, 5)

if not hasattr(os, "fork"):
    pytest.skip("this system copies no processes", allow_module_level=True)


def read(page: Shown) -> Shown:
    """A page with its text as it was."""
    import zlib

    return page._replace(text=zlib.decompress(page.text).decode()) if isinstance(page.text, bytes) else page


pytestmark = pytest.mark.filterwarnings(
    "ignore:This process:DeprecationWarning"
)  # other tests may have left threads


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Made]:
    monkeypatch.setattr(made, "can_share", lambda: True)
    handbook(tmp_path)
    write(tmp_path, {"docs/empty.md": ""})
    workspace = open_workspace(str(tmp_path))
    return lambda pack=False: internal(workspace, TODAY, "https://handbook.example/", pack=pack)


def test_another_process_finds_out_the_same(work: Callable[..., Made]) -> None:
    here, there = work(), apart(work)
    pages = [*here.pages]
    assert [read(page) for page in there.pages] == pages
    assert len(pages) > 50
    assert replace(there, pages=()) == replace(here, pages=())
    assert any("empty-page" in text for _, text in here.said)
    assert all((there.owners, there.printed, there.terms, there.navigation))


def test_it_is_found_out_by_another_process(work: Callable[..., Made]) -> None:
    asked: list[int] = []

    def noted(pack: bool) -> Made:
        asked.append(os.getpid())
        return work(pack)

    assert all(isinstance(page.text, bytes) for page in apart(noted).pages)
    assert asked == []


def test_a_mistake_is_told_as_if_it_had_happened_here() -> None:
    def failing(pack: bool) -> Made:
        raise ValueError("so not")

    with pytest.raises(ValueError, match="so not"):
        apart(failing)


@pytest.mark.parametrize("parts", [0, 1, 5])
def test_a_process_that_is_ended_costs_no_page(
    work: Callable[..., Made], monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    parent, known = os.getpid(), made._parts

    def dying(work: Work) -> object:
        for number, part in enumerate(known(work)):
            if number == parts and os.getpid() != parent:
                os._exit(0)
            yield part

    monkeypatch.setattr(made, "_parts", dying)
    assert {read(page) for page in apart(work).pages} == set(work().pages)


def test_a_process_with_threads_does_it_itself(
    work: Callable[..., Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made, "can_share", lambda: False)
    assert all(isinstance(page.text, str) for page in apart(work).pages)


def test_few_and_no_pages_are_handed_over_too() -> None:
    for number in (0, 1, 2, 65):
        pages = [Shown(f"{each}.md", "é → 日本", None) for each in range(number)]
        empty = Made(pages=pages, navigation={}, printed=(), terms=[])
        assert [read(page) for page in apart(lambda pack: empty).pages] == pages  # noqa: B023
    assert packed("é") != "é".encode()


def test_findings_have_the_level_that_a_strict_build_fails_on(work: Callable[..., Made]) -> None:
    levels = {text.split()[1]: level for level, text in work().said if ": " in text and ".md:" in text}
    assert levels["empty-page:"] == logging.INFO
