"""The public site says nothing of what is internal; and the internal one does, so that this can fail."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from handbook.check import check, read_settings
from handbook.cli import run
from handbook.sources import literal
from tests.changes.repositories import Repository
from tests.site import secret
from tests.site.building import build, others, site

pytest.importorskip("material", reason="the site is an extra: pip install process-handbook[site]")

PROCESS, GUIDE = "processes/release/open.yaml", "docs/guides/open.md"
SECRET = re.compile("xal[a-z]+", re.IGNORECASE)


def secrets(folder: Path) -> dict[str, list[str]]:
    """Return the secrets in the names and in the content of all files below a folder, each with the files that have it."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        content = file.read_bytes() if file.is_file() else b""
        text = (gzip.decompress(content) if name.endswith(".gz") else content).decode(errors="replace")
        for word in {match.lower() for match in SECRET.findall(f"{name}\n{text}")}:
            found.setdefault(word, []).append(name)
    return found


def planted(files: Mapping[str, str]) -> set[str]:
    """Return every secret in the sources of a handbook."""
    return {word.lower() for path, text in files.items() for word in SECRET.findall(f"{path}\n{text}")}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with secrets in its files and its history, and a public process that changed in it."""
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Xalcommitter")
    repository = Repository(tmp_path / "secret")
    repository.commit("The handbook", secret.FILES, tag="v2026.10.0")
    asked = secret.FILES[PROCESS].replace("consulted: [", "consulted: [head-of-product, xalrole, ")
    repository.commit("Xalsubject\n\nWhy: Xalwhy.", {PROCESS: asked}, tag="v2026.10.1")
    return repository.folder


def test_no_secret_is_in_any_file_of_the_public_site_and_each_is_in_the_internal_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, said = build(root, "--site-dir", "internal")
    assert status == 0, said
    monkeypatch.setenv("HANDBOOK_VISIBILITY", "public")
    status, said = build(root, "--site-dir", "public")
    assert status == 0, said
    expected = planted(secret.FILES) | {"xalwhy", "xalcommitter"}  # no page has the subjects of commits
    assert expected - secrets(root / "internal").keys() == secret.UNSEEN
    assert secrets(root / "public").keys() == secret.NAMED


def test_no_secret_is_in_any_page_that_is_written_for_the_public(root: Path) -> None:
    out = root / "build/pages"
    assert run(["pages", "--root", str(root), "--out", str(out), "--today", "2026-11-20"]) == 0
    assert len(secrets(out)) > 50
    assert run(["pages", "--root", str(root), "--out", str(out), "--visibility", "public"]) == 0
    assert secrets(out).keys() == secret.NAMED
    for path in ("guides/open.png", "own.css", "back.png"):
        assert (out / path).exists(), path


def test_public_pages_build_the_same_site_without_the_plugin(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = root / "build/pages"
    assert run(["pages", "--root", str(root), "--out", str(out), "--visibility", "public"]) == 0
    lines = "INHERIT: build/pages/.mkdocs.yml\ndocs_dir: build/pages\nsite_dir: build/site\n"
    (root / "plain.yml").write_text(lines, encoding="utf-8")
    status, said = build(root, "--config-file", "plain.yml")
    assert status == 0, said
    monkeypatch.setenv("HANDBOOK_VISIBILITY", "public")
    assert build(root, "--site-dir", "public")[0] == 0
    assert site(root / "public") == site(root / "build/site", finish=True)
    assert others(root / "public") == others(root / "build/site")


def test_a_public_page_says_what_it_may(root: Path) -> None:
    out = root / "build/pages"
    assert run(["pages", "--root", str(root), "--out", str(out), "--visibility", "public"]) == 0
    process, guide, home = (
        (out / path).read_text(encoding="utf-8")
        for path in ("processes/open.md", "guides/open.md", "index.md")
    )
    assert "Analyst" in process
    assert "(../roles/" not in process
    assert "an internal role" in process
    assert "Read an internal page and [the open guide](../guides/open.md)." in process
    assert "See [the process](../processes/open.md) and an internal page.\n" in guide
    assert "| an internal page | an internal page |" in guide
    assert "Then an internal page, an internal page, an internal page and `<!-- an example -->`." in guide
    assert "[Open process](processes/open.md)" in home
    assert "[Open guide](guides/open.md): Everybody reads it." in home


def test_no_secret_is_in_the_index_of_pagefind_nor_in_its_filters(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pagefind", reason="it is an extra: pip install process-handbook[search]")
    settings = root / "handbook.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[site]\n", '[site]\nsearch = "pagefind"\n'), encoding="utf-8")
    status, said = build(root, "--site-dir", "internal")
    assert status == 0, said
    monkeypatch.setenv("HANDBOOK_VISIBILITY", "public")
    status, said = build(root, "--site-dir", "public")
    assert status == 0, said
    known, published = (unpacked(root / name / "pagefind") for name in ("internal", "public"))
    assert {"fragment", "filter", "index"} <= known.keys() == published.keys()
    assert {"xaltitle", "xalnotes", "xalowntag", "xalperson", "xalguidetext"} <= words(known["fragment"])
    assert {"xalteam", "xalroletitle"} <= words(known["filter"])
    assert words(published["fragment"]) == secret.NAMED
    assert words(published["filter"]) == set()
    assert len(words(known["index"])) > 50
    assert words(published["index"]) == {"xalroletitl"}  # as the index has it: without its ending


def unpacked(index: Path) -> dict[str, bytes]:
    """Return what is in an index of Pagefind, by the folder in it. Its parts are packed."""
    parts: dict[str, bytes] = {}
    for file in sorted(index.rglob("*.pf_*")):
        content = gzip.decompress(file.read_bytes())
        assert content.startswith(b"pagefind_dcd")
        parts[file.parent.name] = parts.get(file.parent.name, b"") + content
    return parts


def words(content: bytes) -> set[str]:
    """Return the secrets in something."""
    return {word.lower() for word in SECRET.findall(content.decode(errors="replace"))}


def test_each_leak_is_a_finding_where_it_is_written() -> None:
    assert found(secret.FILES) == [
        (GUIDE, 12, "internal-link", 'this page is public, and "xalguide.md" is internal'),
        (GUIDE, 18, "internal-link", 'this page is public, and "../processes/xalvault.md" is internal'),
        (GUIDE, 18, "internal-link", 'this page is public, and "xalguide.md" is internal'),
        (GUIDE, 20, "internal-link", 'this page is public, and "../changes/index.md" is internal'),
        (GUIDE, 20, "internal-link", 'this page is public, and "../health/index.md" is internal'),
        (GUIDE, 22, "internal-link", 'this page is public, and "xalguide.md" is internal'),
        (GUIDE, 24, "internal-link", "this page is public, and takes in the text of an internal one"),
        (GUIDE, 26, "internal-link", 'this page is public, and "xalother.markdown" is internal'),
        (PROCESS, 11, "internal-link", 'this is public, and the page "guides/xalguide.md" is internal'),
        (PROCESS, 18, "internal-reference", 'this is public, and the process "xalvault" is internal'),
        (PROCESS, 18, "internal-reference", 'this is public, and the role "xalclosedrole" is internal'),
        (PROCESS, 18, "internal-link", 'this is public, and "guides/xalguide.md" is internal'),
    ]


def test_a_handbook_that_publishes_nothing_has_no_findings_about_it() -> None:
    closed = {
        path: text.replace("visibility: public", "visibility: internal")
        for path, text in secret.FILES.items()
    }
    assert found(closed) == []


def test_where_everything_is_public_unless_it_says_otherwise_only_that_is_internal() -> None:
    settings = {"handbook.toml": '[site]\nvisibility = "public"\n'}
    closed = {"processes/release/xalvault.yaml": f"visibility: internal\n{secret.VAULT}"}
    rows = found({**secret.FILES, **settings, **closed})
    assert {(path, line, rule) for path, line, rule, _ in rows} == {
        (GUIDE, 18, "internal-link"),
        (GUIDE, 20, "internal-link"),
        (GUIDE, 26, "internal-link"),
        (PROCESS, 18, "internal-reference"),
    }


def found(files: Mapping[str, str]) -> list[tuple[str, int, str, str]]:
    """Return the findings about what is public, in their order."""
    sources = literal(files)
    findings = check(sources, read_settings(sources)[0], date(2026, 11, 20))
    return [
        (one.path, one.span.line, one.rule, one.message)
        for one in findings
        if one.rule in ("internal-reference", "internal-link", "public-draft")
    ]
