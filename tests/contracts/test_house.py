"""The house: one room, one purpose. What docs/explanation/architecture.md says of modules holds."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ENGINE = ROOT / "scripts/handbook"
MODULES = sorted(ROOT.glob("scripts/**/*.py"))
IDS = [str(path.relative_to(ROOT)) for path in MODULES]

ENTRIES = {
    "README.md", "LICENSE", "CONTRIBUTING.md", "Makefile", "pyproject.toml", "handbook.toml", "mkdocs.yml",
    ".pre-commit-config.yaml", ".pre-commit-hooks.yaml", ".github", ".ci", ".editorconfig", ".gitattributes", ".gitignore",
    "processes", "docs", "schemas", "scripts", "tests",
}  # fmt: skip
BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base", "core", "lib"}


def tracked() -> list[str]:
    """The paths that git knows; of an unpacked archive, all of them."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    return [path for path in done.stdout.split("\0") if path]


def test_the_top_holds_only_the_entries_of_the_design() -> None:
    paths = tracked()
    if not paths:
        pytest.skip("not a git repository")
    assert {path.partition("/")[0] for path in paths} - ENTRIES == set()


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_module_has_at_most_300_lines_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_module_is_called_after_a_thing(path: Path) -> None:
    assert path.stem not in BANNED
    assert re.fullmatch(r"__\w+__|[a-z]+(_[a-z]+)*", path.stem)


def imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_only_one_package_talks_to_git() -> None:
    users = {
        str(path.relative_to(ENGINE)): imports(path) & {"git", "gitdb", "pygit2", "dulwich", "subprocess"}
        for path in MODULES
        if path.is_relative_to(ENGINE)
    }
    assert {path: found for path, found in users.items() if found} == {
        "git/repository.py": {"git"},
        "git/plumbing.py": {"subprocess"},
        "git/spawn.py": {"subprocess"},
        "site/pagefind_index.py": {"subprocess"},  # which runs Pagefind, and knows no git
    }


def test_git_is_run_only_for_the_package_that_talks_to_it() -> None:
    users = {path.parent for path in MODULES if "handbook.git.plumbing" in path.read_text(encoding="utf-8")}
    assert users == {ENGINE / "git"}


#: the core has no clock, no environment and no terminal: these modules are its edges
EDGES = (
    "cli/",
    "site/again.py",
    "site/assets.py",
    "site/mkdocs.py",
    "site/dressing.py",
    "site/pagefind_index.py",
    "publish/",
    "git/",
    "check/session.py",
    "files.py",
    "progress.py",
    "sources.py",
    "workspace.py",
    "__main__.py",
    "schema/files.py",
)
CORE = [
    path
    for path in MODULES
    if path.is_relative_to(ENGINE) and not str(path.relative_to(ENGINE)).startswith(EDGES)
]
OUTSIDE = {"open", "print", "input"}


@pytest.mark.parametrize("path", CORE, ids=[str(path.relative_to(ROOT)) for path in CORE])
def test_the_core_takes_values_and_returns_values(path: Path) -> None:
    assert imports(path) & {
        "os",
        "sys",
        "time",
        "random",
        "socket",
        "urllib",
        "http",
        "tempfile",
        "shutil",
    } <= {"sys", "os"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    reads = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert calls & OUTSIDE == set()
    assert (
        reads
        & {"os.environ", "os.getcwd", "sys.stdout", "sys.stderr", "sys.argv", "date.today", "datetime.now"}
        == set()
    )


def test_every_rule_is_reached_through_its_group() -> None:
    script = (
        "import importlib, sys; from handbook.rules.registry import rules; known = set(rules());"
        "[importlib.import_module(f'handbook.rules.{name}') for name in sys.argv[1:]]; print(*sorted(set(rules()) - known))"
    )
    names = sorted(path.stem for path in (ENGINE / "rules").glob("[a-z]*.py"))
    done = subprocess.run(
        [sys.executable, "-c", script, *names], capture_output=True, text=True, check=True, timeout=60
    )
    assert len(names) > 40
    assert done.stdout == "\n"


def test_nothing_imports_the_command_line_but_itself() -> None:
    inside = [
        path for path in MODULES if path.is_relative_to(ENGINE) and not path.is_relative_to(ENGINE / "cli")
    ]
    users = {
        str(path.relative_to(ENGINE)) for path in inside if "handbook.cli" in path.read_text(encoding="utf-8")
    }
    assert users <= {"__main__.py"}
