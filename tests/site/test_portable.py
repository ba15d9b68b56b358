"""The same site without the plugin, and with the program that continues MkDocs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import yaml

from handbook.cli import run
from handbook.site.assets import SCRIPTS
from handbook.site.standalone import NoSettings, settings
from tests.site.building import CONFIG, build, found, handbook, others, site

pytest.importorskip("material", reason="the site is an extra: pip install process-handbook[site]")

#: what a handbook needs beside its written pages
THREE_LINES = "INHERIT: build/pages/.mkdocs.yml\ndocs_dir: build/pages\nsite_dir: build/site\n"


def without_plugin(root: Path) -> Path:
    """Write the pages and build them without the plugin; return the site."""
    assert run(["pages", "--root", str(root), "--out", str(root / "build/pages")]) == 0
    (root / "plain.yml").write_text(THREE_LINES, encoding="utf-8")
    status, said = build(root, "--strict", "--config-file", "plain.yml")
    assert status == 0, said
    assert "WARNING" not in said
    return root / "build/site"


@pytest.mark.parametrize(
    ("features", "addresses"),
    [
        ("navigation.prune, navigation.tabs, navigation.indexes, navigation.footer", "true"),
        ("navigation.sections", "false"),
        ("navigation.expand, toc.integrate", "true"),
    ],
    ids=["as here", "sections and files", "all open"],
)
def test_written_pages_give_the_same_site_without_the_plugin(
    tmp_path: Path, features: str, addresses: str
) -> None:
    usual = "navigation.prune, navigation.tabs, navigation.indexes, navigation.footer"
    config = CONFIG.replace(usual, features) + f"use_directory_urls: {addresses}\n"
    root = handbook(tmp_path / "small", config)
    assert build(root, "--strict")[0] == 0
    plain = without_plugin(root)
    assert site(root / "site") == site(plain, finish=True)
    assert len(site(plain)) > 20
    assert found(root / "site") == found(plain)
    assert others(root / "site") == others(plain)


def test_a_theme_that_shows_in_the_navigation_which_page_is_open_shows_that(tmp_path: Path) -> None:
    """Then a section cannot be rendered once for all of its pages."""
    root = handbook(tmp_path / "small", CONFIG.replace("font: false", "font: false\n  custom_dir: theme"))
    (root / "theme/partials").mkdir(parents=True)
    (root / "theme/partials/nav.html").write_text(
        '{% import "partials/nav-item.html" as item with context %}\n<b>{{ page.title }}</b>\n<ul>\n'
        '{% for each in nav.items %}\n{{ item.render(each, "__nav", 1) }}\n{% endfor %}\n</ul>\n',
        encoding="utf-8",
    )
    assert build(root, "--strict")[0] == 0
    assert "<b>Four</b>" in site(root / "site")["guides/more/four/index.html"]
    assert site(root / "site") == site(without_plugin(root), finish=True)


@pytest.mark.skipif(
    not importlib.util.find_spec("properdocs"), reason="it is an extra: pip install properdocs"
)
def test_properdocs_builds_the_same_site(tmp_path: Path) -> None:
    root = handbook(tmp_path / "small")
    assert build(root, "--strict")[0] == 0
    status, said = build(
        root, "--strict", "--config-file", "mkdocs.yml", "--site-dir", "other", program="properdocs"
    )
    assert status == 0, said
    assert site(root / "site") == site(root / "other")
    assert found(root / "site") == found(root / "other")


def parsed(source: str) -> dict[str, object]:
    """The settings that stand for some others, with nothing in the place of folders."""
    text = settings(source, "../mkdocs.yml", lambda nav: [entry for entry in nav if entry != "roles/"])
    assert text.startswith("# Written by")
    read: dict[str, object] = yaml.load(text.replace("!ENV", "!!str"), Loader=yaml.SafeLoader)
    return read


def test_settings_without_the_plugin_keep_the_others_with_their_options() -> None:
    read = parsed(
        "nav: [index.md, roles/]\nplugins: [search: {lang: [en]}, handbook, tags]\nextra: {a: !ENV B}\n"
    )
    assert read["plugins"] == [{"search": {"lang": ["en"]}}, "tags"]
    assert read["nav"] == ["index.md"]
    assert read["INHERIT"] == "../mkdocs.yml"
    assert read["edit_uri"] == ""


def test_plugins_that_are_a_mapping_become_a_list_for_a_mapping_would_be_merged() -> None:
    assert parsed("plugins: {search: {lang: en}, handbook: {}}\n")["plugins"] == [{"search": {"lang": "en"}}]


def test_a_tag_that_only_mkdocs_understands_stays() -> None:
    text = settings(
        "plugins: [search: {enabled: !ENV [SEARCH, true]}]\n", "../mkdocs.yml", lambda nav: list(nav)
    )
    assert "!ENV" in text


def test_settings_have_what_the_plugin_adds_beside_what_is_there() -> None:
    read = parsed("extra_javascript: [own.js]\nmarkdown_extensions: {toc: {permalink: true}}\n")
    assert read["extra_javascript"] == ["own.js", *SCRIPTS]
    assert read["markdown_extensions"] == [{"toc": {"permalink": True}}, "handbook.site.boxes"]


def test_settings_without_a_navigation_get_none() -> None:
    assert "nav" not in parsed("site_name: Small\n")


@pytest.mark.parametrize("source", ["plugins: [", "- a list\n", ""], ids=["no YAML", "a list", "nothing"])
def test_settings_that_cannot_be_read_are_said_to_be_so(source: str) -> None:
    with pytest.raises(NoSettings):
        settings(source, "../mkdocs.yml", lambda nav: list(nav))


def test_pages_are_not_written_where_the_settings_of_the_site_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = handbook(tmp_path / "small", "plugins: [\n")
    assert run(["pages", "--root", str(root), "--out", str(root / "build/pages")]) == 2
    assert "mkdocs.yml cannot be read" in capsys.readouterr().err
