"""Files of a handbook on disk: which are listed, and what happens where one cannot be read."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from handbook.check import check
from handbook.errors import COULD_NOT_RUN, WRONG_USE, UserError
from handbook.settings import Settings
from handbook.sources import Disk, belongs, literal

TODAY = date(2026, 10, 5)
ROLE = "lead: {title: Lead, summary: A role.}\n"


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """A handbook of one readable catalogue."""
    root = tmp_path / "handbook"
    (root / "processes/catalog").mkdir(parents=True)
    (root / "processes/release").mkdir()
    (root / "docs").mkdir()
    (root / "processes/catalog/roles.yaml").write_text(ROLE)
    return root


def disk(root: Path) -> Disk:
    return Disk(str(root), ("processes", "docs"))


def errors(root: Path) -> list[tuple[str, str, str]]:
    found = check(disk(root), Settings(), TODAY)
    return [
        (finding.path, finding.rule, finding.message) for finding in found if finding.severity.word == "error"
    ]


def test_records_and_pages_are_listed_in_order_and_nothing_else(handbook: Path) -> None:
    for path in ("processes/release/b.yaml", "processes/release/a.yml", "docs/index.md", "docs/a/b.md", "docs/picture.png",
                 "processes/release/notes.txt", "README.md", "mkdocs.yml", "docs/guide.markdown"):  # fmt: skip
        (handbook / path).parent.mkdir(exist_ok=True)
        (handbook / path).write_text("x")
    assert list(disk(handbook)) == [
        "processes/catalog/roles.yaml",
        "processes/release/a.yml",
        "processes/release/b.yaml",
        "docs/index.md",
        "docs/a/b.md",
    ]


def test_hidden_files_and_folders_are_left_out(handbook: Path) -> None:
    (handbook / "processes/.cache").mkdir()
    (handbook / "processes/.cache/a.yaml").write_text(ROLE)
    (handbook / "processes/release/.a.yaml.swp.yaml").write_text(ROLE)
    assert list(disk(handbook)) == ["processes/catalog/roles.yaml"]


def test_a_folder_that_is_missing_holds_nothing(tmp_path: Path) -> None:
    files = disk(tmp_path)
    assert (list(files), len(files)) == ([], 0)


def test_the_bytes_of_a_file_are_read_when_they_are_asked_for(handbook: Path) -> None:
    files = disk(handbook)
    (handbook / "processes/catalog/roles.yaml").write_text("changed")
    assert files["processes/catalog/roles.yaml"] == b"changed"


@pytest.mark.parametrize("path", ["handbook.toml", "../secret.yaml", "processes/none.yaml", "/etc/passwd"])
def test_only_what_is_listed_can_be_read(handbook: Path, path: str) -> None:
    (handbook.parent / "secret.yaml").write_text("x")
    (handbook / "handbook.toml").write_text("")
    with pytest.raises(KeyError):
        disk(handbook)[path]


@pytest.mark.parametrize("name", ["x.yaml", "x.md"])
def test_a_folder_with_the_name_of_a_file_is_one_finding(handbook: Path, name: str) -> None:
    (handbook / "processes/release" / name).mkdir()
    (handbook / "processes/release" / name / "inside.yaml").write_text("x")
    assert errors(handbook) == [
        (f"processes/release/{name}", "unreadable-file", "this is a folder, and a file is meant here")
    ]


def test_a_link_out_of_the_handbook_is_not_followed(handbook: Path) -> None:
    (handbook.parent / "secret.yaml").write_text("password: x\n")
    (handbook / "processes/release/x.yaml").symlink_to("../../../secret.yaml")
    assert errors(handbook) == [
        ("processes/release/x.yaml", "unreadable-file",
         "this file cannot be read: it is a symbolic link that leads out of the handbook"),
    ]  # fmt: skip


def test_a_link_to_a_folder_whose_name_begins_like_the_handbook_leads_out_of_it(handbook: Path) -> None:
    other = handbook.parent / "handbook-of-others"
    other.mkdir()
    (other / "x.yaml").write_text("password: x\n")
    (handbook / "processes/release/x.yaml").symlink_to(other / "x.yaml")
    with pytest.raises(PermissionError):
        disk(handbook)["processes/release/x.yaml"]


def test_a_link_inside_the_handbook_is_followed(handbook: Path) -> None:
    (handbook / "docs/page.md").write_text("# Page\n")
    (handbook / "docs/copy.md").symlink_to("page.md")
    assert disk(handbook)["docs/copy.md"] == b"# Page\n"


def test_links_in_a_circle_are_one_finding_each(handbook: Path) -> None:
    (handbook / "processes/release/a.yaml").symlink_to("b.yaml")
    (handbook / "processes/release/b.yaml").symlink_to("a.yaml")
    message = "this file cannot be read: too many levels of symbolic links"
    assert errors(handbook) == [
        ("processes/release/a.yaml", "unreadable-file", message),
        ("processes/release/b.yaml", "unreadable-file", message),
    ]


def test_a_linked_folder_is_left_out_so_that_a_circle_of_folders_ends(handbook: Path) -> None:
    (handbook / "processes/release/again").symlink_to("..")
    assert list(disk(handbook)) == ["processes/catalog/roles.yaml"]


def test_a_link_to_nothing_is_one_finding(handbook: Path) -> None:
    (handbook / "docs/x.md").symlink_to("gone.md")
    assert errors(handbook) == [
        ("docs/x.md", "unreadable-file", "this file cannot be read: no such file or directory")
    ]


def test_a_file_deleted_between_listing_and_reading_is_one_finding(handbook: Path) -> None:
    (handbook / "processes/release/x.yaml").write_text("title: X\n")
    files = disk(handbook)
    (handbook / "processes/release/x.yaml").unlink()
    found = [finding for finding in check(files, Settings(), TODAY) if finding.severity.word == "error"]
    assert [(finding.path, finding.rule) for finding in found] == [
        ("processes/release/x.yaml", "unreadable-file")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_one_finding(handbook: Path) -> None:
    (handbook / "docs/x.md").write_text("x")
    (handbook / "docs/x.md").chmod(0)
    assert errors(handbook) == [
        ("docs/x.md", "unreadable-file", "this file cannot be read: permission denied")
    ]


def test_a_file_whose_reading_fails_is_one_finding_and_the_others_are_checked() -> None:
    class Failing(dict[str, bytes]):
        def __getitem__(self, path: str) -> bytes:
            if path.endswith("a.yaml"):
                raise PermissionError(13, "Permission denied")
            return super().__getitem__(path)

    sources = Failing({"processes/release/a.yaml": b"", "processes/release/b.yaml": b"- x\n"})
    found = [(finding.path, finding.rule) for finding in check(sources, Settings(), TODAY)]
    assert found == [
        ("processes/release/a.yaml", "unreadable-file"),
        ("processes/release/b.yaml", "not-a-record"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_one_finding_and_is_not_waited_for(handbook: Path) -> None:
    os.mkfifo(handbook / "docs/x.md")
    assert errors(handbook) == [
        ("docs/x.md", "unreadable-file", "this file cannot be read: it is not a file")
    ]


def test_a_linked_folder_of_records_out_of_the_handbook_is_refused(handbook: Path) -> None:
    (handbook / "docs").rmdir()
    (handbook.parent / "elsewhere").mkdir()
    (handbook / "docs").symlink_to("../elsewhere")
    with pytest.raises(UserError) as stop:
        disk(handbook)
    assert (stop.value.message, stop.value.code) == ('the folder "docs" leads out of the handbook', WRONG_USE)


def test_a_file_in_the_place_of_a_folder_is_refused(handbook: Path) -> None:
    (handbook / "docs").rmdir()
    (handbook / "docs").write_text("x")
    with pytest.raises(UserError) as stop:
        disk(handbook)
    assert (stop.value.message, stop.value.code) == (
        'the folder "docs" cannot be listed: not a directory',
        COULD_NOT_RUN,
    )


def test_a_handbook_written_out_in_place_is_sorted_bytes() -> None:
    assert list(literal({"b.yaml": "é", "a.yaml": b"\xff"}).items()) == [
        ("a.yaml", b"\xff"),
        ("b.yaml", "é".encode()),
    ]


PATHS = {
    "processes/release/a.yaml": True,
    "docs/index.md": True,
    "docs/picture.png": False,
    "README.md": False,
    "processes-old/a.yaml": False,
    "processes/.cache/a.yaml": False,
    "docs/.a.md": False,
}


@pytest.mark.parametrize(("path", "listed"), PATHS.items(), ids=list(PATHS))
def test_a_path_of_a_revision_belongs_if_it_would_be_listed_on_disk(
    path: str, listed: bool, tmp_path: Path
) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("x")
    assert belongs(path, ("processes", "docs")) is listed
    assert (path in disk(tmp_path)) is listed
