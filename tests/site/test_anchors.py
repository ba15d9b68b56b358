"""The anchors that are known of a page without making it are those that it has once it is made."""

from __future__ import annotations

import functools

import pytest

from handbook import check
from handbook.check.loading import Loaded
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.settings import AREAS
from handbook.site import anchors, reference
from handbook.site.page import index_path, page_path
from handbook.site.pages import pages
from handbook.sources import Disk, literal
from handbook.text.confirm import Referee
from handbook.text.dialect import read
from tests.conftest import ROOT
from tests.site import small

REFEREE = Referee(read((ROOT / "mkdocs.yml").read_bytes()))


@functools.cache
def handbooks() -> dict[str, tuple[Loaded, dict[str, str]]]:
    """Handbooks, each with the text of its pages."""
    settings, _ = check.read_settings(Disk(str(ROOT), ()))
    loaded = {
        "ours": check.load(Disk(str(ROOT), ("processes",)), settings),
        "small": check.load(literal(small.FILES), settings),
    }
    return {
        name: (one, {path: page.text for path, page in pages(one.handbook, settings).items()})
        for name, one in loaded.items()
    }


def made(name: str, path: str) -> frozenset[str]:
    """The anchors of a page as the site gives them."""
    return REFEREE.anchors(handbooks()[name][1][path])


KINDS_HERE = [(name, kind) for name in ("ours", "small") for kind in KINDS]


@pytest.mark.parametrize(("name", "kind"), KINDS_HERE)
def test_every_anchor_of_the_page_of_a_record_is_known(name: str, kind: str) -> None:
    loaded, _ = handbooks()[name]
    missing = {
        record.id: unknown
        for record in loaded.handbook.of_kind(kind)
        if (unknown := [anchor for anchor in made(name, page_path(record)) if not _is_known(record, anchor)])
    }
    assert missing == {}


def _is_known(record: Record, anchor: str) -> bool:
    return anchor in anchors.of(record) or anchors.may_be_on(Name(record.kind, record.id), anchor)


@pytest.mark.parametrize(("name", "kind"), KINDS_HERE)
def test_an_anchor_that_is_not_on_the_page_is_that_of_a_section_with_nothing_in_it(
    name: str, kind: str
) -> None:
    loaded, _ = handbooks()[name]
    sections = {anchor for found in anchors.SECTIONS.values() for anchor in found}
    beyond = {
        record.id: extra
        for record in loaded.handbook.of_kind(kind)
        if (extra := anchors.of(record) - made(name, page_path(record)) - sections)
    }
    assert beyond == {}


@pytest.mark.parametrize(("name", "kind"), KINDS_HERE)
def test_the_anchors_of_the_list_of_a_kind_are_known(name: str, kind: str) -> None:
    loaded, _ = handbooks()[name]
    assert anchors.of_list(kind, loaded.handbook.of_kind(kind), AREAS) == made(name, index_path(kind))


@pytest.mark.parametrize(
    "path",
    [
        reference.RULES,
        reference.RECORDS,
        reference.record_path("process"),
        reference.rule_path("broken-link"),
    ],
)
def test_the_anchors_of_a_page_about_the_engine_are_known(path: str) -> None:
    assert anchors.of_reference(path) == made("ours", path)


def test_there_is_no_page_about_the_engine_that_is_not_made() -> None:
    assert [anchors.of_reference(path) for path in ("reference/rules/none.md", "reference/settings.md")] == [
        None,
        None,
    ]


def test_a_page_leads_back_to_its_record() -> None:
    for record in handbooks()["ours"][0].handbook.records.values():
        name = Name(record.kind, record.id)
        assert anchors.page_of(name) == page_path(record)
        assert anchors.record_of(page_path(record)) == name


PATHS: dict[str, tuple[Name | None, str | None]] = {
    "processes/go-no-go.md": (Name("process", "go-no-go"), None),
    "processes/index_.md": (Name("process", "index"), None),
    "processes/index.md": (None, "process"),
    "processes/go-no-go.html": (None, None),
    "guides/first-week.md": (None, None),
    "index.md": (None, None),
}


@pytest.mark.parametrize(("path", "found"), PATHS.items(), ids=list(PATHS))
def test_a_path_tells_whether_it_is_the_page_of_a_record_or_of_a_list(
    path: str, found: tuple[Name | None, str | None]
) -> None:
    assert (anchors.record_of(path), anchors.list_of(path)) == found
