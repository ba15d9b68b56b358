"""The only module that talks to git.

Bytes and histories come from git's plumbing, through subprocesses: in a commit hook every millisecond is
felt. GitPython, whose import alone takes longer than reading a whole tree, is used where it is at home,
in references and configuration.

How git is run, so that nobody's configuration counts, is in `handbook.git.plumbing`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from handbook.errors import COULD_NOT_RUN, UserError
from handbook.git import commit, forge, log, pipe, tags
from handbook.git.commit import Commit
from handbook.git.plumbing import begin, checked, rows, run
from handbook.git.tree import Tree
from handbook.sources import SETTINGS, Sources, belongs

_FILES = (b"100644", b"100755")  # not symbolic links, not submodules
_DEEPEN = "fetch the rest with `git fetch --unshallow --tags`; in a workflow, check out with `fetch-depth: 0`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """The repository around a handbook. `prefix` is where the handbook is in it: empty, or a path that ends in `/`."""

    top: str
    folder: str  #: git's own folder
    prefix: str
    shallow: bool
    #: full ids, which stay what they are, with what they were called
    _known: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def resolve(self, revision: str) -> str:
        """Return the full id of the commit that a revision names.

        Raises:
            UserError: there is no such commit; the message names a tag or branch that is near.
        """
        if revision in self._known:
            return revision
        if revision and not revision.startswith("-"):
            found = run(self.top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if found.returncode == 0:
                sha = found.stdout.decode().strip()
                self._known[sha] = revision
                return sha
        raise self._unknown(revision)

    def sources(self, revision: str, folders: Iterable[str]) -> Sources:
        """Return the handbook at a revision: its settings, and the records and pages below `folders`."""
        folders = tuple(folders)
        sha = self.resolve(revision)
        listed = self._ask("ls-tree", "-r", "-z", "--full-tree", sha, "--", *self._below(folders))
        return self._tree(((mode, oid, path) for (mode, _, oid), path in rows(listed)), folders)

    def staged(self, folders: Iterable[str]) -> Sources:
        """Return the handbook as a commit would record it now.

        Raises:
            UserError: a file has a merge conflict that is not resolved.
        """
        folders = tuple(folders)
        listed = self._ask("ls-files", "--stage", "-z", "--", *self._below(folders), index=self._index())
        entries = list(rows(listed))
        for (_, _, stage), path in entries:
            if stage != b"0":
                message = f"{commit.path(path)} has a merge conflict"
                raise UserError(message, "resolve it, then `git add` the file")
        return self._tree(((mode, oid, path) for (mode, oid, _), path in entries), folders)

    def commits(self, before: str | None, after: str) -> list[Commit]:
        """Return the commits that `after` has and `before` lacks, oldest first; without `before`, all of them.

        Raises:
            UserError: the clone is shallow and the range needs what it does not have.
        """
        return self._log(before, after)

    def main_line_commits(self, before: str | None, after: str) -> list[Commit]:
        """Return the commits of the first-parent line, oldest first. A merge has all that it brought.

        Raises:
            UserError: the clone is shallow and the range needs what it does not have.
        """
        return self._log(before, after, log.MAIN_LINE)

    def expect(self, before: str, after: str) -> None:
        """Have git look for what `commits` and `alike` will be asked for, while other things are done."""
        log.expect(self.top, self._ends(before, after))
        begin(self.top, *self._alike(before, after))

    def _ends(self, before: str | None, after: str) -> list[str]:
        return [self.resolve(after), *([f"^{self.resolve(before)}"] if before is not None else ())]

    def _log(self, before: str | None, after: str, how: tuple[str, ...] = ()) -> list[Commit]:
        found = log.commits(self.top, self.prefix, self._ends(before, after), how)
        cut = self._boundary()
        if any(one.sha in cut for one in found):
            start, end = (self._known.get(end or "", end) for end in (before, after))
            where = f"{start}..{end}" if before is not None else f"the history of {end}"
            raise UserError(
                f"this is a shallow clone, and {where} reaches beyond what it has",
                _DEEPEN,
                code=COULD_NOT_RUN,
            )
        return found

    def differing(self, before: str, after: str) -> frozenset[str]:
        """Return the files of the handbook that two revisions do not have in common, or not alike."""
        flags = ("-r", "-z", "--name-only", *log.SETTLED)
        listed = self._ask("diff-tree", *flags, self.resolve(before), self.resolve(after), "--")
        paths = (commit.path(entry) for entry in listed.split(b"\0") if entry)
        return frozenset(path.removeprefix(self.prefix) for path in paths if path.startswith(self.prefix))

    def parting(self, revision: str) -> str:
        """Return the last commit that HEAD and a revision have in common.

        Raises:
            UserError: they have none, or the clone is too shallow to tell.
        """
        found = run(self.top, "merge-base", self.resolve(revision), self.resolve("HEAD"))
        if found.returncode:
            message = f'what is checked out and "{revision}" have no commit in common'
            if self.shallow:
                raise UserError(f"{message} in this shallow clone", _DEEPEN, code=COULD_NOT_RUN)
            raise UserError(message, "name a revision that it comes from")
        return found.stdout.decode().strip()

    def main_line(self) -> str:
        """Return the branch that proposals are merged into: that of `origin`, else main or master, else HEAD."""
        head = run(self.top, "rev-parse", "--abbrev-ref", "--verify", "--quiet", "origin/HEAD")
        candidates = [commit.text(head.stdout).strip(), "origin/main", "origin/master", "main", "master"]
        for name in filter(None, candidates):
            if run(self.top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").returncode == 0:
                return name
        return "HEAD"

    def tag_names(self) -> list[str]:
        """Return the names of all tags."""
        return list(tags.listed(self.top))

    def tag(self, name: str, message: str) -> None:
        """Set a tag with a message at what is checked out.

        Raises:
            UserError: the tag is there already, or git does not know whose tag it is.
        """
        done = run(self.top, "tag", "--annotate", f"--message={message}", name, "HEAD")
        if done.returncode:
            said = commit.text(done.stderr).strip()
            hint = "another run may have been quicker: `handbook release` again finds out"
            if "user.email" in said or "identity" in said:
                hint = "tell git who you are: git config user.name and git config user.email"
            raise UserError(
                f"{name} could not be tagged: {said.rpartition(chr(10))[2]}", hint, code=COULD_NOT_RUN
            )

    def last_tag(self, revision: str, wanted: Callable[[str], bool] | None = None) -> str | None:
        """Return the tag from which the notes of a revision begin, or None; `tags.last` says which one that is.

        With `wanted` only such tags count.
        """
        return tags.last(self.top, self.resolve(revision), wanted)

    def tags_at(self, revision: str) -> list[str]:
        """Return the tags of a commit, the one that names its release first."""
        sha = self.resolve(revision)
        return tags.best(tag for tag, id in tags.listed(self.top).items() if id == sha)

    def is_released(self, revision: str) -> bool:
        """Whether a tag names it or a version has it. Without any version, nothing is ever released, and so nothing is unreleased."""
        return tags.released(self.top, self.resolve(revision))

    def has(self, revision: str, shas: Iterable[str]) -> frozenset[str]:
        """Return those of some commits that a revision has in its history."""
        end = self.resolve(revision)
        ask = ("merge-base", "--is-ancestor")
        return frozenset(sha for sha in shas if run(self.top, *ask, sha, end).returncode == 0)

    def alike(self, before: str, after: str) -> frozenset[str]:
        """Return the commits of a range whose change `before` has as well, by another commit: cherry-picks and backports."""
        listed = self._ask(*self._alike(before, after))
        return frozenset(line[1:] for line in listed.decode().split() if line.startswith("="))

    def _alike(self, before: str, after: str) -> tuple[str, ...]:
        ends = f"{self.resolve(before)}...{self.resolve(after)}"
        return ("rev-list", "--right-only", "--cherry-mark", "--no-merges", ends, "--")

    def naming(self, revision: str, word: str, folder: str) -> frozenset[str]:
        """Return the files below a folder of the handbook in which a word stands, at a revision."""
        sha, below = self.resolve(revision), f"{self.prefix}{folder}"
        flags = ("-l", "-z", "--full-name", "--fixed-strings", "--no-recurse-submodules")
        found = run(self.top, "grep", *flags, "-e", word, sha, "--", below)
        listed = b"" if found.returncode == 1 else checked(found)
        paths = (commit.path(entry.partition(b":")[2]) for entry in listed.split(b"\0") if entry)
        return frozenset(path.removeprefix(self.prefix) for path in paths)

    def contents(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of blobs with their ids, each once, and never a whole history in memory."""
        return pipe.contents(self.top, ids)

    def names(self) -> list[str]:
        """Return the tags and branches, for suggestions."""
        import git

        with git.Repo(self.top) as repository:
            return [reference.name for reference in (*repository.tags, *repository.branches)]

    def people(self) -> str:
        """Return the id of the .mailmap that says what people are called; nothing where there is none."""
        found = run(self.top, "rev-parse", "--verify", "--quiet", "HEAD:.mailmap")
        return found.stdout.decode().strip()

    def address(self, given: str) -> str:
        """Return where the repository is in the browser: what the settings give, if a link may lead there, else its remote."""
        return forge.linkable(given) or self.remote_address()

    def remote_address(self) -> str:
        """Return where the remote `origin` is in the browser, or nothing where it is a local path."""
        found = run(self.top, "config", "--local", "--get", "remote.origin.url")
        return forge.address(commit.path(found.stdout).strip()) if found.returncode == 0 else ""

    def _below(self, folders: Iterable[str]) -> list[str]:
        return [f"{self.prefix}{path}" for path in (SETTINGS, *folders)]

    def _tree(self, entries: Iterable[tuple[bytes, bytes, bytes]], folders: Iterable[str]) -> Sources:
        found = {
            commit.path(path).removeprefix(self.prefix): oid.decode()
            for mode, oid, path in entries
            if mode in _FILES
        }
        wanted = sorted(path for path in found if path == SETTINGS or belongs(path, folders))
        return Tree(self.top, {path: found[path] for path in wanted})

    def _ask(self, *arguments: str, index: str | None = None) -> bytes:
        return checked(run(self.top, *arguments, index=index))

    def _index(self) -> str | None:
        """The index that is about to be committed, where a hook names one of this repository.

        `git commit FILE` and `git commit --all` build it beside the usual one, and only it holds their files.
        """
        given = os.environ.get("GIT_INDEX_FILE", "")
        path = os.path.realpath(os.path.join(self.top, given))
        return path if given and path.startswith(os.path.realpath(self.folder) + os.sep) else None

    def _boundary(self) -> frozenset[str]:
        if not self.shallow:
            return frozenset()
        name = commit.path(self._ask("rev-parse", "--git-path", "shallow")).strip()
        with open(os.path.join(self.top, name), encoding="ascii") as file:
            return frozenset(file.read().split())

    def _unknown(self, revision: str) -> UserError:
        from handbook.text.near import did_you_mean

        if run(self.top, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
            return UserError(
                "there is no commit yet", "the history begins with the first `git commit`", code=COULD_NOT_RUN
            )
        hint = "name a tag, a branch or the id of a commit"
        if self.shallow:
            hint = (
                "this is a shallow clone, so it may lack it: `git fetch --unshallow --tags` fetches the rest"
            )
        return UserError(f'there is no revision "{revision}"{did_you_mean(revision, self.names())}', hint)


def open_repository(root: str) -> Repository:
    """Return the repository around a handbook's folder.

    Raises:
        UserError: git is not installed, there is no repository, or git does not trust it.
    """
    found = run(
        root, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--is-shallow-repository", "--show-prefix"
    )
    said = commit.text(found.stderr).strip()
    if "dubious ownership" in said:
        raise UserError(
            f"git does not trust the folder {root}, because somebody else owns it",
            f"if you do: git config --global --add safe.directory {root}",
            code=COULD_NOT_RUN,
        )
    if found.returncode:
        raise UserError(
            f"{root} is not in a git repository",
            "history needs one: `git init`, or clone it with git",
            code=COULD_NOT_RUN,
        )
    top, folder, shallow, prefix = commit.path(found.stdout).split("\n")[:4]
    return Repository(top=top, folder=folder, prefix=prefix, shallow=shallow == "true")
