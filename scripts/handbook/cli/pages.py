"""`handbook pages`: the pages as plain Markdown files, for any generator of sites."""

from __future__ import annotations

import argparse
import json
import os
import posixpath
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handbook import check, files
from handbook.cli.launch.address import site
from handbook.cli.today import option
from handbook.errors import CLEAN, UserError
from handbook.model.handbook import Handbook
from handbook.model.visibility import INTERNAL, PUBLIC
from handbook.site import navigation, standalone, term
from handbook.site.around import Around
from handbook.site.known import around, left_out
from handbook.site.pages import pages, public
from handbook.site.public.edition import edition
from handbook.sources import SITE, beside
from handbook.workspace import Workspace, open_workspace

EXAMPLE = "handbook pages --out build/pages"

#: the list of what an earlier run wrote; only these files are ever removed
MANIFEST = ".handbook-pages.json"
SETTINGS = ".mkdocs.yml"  #: what they are without the plugin; hidden, so that no generator publishes it


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--out",
        metavar="FOLDER",
        required=True,
        help="where to write; earlier pages that are gone are removed",
    )
    parser.add_argument(
        "--visibility",
        choices=(INTERNAL, PUBLIC),
        default=INTERNAL,
        help="who may read them: public leaves out everything that is internal (default: %(default)s)",
    )
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the generated pages, and beside them a copy of those written by hand, which win."""
    workspace = open_workspace(arguments.root)
    out = os.path.realpath(arguments.out)
    _refuse(out, workspace)
    before = _known(out)
    handbook = check.load(workspace.sources(), workspace.settings).handbook
    make = _public if arguments.visibility == PUBLIC else _internal
    made = make(workspace, handbook, arguments.today or date.today())
    changed = _write(out, {path: text for path, text in made.texts.items() if path not in made.copied})
    changed += _copy(out, made.copied)
    paths = {*made.texts, *made.copied}
    removed = _remove(out, before - paths)
    _put(out, MANIFEST, json.dumps(sorted(paths), indent=0) + "\n")
    _put_settings(out, workspace, made, paths)
    sys.stdout.write(f"{arguments.out}: {len(paths)} files, {changed} written anew, {removed} removed\n")
    return CLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What to write: texts by path, files to copy by path, and the settings of the site's navigation."""

    texts: Mapping[str, str]
    copied: Mapping[str, str]
    sections: Mapping[str, list[navigation.Entry]]
    terms: Sequence[Sequence[str]]
    is_public: bool


def _internal(workspace: Workspace, handbook: Handbook, today: date) -> _Made:
    known = around(workspace, handbook, today, site(workspace.root, None))
    for said in filter(None, (known.why, left_out(handbook))):
        sys.stderr.write(f"handbook: {said}\n")
    by_hand = _by_hand(os.path.join(workspace.root, workspace.settings.docs))
    return _Made(
        texts={path: page.text for path, page in pages(handbook, workspace.settings, known).items()},
        copied={path: full for path, full in by_hand if path not in known.marked},
        sections=navigation.sections(handbook, workspace.settings),
        terms=term.marks(handbook),
        is_public=False,
    )


def _public(workspace: Workspace, handbook: Handbook, today: date) -> _Made:
    by_hand = dict(_by_hand(os.path.join(workspace.root, workspace.settings.docs)))
    found = edition(
        handbook,
        workspace.settings,
        workspace.sources(),
        by_hand,
        _asked(workspace),
        lambda path: _read(by_hand[path]),
    )
    known = Around(site=site(workspace.root, None))
    texts = {path: page.text for path, page in public(found, known).items()}
    return _Made(
        texts={**texts, **found.written},
        copied={path: by_hand[path] for path in found.files},
        sections=navigation.sections(found.handbook, found.settings, empty=False),
        terms=term.marks(found.handbook),
        is_public=True,
    )


def _asked(workspace: Workspace) -> list[str]:
    """Return the files that the settings of the site name."""
    source = beside(workspace.sources(), SITE)
    try:
        return standalone.files(source.decode("utf-8", "replace")) if source is not None else []
    except standalone.NoSettings as why:
        raise _unreadable(why) from None


def _unreadable(why: standalone.NoSettings) -> UserError:
    return UserError(f"{SITE} cannot be read: {why}", "`mkdocs build` says where")


def _read(full: str) -> str:
    with open(full, encoding="utf-8", errors="replace") as file:
        return file.read()


def _put_settings(out: str, workspace: Workspace, made: _Made, paths: set[str]) -> None:
    """Write the settings that build the site from the pages, if the handbook has settings for MkDocs."""
    source = beside(workspace.sources(), SITE)
    if source is None:
        return
    pages = [path for path in paths if path.endswith(".md")]
    way = os.path.relpath(os.path.join(workspace.root, SITE), out).replace(os.sep, "/")

    def filled(nav: list[navigation.Entry]) -> list[navigation.Entry]:
        full = navigation.filled(nav, made.sections, pages)
        return navigation.within(full, pages) if made.is_public else full

    try:
        text = standalone.settings(
            source.decode("utf-8", "replace"),
            way,
            filled,
            made.terms,
            workspace.settings.search,
            is_public=made.is_public,
        )
    except standalone.NoSettings as why:
        raise _unreadable(why) from None
    _put(out, SETTINGS, text)


def _refuse(out: str, workspace: Workspace) -> None:
    """Refuse to write among the sources, or over files that are not ours."""
    for folder in workspace.settings.folders:
        source = os.path.realpath(os.path.join(workspace.root, folder))
        if os.path.commonpath((out, source)) in (out, source):
            raise UserError(
                f'"{folder}" holds sources, so pages cannot be written there',
                "name another folder, such as build/pages",
            )
    if os.path.lexists(out) and not os.path.isdir(out):
        raise UserError(f'"{out}" is not a folder', "name a folder, or one that is not there yet")
    if os.path.isdir(out) and os.listdir(out) and not os.path.exists(os.path.join(out, MANIFEST)):
        raise UserError(f'"{out}" holds files that `handbook pages` did not write', "name an empty folder")


def _known(out: str) -> set[str]:
    """Return the paths that an earlier run wrote."""
    try:
        with open(os.path.join(out, MANIFEST), encoding="utf-8") as file:
            listed = json.load(file)
    except (OSError, ValueError):
        return set()
    return (
        {path for path in listed if isinstance(path, str) and _is_inside(path)}
        if isinstance(listed, list)
        else set()
    )


def _is_inside(path: str) -> bool:
    return not posixpath.isabs(path) and posixpath.normpath(path) == path and not path.startswith("..")


def _by_hand(docs: str) -> Iterator[tuple[str, str]]:
    """Yield path and full path of each file below the folder of the pages, without hidden ones and symbolic links."""
    for folder, below, names in os.walk(docs):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            full = os.path.join(folder, name)
            if not name.startswith(".") and os.path.isfile(full) and not os.path.islink(full):
                yield os.path.relpath(full, docs).replace(os.sep, "/"), full


def _write(out: str, texts: Mapping[str, str]) -> int:
    return sum(_put(out, path, text) for path, text in texts.items())


def _put(out: str, path: str, text: str) -> bool:
    full = os.path.join(out, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    return files.write(full, text)


def _copy(out: str, copied: Mapping[str, str]) -> int:
    """Copy the files that are not the same there already; return how many."""
    changed = 0
    for path, source in copied.items():
        target = os.path.join(out, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not _same(source, target):
            shutil.copyfile(source, f"{target}.part")
            os.replace(f"{target}.part", target)
            changed += 1
    return changed


def _same(source: str, target: str) -> bool:
    import filecmp

    return os.path.isfile(target) and filecmp.cmp(source, target, shallow=False)


def _remove(out: str, stale: set[str]) -> int:
    """Remove pages that are gone, and the folders that they leave empty."""
    gone = [path for path in sorted(stale) if os.path.lexists(os.path.join(out, path))]
    for path in gone:
        os.unlink(os.path.join(out, path))
        folder = os.path.dirname(path)
        while folder and not os.listdir(os.path.join(out, folder)):
            os.rmdir(os.path.join(out, folder))
            folder = os.path.dirname(folder)
    return len(gone)
