"""Release notes in Markdown: what changed, for people who follow the handbook. Pure.

Titles and messages come from whoever wrote them, so all text is made safe for Markdown and HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handbook.changes.history import History, Traced
from handbook.changes.level import Level
from handbook.git import forge
from handbook.git.commit import Commit
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.text import markup
from handbook.text.words import count, day, listed, sentence

_MOST_LINKS = 8  #: commits and pull requests named for one record; a thousand of them say nothing more
_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CALLS = re.compile(
    r"(&#64;|&#35;)(?=\w)"
)  # @name and #12, which a Git host turns into a message to somebody

_TRAILERS = ("Why", "Effective")

#: heading -> the levels of the changes below it
_SECTIONS: tuple[tuple[str, tuple[Level, ...]], ...] = (
    ("What you must do differently", (Level.BREAKING, Level.ACTION)),
    ("Worth knowing", (Level.INFO,)),
)


def notes(history: History, title: str, repository: str) -> str:
    """Return the notes of the handbook `title` as Markdown.

    `repository` is its address at the Git host, or empty: then nothing is linked.
    """
    changes = [traced for traced in history.changes if traced.change.level > Level.EDITORIAL]
    if history.before is None:
        return _document(_heading(history, title), _first(history, repository), _unreadable(history))
    new = [traced for traced in changes if _is_new(traced)]
    rest = [traced for traced in changes if not _is_new(traced)]
    told: set[Name] = set()
    sections = []
    for title, levels in _SECTIONS:
        here = [traced for traced in rest if traced.change.level in levels]
        sections.append(_section(title, here, repository, told))
        told |= {traced.change.subject for traced in here}
    return _document(
        _heading(history, title),
        _summary(history, rest, new),
        *sections,
        _under("New", _listed_as_new(new, repository)),
        _wording(history),
        _unreadable(history),
    )


def safe(text: str) -> str:
    """Return text from outside so that it is only shown: no markup, no hidden reordering, nobody notified."""
    return _CALLS.sub("\\1\u2060", markup.text(_REORDERING.sub("", text)))


def _document(*blocks: str) -> str:
    return markup.join(*blocks) + "\n"


def _heading(history: History, title: str) -> str:
    end = f" ({day(history.last.committed_on)})" if history.last else ""
    if history.before is None:
        return f"# {safe(title)} at {safe(history.after)}{end}"
    return f"# What changed from {safe(history.before)} to {safe(history.after)}{end}"


def _summary(history: History, rest: Sequence[Traced], new: Sequence[Traced]) -> str:
    if not history.commits:
        return "Nothing changed: there is no commit in this range."
    numbers = {commit.pull_request for commit in history.commits} - {None}
    work = count(len(history.commits), "commit") + (
        f" in {count(len(numbers), 'pull request')}" if numbers else ""
    )
    if not rest and not new:
        only = any(history.changes) or any(history.pages)
        return f"{'Only wording changed' if only else 'No record changed'}, in {work}. Nobody has to do anything differently."
    counts = [
        (sum(one.change.level >= Level.ACTION for one in rest), "to act on"),
        (sum(one.change.level == Level.INFO for one in rest), "worth knowing"),
    ]
    told = [f"{count(number, 'change')} {what}" for number, what in counts if number]
    told += [f"{count(len(new), 'new record')}"] if new else []
    return f"{sentence(listed(told))}, from {work}."


def _section(title: str, changes: Sequence[Traced], repository: str, told: set[Name]) -> str:
    """Changes grouped by record. The reasons of a record that was `told` before are not repeated."""
    groups: dict[Name, list[Traced]] = {}
    for traced in sorted(changes, key=lambda one: -one.change.level):
        groups.setdefault(traced.change.subject, []).append(traced)
    ordered = sorted(groups.items(), key=lambda group: _importance(group[1]))
    return _under(
        title, markup.join(*(_group(found, repository, name not in told) for name, found in ordered))
    )


def _importance(changes: Sequence[Traced]) -> tuple[int, int, str]:
    """Records with the weightiest changes come first, then processes before launches, and so on."""
    first = changes[0].change
    return (-first.level, list(KINDS).index(first.subject.kind), first.title)


def _group(changes: Sequence[Traced], repository: str, reasons: bool) -> str:
    """One record: its title, a line for each change, why and from when, and where it comes from."""
    commits = _commits(changes)
    kind = KINDS[changes[0].change.subject.kind].title.lower()
    lines = [f"{safe(traced.change.short)}." for traced in changes]
    if reasons:
        lines += [f"*{name}: {safe(text)}*" for name in _TRAILERS for text in _trailers(commits, name)]
    heading = f"### {safe(changes[0].change.title)} ({kind})"
    return markup.join(heading, markup.bullets(lines), _sources(commits, repository))


def _commits(changes: Iterable[Traced]) -> list[Commit]:
    found = {commit.sha: commit for traced in changes for commit in traced.commits}
    return list(found.values())


def _trailers(commits: Iterable[Commit], name: str) -> Iterable[str]:
    return dict.fromkeys(text for commit in commits for text in commit.trailer(name))


def _sources(commits: Sequence[Commit], repository: str) -> str:
    """Where changes come from: pull requests, and the commits that came without one."""
    numbers = dict.fromkeys(commit.pull_request for commit in commits if commit.pull_request is not None)
    found = [_link(f"#{number}", repository and forge.pull_request(repository, number)) for number in numbers]
    found += [_link(commit.short, repository and forge.commit(repository, commit.sha)) for commit in commits]
    more = [f"{len(found) - _MOST_LINKS} more"] if len(found) > _MOST_LINKS else []
    return f"From {listed([*found[:_MOST_LINKS], *more])}." if found else ""


def _link(label: str, address: str) -> str:
    return f"[{label}]({address})" if address else label


def _is_new(traced: Traced) -> bool:
    return traced.change.kind == f"{traced.change.subject.kind}-added"


def _listed_as_new(changes: Iterable[Traced], repository: str) -> str:
    return markup.bullets(_new(traced, repository) for traced in changes)


def _new(traced: Traced, repository: str) -> str:
    kind = KINDS[traced.change.subject.kind].title.lower()
    source = _sources(traced.commits, repository)
    return f"**{safe(traced.change.title)}** ({kind}): {safe(traced.summary)}" + (
        f" {source}" if source else ""
    )


def _first(history: History, repository: str) -> str:
    """Everything is new, so a compact list by kind says more than a hundred sentences."""
    if not history.changes:
        return "There is no record yet."
    kinds = [
        (kind, [one.change.title for one in history.changes if one.change.subject.kind == kind.name])
        for kind in KINDS.values()
    ]
    lines = [
        f"**{kind.plural}** ({len(titles)}): {', '.join(map(safe, sorted(titles)))}"
        for kind, titles in kinds
        if titles
    ]
    return markup.join(
        f"{count(len(history.changes), 'record')} from {count(len(history.commits), 'commit')}.",
        markup.bullets(lines),
    )


def _wording(history: History) -> str:
    titles = dict.fromkeys(one.change.title for one in history.changes if one.change.level == Level.EDITORIAL)
    told = [safe(title) for title in titles]
    told += [count(len(history.pages), "page")] if history.pages else []
    return _under("Wording", f"Reworded or tidied up, with the same meaning: {listed(told)}." if told else "")


def _unreadable(history: History) -> str:
    lines = (f"{safe(one.title)} at {safe(one.revision)}: {safe(one.why)}" for one in history.unreadable)
    body = markup.bullets(lines)
    return _under("Could not be compared", body)


def _under(title: str, body: str) -> str:
    return f"## {title}\n\n{body}" if body else ""
