"""The plugin, in builds by MkDocs of a small handbook on disk, and `handbook pages`, which does without it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.cli import run
from tests.site import past, small

pytest.importorskip("material", reason="the site is an extra: pip install process-handbook[site]")

CONFIG = """\
site_name: Small
use_directory_urls: false
repo_url: https://git.example.com/small
edit_uri: edit/main/docs/
theme: {name: material, font: false, features: [content.action.edit]}
plugins: [search, handbook]
nav:
  - Home: index.md
  - Processes: processes/
  - Launches: [launches/, Templates: launch-templates/]
  - Nothing here: nowhere/
  - Guides: guides/
  - Site: https://example.com/
markdown_extensions: [admonition, attr_list, def_list, tables, toc, pymdownx.superfences, pymdownx.tasklist]
validation: {links: {anchors: warn, unrecognized_links: warn, absolute_links: warn}}
"""


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """A small handbook on disk."""
    root = tmp_path / "small"
    for path, text in {**small.FILES, "mkdocs.yml": CONFIG}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def build(root: Path, *options: str) -> tuple[int, str]:
    """Run `mkdocs build` in a process of its own, as people do; return its exit status and what it said."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_strict_build_makes_the_pages_and_writes_nothing_among_the_sources(handbook: Path) -> None:
    before = sorted(handbook.rglob("*"))
    status, said = build(handbook, "--strict")
    assert status == 0, said
    assert "WARNING" not in said
    assert "not included in the" not in said
    page = (handbook / "site/processes/go-no-go.html").read_text(encoding="utf-8")
    assert '<h1 id="gono-go-decision">Go/no-go decision</h1>' in page
    assert 'href="https://git.example.com/small/edit/main/processes/release/go-no-go.yaml"' in page
    index = (handbook / "site/processes/index.html").read_text(encoding="utf-8")
    assert "/edit/main/" not in index  # it is made from many files
    assert sorted(path for path in handbook.rglob("*") if not {"site", ".cache"} & {*path.parts}) == before


def test_every_handbook_gets_the_script_and_names_for_its_boxes(handbook: Path) -> None:
    _, said = build(handbook)
    assert (
        "rendered anew" not in said
    )  # the names do not hinder a build from keeping its pages for the next one
    page = (handbook / "site/onboarding/analyst.html").read_text(encoding="utf-8")
    assert '<script src="../assets/handbook.js"></script>' in page
    assert (handbook / "site/assets/handbook.js").read_text(encoding="utf-8") == small.made()[
        "assets/handbook.js"
    ].text
    assert '<input type="checkbox" aria-labelledby="sign-in"' in page
    build(handbook)
    assert (handbook / "site/onboarding/analyst.html").read_text(encoding="utf-8") == page


def test_every_handbook_has_the_look_and_puts_its_own_colours_after_it(handbook: Path) -> None:
    own = handbook / "docs/assets/colours.css"
    own.parent.mkdir()
    own.write_text(":root { --hb-line: red }", encoding="utf-8")
    (handbook / "mkdocs.yml").write_text(f"{CONFIG}extra_css: [assets/colours.css]\n", encoding="utf-8")
    build(handbook)
    sheets = [f"assets/{name}.css" for name in ("reach", "handbook", "colours")]
    for path, up in (("index.html", ""), ("processes/go-no-go.html", "../")):
        page = (handbook / "site" / path).read_text(encoding="utf-8")
        places = [page.index(f'<link rel="stylesheet" href="{up}{sheet}">') for sheet in sheets]
        assert places == sorted(places)
    look = (handbook / "site/assets/handbook.css").read_text(encoding="utf-8")
    for named in (
        "summary",
        "kind",
        "diagram",
        "ticks",
        "feedback",
    ):  # what the pages give their parts as classes
        assert f".{named}" in look + (handbook / "site/assets/reach.css").read_text(encoding="utf-8")


def test_the_navigation_has_the_list_first_and_processes_by_area(handbook: Path) -> None:
    build(handbook)
    home = (handbook / "site/index.html").read_text(encoding="utf-8")
    places = [
        home.index(f'href="{path}"')
        for path in ("processes/index.html", "processes/go-no-go.html", "launches/dashboards.html")
    ]
    assert places == sorted(places)
    assert "Release" in home
    assert "Nothing here" not in home


def test_a_page_written_by_hand_wins(handbook: Path) -> None:
    (handbook / "docs/roles").mkdir()
    (handbook / "docs/roles/analyst.md").write_text("# Written by hand\n", encoding="utf-8")
    build(handbook)
    assert "Written by hand" in (handbook / "site/roles/analyst.html").read_text(encoding="utf-8")


def test_a_mistake_in_a_record_fails_a_strict_build_with_its_file_and_line(handbook: Path) -> None:
    record = handbook / "processes/release/go-no-go.yaml"
    record.write_text(
        record.read_text(encoding="utf-8").replace(
            "accountable: head-of-product", "accountable: head-of-produkt"
        ),
        encoding="utf-8",
    )
    status, said = build(handbook, "--strict")
    assert status != 0
    assert "processes/release/go-no-go.yaml:12:14 unknown-reference" in said
    assert build(handbook)[0] == 0

    assert run(["baseline", "--root", str(handbook), "--today", "2026-10-05"]) == 0
    status, said = build(handbook, "--strict")  # what is allowed for now stops no build either
    assert (status, "unknown-reference" in said) == (0, False), said


def test_a_record_that_cannot_be_read_leaves_the_others_on_the_site(handbook: Path) -> None:
    (handbook / "processes/release/launch-management.yaml").write_text("title: [\n", encoding="utf-8")
    status, said = build(handbook)
    assert status == 0
    assert "processes/release/launch-management.yaml:" in said
    assert (handbook / "site/processes/go-no-go.html").exists()
    assert not (handbook / "site/processes/launch-management.html").exists()


def test_records_and_settings_are_watched(handbook: Path) -> None:
    from mkdocs.config import load_config

    (handbook / "handbook.toml").write_text("", encoding="utf-8")
    config = load_config(str(handbook / "mkdocs.yml"))
    config.plugins.on_config(config)
    watched = {os.path.relpath(path, handbook) for path in config.watch}
    assert {"processes", "handbook.toml"} <= watched


def test_pages_on_disk_are_those_of_the_plugin_and_build_the_same_site_without_it(
    handbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = handbook / "build/pages"
    assert run(["pages", "--root", str(handbook), "--out", str(out), "--today", str(past.DAY)]) == 0
    for path, page in past.made(handbook, site="").items():
        assert (out / path).read_bytes().decode() == page.text, path  # a calendar has line ends of its own
    assert (out / "guides/tiers.md").read_text(encoding="utf-8") == small.FILES["docs/guides/tiers.md"]
    lines = "INHERIT: ../mkdocs.yml\ndocs_dir: pages\nsite_dir: site\nnav: null\nplugins: [search]\n"
    (handbook / "build/plain.yml").write_text(lines, encoding="utf-8")
    status, said = build(handbook, "--strict", "--config-file", "build/plain.yml")
    assert status == 0, said
    assert "Collect the evidence" in (handbook / "build/site/processes/go-no-go.html").read_text(
        encoding="utf-8"
    )


def test_pages_are_written_only_where_they_changed_and_only_ours_are_removed(
    handbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = handbook / "build/pages"
    command = ["pages", "--root", str(handbook), "--out", str(out)]
    run(command)
    (out / "notes.md").write_text("mine\n", encoding="utf-8")
    stamp = (out / "roles/analyst.md").stat().st_mtime_ns
    (handbook / "processes/onboarding/analyst.yaml").unlink()
    run(command)
    assert not (out / "onboarding/analyst.md").exists()
    assert (out / "notes.md").read_text(encoding="utf-8") == "mine\n"
    assert (out / "tools/workspace.md").exists()
    assert stamp != (out / "roles/analyst.md").stat().st_mtime_ns  # it named the path that is gone
    assert capsys.readouterr().out.splitlines()[-1].endswith("1 removed")


@pytest.mark.parametrize("folder", ["docs", "docs/generated", "processes", "."])
def test_pages_are_not_written_among_the_sources(
    handbook: Path, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["pages", "--root", str(handbook), "--out", str(handbook / folder)]) == 2
    assert "cannot be written there" in capsys.readouterr().err


def test_pages_are_not_written_over_files_of_others(
    handbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine\n", encoding="utf-8")
    assert run(["pages", "--root", str(handbook), "--out", str(tmp_path / "mine")]) == 2
    assert "did not write" in capsys.readouterr().err


def test_a_list_of_pages_that_was_tampered_with_removes_nothing_elsewhere(
    handbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, victim = tmp_path / "out", tmp_path / "victim.md"
    victim.write_text("mine\n", encoding="utf-8")
    out.mkdir()
    (out / ".handbook-pages.json").write_text(json.dumps(["../victim.md", str(victim), 7]), encoding="utf-8")
    assert run(["pages", "--root", str(handbook), "--out", str(out)]) == 0
    assert victim.exists()
