"""A small handbook on disk, and builds of its site in this process and in one of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from handbook.site.finish import finished
from tests.site import small

CONFIG = """\
site_name: Small
theme:
  name: material
  font: false
  features: [navigation.prune, navigation.tabs, navigation.indexes, navigation.footer]
plugins: [search, handbook]
nav:
  - Home: index.md
  - Processes: processes/
  - Launches: [launches/, Templates: launch-templates/]
  - Roles and teams: [Roles: roles/, Teams: teams/]
  - Guides: [guides/, More: guides/more/]
  - Alone: alone.md
  - Site: https://example.com/
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - tables
  - toc: {permalink: true}
  - pymdownx.superfences
  - pymdownx.highlight
  - pymdownx.tasklist: {custom_checkbox: true}
validation: {links: {anchors: warn, unrecognized_links: warn, absolute_links: warn}}
"""

#: pages by hand: neighbours, one folder in another, one beside all folders, and signs that a search has to leave alone
PAGES = {
    "docs/index.md": "# Home\n\n[Processes](processes/index.md), [one](guides/one.md#first)\n",
    "docs/alone.md": "# Alone\n",
    "docs/guides/index.md": "# Guides\n",
    "docs/guides/one.md": "# One & only\n\nA [home](../index.md).\n\n## First\n\n- [ ] To *do* `a < b`\n\n## Second\n\n```python\nx = 1\n```\n",
    "docs/guides/two.md": "---\ntitle: The second\ntags: [a]\n---\n\n# Two\n\n!!! note\n    With **text**.\n\n    ## Inside\n\n## Next\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "docs/guides/more/three.md": "# Three\n\n## Left out { data-search-exclude }\n\nNot found.\n\n## Found\n\nYes.\n",
    "docs/guides/more/four.md": "# Four\n",
}


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def handbook(root: Path, config: str = CONFIG) -> Path:
    """Write the small handbook, its pages by hand and the settings of its site."""
    write(root, {**small.FILES, **PAGES, "mkdocs.yml": config})
    return root


def build(root: Path, *options: str, program: str = "mkdocs") -> tuple[int, str]:
    """Run `mkdocs build` in a process of its own, as people do; return its exit status and what it said."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", program, "build", *options]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def site(folder: Path, *, finish: bool = False) -> dict[str, str]:
    """Return the pages of a site by path, without white space around tags, and without what its head says of builders and feeds.

    The policy of a page and its imprint are left out too, and pages for paper, which the plugin alone fills. With
    `finish` a page is mended first, as the plugin does it last.
    """
    mended = finished if finish else str
    return {
        path.relative_to(folder).as_posix(): _plain(mended(path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*.html"))
        if not path.relative_to(folder).as_posix().endswith(("/print/index.html", "/print.html"))
    }


def found(folder: Path) -> list[str]:
    """Return what the search of a site knows, in an order that does not depend on that of its files."""
    index = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
    return sorted(json.dumps(entry, sort_keys=True) for entry in index["docs"])


def others(folder: Path) -> set[str]:
    """Return the paths of all other files of a site."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _plain(html: str) -> str:
    without = re.sub(
        r'<meta name="generator"[^>]*>|<link rel="alternate"[^>]*>|<meta http-equiv="Content-Security-Policy"[^>]*>'
        r"|(?<=<html) style='[^']*'|<p class=\"imprint\".*?</p>",
        "",
        html,
    )
    return re.sub(r"\s+", " ", re.sub(r"\s*(<[^>]*>)\s*", r"\1", without))
