"""`handbook new`: what it writes passes the check, what is there stays, and what cannot be is refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from handbook import cli
from handbook.check import check
from handbook.errors import CLEAN, WRONG_USE
from handbook.finding import Severity
from handbook.model.kinds import KINDS
from handbook.settings import Settings
from handbook.sources import Disk
from handbook.text import yaml

TODAY = date(2026, 10, 5)

#: a kind needs records of others, which `new` writes first
BEFORE = {"launch": [("launch-template", "small")], "experiment": [("metric", "activation-rate")]}


@pytest.fixture
def handbook(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small handbook of the scenarios, as the current folder."""
    folder = tmp_path / "handbook"
    shutil.copytree(root / "tests/scenarios/small", folder)
    monkeypatch.chdir(folder)
    return folder


def new(kind: str, id: str, *more: str) -> int:
    return cli.run(["new", kind, f"release/{id}" if kind == "process" else id, *more])


def problems(folder: Path) -> list[tuple[str, int, str, str]]:
    found = check(Disk(str(folder), Settings().folders), Settings(), TODAY)
    return [
        (each.path, each.span.line, each.rule, each.message)
        for each in found
        if each.severity > Severity.INFO
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_of_each_kind_passes_the_check(handbook: Path, kind: str) -> None:
    for other, id in BEFORE.get(kind, []):
        assert new(other, id) == CLEAN
    assert new(kind, "example") == CLEAN
    assert problems(handbook) == []


def test_the_first_record_of_a_new_handbook_passes_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "processes").mkdir()
    monkeypatch.chdir(tmp_path)
    for kind, id in (("team", "ops"), ("role", "lead"), ("process", "review")):
        assert new(kind, id) == CLEAN
    assert problems(tmp_path) == []


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if not kind.catalogue])
def test_a_new_record_says_where_its_schema_is_if_it_is_there(handbook: Path, kind: str) -> None:
    (handbook / "schemas").mkdir()
    (handbook / f"schemas/{KINDS[kind].schema}").write_text("{}")
    assert new(kind, "example") == CLEAN
    record = next((handbook / "processes").rglob("example.yaml"))
    first = record.read_text().splitlines()[0]
    schema = record.parent / first.removeprefix("# yaml-language-server: $schema=")
    assert schema.resolve() == (handbook / f"schemas/{KINDS[kind].schema}").resolve()


CATALOGUE = """\
# The roles of this handbook.

analyst: # who keeps the plans
  title: 'Product operations analyst'   # as HR writes it
  summary: "Keeps plans, evidence and dates together."
head-of-product: {title: Head of product, summary: Answers for the product.}
qa-lead:
  title: QA lead
  summary: Answers for the quality of releases.
# the end
"""


def test_what_is_in_a_catalogue_already_stays_as_it_is_typed(handbook: Path) -> None:
    path = handbook / "processes/catalog/roles.yaml"
    path.write_text(CATALOGUE)
    assert new("role", "tester", "--title", "Tester") == CLEAN
    text = path.read_text()
    assert text.startswith(CATALOGUE.rstrip("\n") + "\n\ntester:\n")
    data = yaml.read("roles.yaml", text.encode()).data
    assert isinstance(data, dict)
    assert list(data) == ["analyst", "head-of-product", "qa-lead", "tester"]


def test_the_line_breaks_of_a_catalogue_stay_as_they_are(handbook: Path) -> None:
    path = handbook / "processes/catalog/roles.yaml"
    path.write_bytes(CATALOGUE.replace("\n", "\r\n").encode())
    assert new("role", "tester") == CLEAN
    assert path.read_bytes().startswith(CATALOGUE.rstrip("\n").replace("\n", "\r\n").encode())


TITLES = [
    "NO",
    "1.10",
    "null",
    "@jane",
    "Team #1 x",
    "Foo: bar",
    "- x",
    "it's",
    'say "go"',
    "a\\b",
    "é 😀",
    "{x}",
    "%x",
    "~",
    "x " * 40 + "y",
    "0o17",
    "12:30",
    "1_000",
    "=",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_read_back_as_it_was_given(handbook: Path, title: str) -> None:
    assert (
        new("process", "example", "--title", title, "--summary", title, "--owner", "product-operations")
        == CLEAN
    )
    document = yaml.read("a.yaml", (handbook / "processes/release/example.yaml").read_bytes())
    assert document.faults == ()
    assert isinstance(document.data, dict)
    assert (document.data["title"], document.data["summary"], document.data["owner"]) == (
        title,
        title,
        "product-operations",
    )
    assert problems(handbook) == []


REFUSED: dict[str, tuple[list[str], str]] = {
    "unknown kind": (["proces", "release/x"], 'there is no kind of record "proces"; did you mean "process"?'),
    "capital letters": (["role", "Tester"], '"Tester" cannot be an id'),
    "underscore": (["role", "qa_lead"], '"qa_lead" cannot be an id'),
    "no id": (["role", ""], '"" cannot be an id'),
    "way out of the handbook": (["process", "../../x"], '"../.." is not an area'),
    "way out by the id": (["role", ".."], '".." cannot be an id'),
    "process without an area": (["process", "hotfix"], "a process needs an area"),
    "unknown area": (["process", "relase/hotfix"], '"relase" is not an area; did you mean "release"?'),
    "folder before a role": (["role", "catalog/tester"], 'the id of a role has no folder before it, but "catalog/tester" has'),
    "id that is taken": (["role", "qa-lead"], 'there is a role "qa-lead" already: processes/catalog/roles.yaml'),
    "id that is taken in another area": (["process", "planning/go-no-go"], 'there is a process "go-no-go" already: processes/release/go-no-go.yaml'),
    "id that is too long": (["role", "x" * 65], f'"{"x" * 65}" cannot be an id'),
    "unknown team": (["process", "release/x", "--owner", "product-operation"], 'there is no team "product-operation"; did you mean "product-operations"?'),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_is_refused_and_nothing_is_written(
    handbook: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in handbook.rglob("*") if path.is_file()}
    assert cli.run(["new", *arguments]) == WRONG_USE
    assert capsys.readouterr().err.splitlines()[0] == f"handbook: {message}"
    assert {path: path.read_bytes() for path in handbook.rglob("*") if path.is_file()} == before


BROKEN = {
    "not YAML": b"lead: [\n",
    "a list": b"- lead\n",
    "in braces": b"{lead: {title: Lead, summary: A role.}}\n",
    "with a second document": b"lead: {title: Lead, summary: A role.}\n---\na: 1\n",
    "not UTF-8": b"lead: {title: L\xe9ad, summary: A role.}\n",
    "with a key given twice": b"a: {title: A, summary: A.}\na: {title: A, summary: A.}\n",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=list(BROKEN))
def test_a_catalogue_that_cannot_be_added_to_is_left_alone(
    handbook: Path, source: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = handbook / "processes/catalog/roles.yaml"
    path.write_bytes(source)
    assert new("role", "tester") == WRONG_USE
    assert "processes/catalog/roles.yaml has to be mended" in capsys.readouterr().err
    assert path.read_bytes() == source


def test_a_folder_in_the_place_of_the_new_file_is_refused(
    handbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (handbook / "processes/catalog/terms.yaml").mkdir()
    assert new("term", "freeze") != CLEAN
    assert capsys.readouterr().err.startswith("handbook: ")
