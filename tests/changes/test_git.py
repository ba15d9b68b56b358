"""Reading git: whole trees, the index and histories, whatever the person at the keyboard has configured."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from handbook.errors import COULD_NOT_RUN, WRONG_USE, UserError
from handbook.git import forge
from handbook.git.commit import pull_request, trailers
from handbook.git.repository import open_repository
from tests.changes.repositories import Repository

FOLDERS = ("processes", "docs")
FILE = "processes/a.yaml"


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_a_revision_is_its_settings_records_and_pages_in_order(made: Repository) -> None:
    files = {"handbook.toml": "", "docs/b.md": "# B", "processes/release/c.yaml": "c: ü", FILE: "a: 1"}
    sha = made.commit(
        "First", {**files, "README.md": "", "docs/picture.png": "", "processes/.hidden.yaml": ""}
    )
    made.commit("Second", {FILE: "a: 2"})
    sources = open_repository(str(made.folder)).sources(sha, FOLDERS)
    assert list(sources) == ["docs/b.md", "handbook.toml", FILE, "processes/release/c.yaml"]
    assert {path: source.decode() for path, source in sources.items()} == files
    assert sources[FILE] == b"a: 1"


def test_blobs_can_be_read_in_any_order(made: Repository) -> None:
    sha = made.commit("First", {f"processes/{number:04}.yaml": f"n: {number}" for number in range(600)})
    sources = open_repository(str(made.folder)).sources(sha, FOLDERS)
    paths = list(sources)
    assert sources[paths[599]] == b"n: 599"
    assert [sources[path] for path in paths] == [f"n: {number}".encode() for number in range(600)]
    assert sources[paths[3]] == b"n: 3"
    with pytest.raises(KeyError):
        sources["processes/none.yaml"]


def test_links_and_submodules_are_left_out(made: Repository, tmp_path: Path) -> None:
    made.write({FILE: "a: 1"})
    (made.folder / "processes/link.yaml").symlink_to(tmp_path / "secret.yaml")
    made.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},processes/module.yaml")
    sha = made.commit("First")
    assert list(open_repository(str(made.folder)).sources(sha, FOLDERS)) == [FILE]


def test_a_handbook_in_a_subfolder_has_paths_of_its_own(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repository", handbook="company/[hand]book")
    sha = made.commit("First", {FILE: "a: 1"})
    (made.folder / "processes").mkdir()
    (made.folder / "processes/other.yaml").write_text("b: 1", encoding="utf-8")
    made.commit("Second")
    repository = open_repository(str(made.root))
    assert list(repository.sources("HEAD", FOLDERS)) == [FILE]
    assert [commit.paths for commit in repository.commits(None, "HEAD")] == [(FILE,), ()]
    assert repository.differing(sha, "HEAD") == frozenset()


def test_names_with_spaces_quotes_and_umlauts_stay_as_they_are(made: Repository) -> None:
    names = ["processes/a b.yaml", 'processes/"q".yaml', "processes/ü\n.yaml"]
    made.commit("First", dict.fromkeys(names, "a: 1"))
    repository = open_repository(str(made.folder))
    assert sorted(repository.sources("HEAD", FOLDERS)) == sorted(names)
    assert repository.commits(None, "HEAD")[0].paths == tuple(sorted(names))


def test_the_index_is_what_would_be_committed(made: Repository) -> None:
    made.commit("First", {FILE: "a: 1", "processes/b.yaml": "b: 1"})
    made.write({FILE: "a: 2", "processes/b.yaml": "b: 2", "processes/c.yaml": "c: 1"})
    made.git("add", FILE)
    repository = open_repository(str(made.folder))
    assert dict(repository.staged(FOLDERS)) == {FILE: b"a: 2", "processes/b.yaml": b"b: 1"}


def test_a_conflict_in_the_index_is_said(made: Repository) -> None:
    made.commit("First", {FILE: "a: 1"})
    made.git("checkout", "--quiet", "-b", "other")
    made.commit("Other", {FILE: "a: 2"})
    made.git("checkout", "--quiet", "main")
    made.commit("Mine", {FILE: "a: 3"})
    with pytest.raises(subprocess.CalledProcessError):
        made.git("merge", "other")
    with pytest.raises(UserError, match="has a merge conflict"):
        open_repository(str(made.folder)).staged(FOLDERS)


def test_a_hook_sees_what_is_being_committed_and_not_the_outer_repository(
    made: Repository, tmp_path: Path
) -> None:
    """`git commit FILE` gives its hooks an index of their own; GIT_DIR is that of the commit, wherever we look."""
    other = Repository(tmp_path / "other")
    other.commit("Elsewhere", {FILE: "elsewhere: 1"})
    made.commit("First", {FILE: "a: 1", "processes/b.yaml": "b: 1"})
    hook = made.folder / ".git/hooks/pre-commit"
    script = (
        "from handbook.git.repository import open_repository\n"
        f"for root in ({str(made.folder)!r}, {str(other.folder)!r}):\n"
        f"    print(sorted(open_repository(root).staged({FOLDERS!r}).values()))\n"
    )
    (tmp_path / "hook.py").write_text(script, encoding="utf-8")
    hook.write_text(
        f"#!/bin/sh\nexec '{sys.executable}' '{tmp_path}/hook.py' > '{tmp_path}/seen'\n", encoding="utf-8"
    )
    hook.chmod(0o755)
    made.write({FILE: "a: 2", "processes/b.yaml": "b: 2"})
    made.git("commit", "--quiet", "--message", "Second", FILE, PYTHONPATH=os.pathsep.join(sys.path))
    assert (tmp_path / "seen").read_text().splitlines() == ["[b'a: 2', b'b: 1']", "[b'elsewhere: 1']"]


def test_a_commit_says_what_its_message_says(made: Repository) -> None:
    body = "Text: not a trailer\n\nWhy: The audit asked for it,\nand so did Security\nEffective: 2027-01-01\nCo-authored-by: A <a@b.c>"
    first = made.commit("First", {FILE: "a: 1"})
    sha = made.commit(f"  Ask Security first (#12)\n\n{body}\n\n", {FILE: "a: 2", "docs/b.md": "# B"})
    (commit,) = open_repository(str(made.folder)).commits(first, sha)
    assert (commit.sha, commit.parents, commit.short) == (sha, (first,), sha[:7])
    assert (commit.subject, commit.pull_request) == ("Ask Security first (#12)", 12)
    assert (commit.author, commit.email, commit.committed_on) == (
        "Test Person",
        "test@example.com",
        date(2026, 10, 6),
    )
    assert commit.paths == ("docs/b.md", FILE)
    assert commit.trailer("why") == ("The audit asked for it, and so did Security",)
    assert commit.trailer("Effective") == ("2027-01-01",)


def test_a_range_is_what_one_end_reaches_and_the_other_does_not(made: Repository) -> None:
    made.commit("Root", {FILE: "a: 1"})
    made.git("checkout", "--quiet", "-b", "long-lived")
    old = made.commit("Old work on a branch", {"processes/b.yaml": "b: 1"})
    made.git("checkout", "--quiet", "main")
    made.commit("Released", {FILE: "a: 2"}, tag="v1")
    made.git(
        "merge", "--quiet", "--no-ff", "long-lived", "--message", "Merge pull request #7 from us/long-lived"
    )
    found = open_repository(str(made.folder)).commits("v1", "HEAD")
    assert found[0].sha == old
    assert [(commit.subject, commit.pull_request, commit.paths) for commit in found] == [
        ("Old work on a branch", None, ("processes/b.yaml",)),
        ("Merge pull request #7 from us/long-lived", 7, ()),
    ]


@pytest.mark.parametrize(
    "message", ["", "\x01\x1f:100644 one\n\n:x", "Fix\n\n" + "long " * 20_000, "Ä\r\n\r\nbody\r\n"]
)
def test_any_message_is_one_commit(made: Repository, message: str) -> None:
    made.commit("First", {FILE: "a: 1"})
    made.commit(message, {FILE: "a: 2"})
    made.commit("Last")
    found = open_repository(str(made.folder)).commits(None, "HEAD")
    assert len(found) == int(made.git("rev-list", "--count", "HEAD")) == 3
    assert [commit.paths for commit in found] == [(FILE,), (FILE,), ()]
    assert found[2].subject == "Last"


def test_old_encodings_are_read(made: Repository) -> None:
    made.commit("First", {FILE: "a: 1"})
    (made.folder / "message").write_bytes("Das Café".encode("latin-1"))
    made.git("commit", "--quiet", "--allow-empty", "--file", "message")
    made.git("-c", "i18n.commitEncoding=latin-1", "commit", "--quiet", "--allow-empty", "--file", "message")
    subjects = [commit.subject for commit in open_repository(str(made.folder)).commits(None, "HEAD")]
    assert subjects == ["First", "Das Café", "Das Café"]


def test_what_somebody_has_configured_changes_nothing(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made.commit("First", {FILE: "a: 1", "processes/ü.yaml": "u: 1"})
    made.git("mv", FILE, "processes/z.yaml")
    made.commit("Second (#3)")
    repository = open_repository(str(made.folder))
    plain = (
        repository.commits(None, "HEAD"),
        dict(repository.sources("HEAD", FOLDERS)),
        repository.differing(first, "HEAD"),
    )
    odd = {
        "log.showSignature": "true", "log.showRoot": "false", "log.follow": "true", "log.date": "relative", "log.diffMerges": "first-parent",
        "log.decorate": "full", "format.pretty": "oneline", "diff.renames": "copies", "diff.noprefix": "true", "diff.relative": "true",
        "diff.external": "false", "diff.orderFile": "/nowhere", "core.quotePath": "true", "color.ui": "always", "core.pager": "false",
        "i18n.logOutputEncoding": "latin-1", "mailmap.file": "/nowhere", "core.fsmonitor": "/nowhere", "core.abbrev": "4",
    }  # fmt: skip
    for name, value in odd.items():
        made.git("config", name, value)
    for name in (
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_EXTERNAL_DIFF",
        "GIT_NAMESPACE",
    ):
        monkeypatch.setenv(name, "/nowhere")
    again = open_repository(str(made.folder))
    assert (
        again.commits(None, "HEAD"),
        dict(again.sources("HEAD", FOLDERS)),
        again.differing(first, "HEAD"),
    ) == plain
    assert [commit.paths for commit in plain[0]] == [(FILE, "processes/ü.yaml"), (FILE, "processes/z.yaml")]


def test_the_last_tag_is_the_nearest_that_can_be_reached(made: Repository) -> None:
    made.commit("First", {FILE: "a: 1"}, tag="v1")
    made.git("checkout", "--quiet", "-b", "hotfix")
    made.commit("Hotfix", {FILE: "a: 9"}, tag="v1.0.1")
    made.git("checkout", "--quiet", "main")
    made.commit("Second", {FILE: "a: 2"})
    repository = open_repository(str(made.folder))
    assert repository.last_tag("HEAD") == "v1"
    made.git("tag", "v2")
    made.git("tag", "latest")
    assert repository.tags_at("HEAD") == ["v2", "latest"]
    assert repository.last_tag("HEAD") == "v1"
    assert repository.last_tag("v1") is None


def test_an_unknown_revision_is_said_with_one_that_is_near(made: Repository) -> None:
    made.commit("First", {FILE: "a: 1"}, tag="v2026.10.0")
    repository = open_repository(str(made.folder))
    with pytest.raises(UserError) as caught:
        repository.resolve("v2026.10.1")
    assert caught.value.message == 'there is no revision "v2026.10.1"; did you mean "v2026.10.0"?'
    assert caught.value.code == WRONG_USE
    for odd in ("", "--all", "HEAD:processes"):
        with pytest.raises(UserError, match="there is no revision"):
            repository.resolve(odd)


def test_a_repository_without_a_commit_is_said(made: Repository) -> None:
    with pytest.raises(UserError, match="there is no commit yet"):
        open_repository(str(made.folder)).commits(None, "HEAD")


def test_a_shallow_clone_refuses_what_it_cannot_know(made: Repository, tmp_path: Path) -> None:
    made.commit("First", {FILE: "a: 1"}, tag="v1")
    made.commit("Second", {FILE: "a: 2"})
    made.commit("Third", {FILE: "a: 3"})
    made.git("clone", "--quiet", "--depth=2", f"file://{made.folder}", str(tmp_path / "shallow"))
    repository = open_repository(str(tmp_path / "shallow"))
    assert [commit.subject for commit in repository.commits("HEAD~1", "HEAD")] == ["Third"]
    with pytest.raises(UserError, match="shallow clone, and the history of HEAD reaches beyond") as caught:
        repository.commits(None, "HEAD")
    assert (caught.value.code, "fetch-depth: 0" in caught.value.hint) == (COULD_NOT_RUN, True)
    with pytest.raises(UserError, match='there is no revision "v1"') as caught:
        repository.commits("v1", "HEAD")
    assert "git fetch --unshallow" in caught.value.hint


def test_a_partial_clone_fetches_nothing_by_itself(made: Repository, tmp_path: Path) -> None:
    first = made.commit("First", {FILE: "a: 1"})
    made.commit("Second", {FILE: "a: 2"})
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("clone", "--quiet", "--filter=blob:none", f"file://{made.folder}", str(tmp_path / "partial"))
    repository = open_repository(str(tmp_path / "partial"))
    assert repository.sources("HEAD", FOLDERS)[FILE] == b"a: 2"
    with pytest.raises(UserError, match="does not have every file of its history"):
        repository.sources(first, FOLDERS)[FILE]


def test_a_folder_outside_of_git_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not in a git repository") as caught:
        open_repository(str(tmp_path))
    assert caught.value.code == COULD_NOT_RUN


def test_a_machine_without_git_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="git is not installed"):
        open_repository(str(tmp_path))


def test_a_worktree_is_a_repository_too(made: Repository, tmp_path: Path) -> None:
    made.commit("First", {FILE: "a: 1"})
    made.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    repository = open_repository(str(tmp_path / "tree"))
    assert dict(repository.sources("HEAD", FOLDERS)) == dict(repository.staged(FOLDERS)) == {FILE: b"a: 1"}


REMOTES = {
    "https://github.com/example/handbook.git": "https://github.com/example/handbook",
    "https://user:secret@github.com/example/handbook": "https://github.com/example/handbook",
    "git@github.com:example/handbook.git": "https://github.com/example/handbook",
    "ssh://git@git.example.com:2222/group/sub/handbook.git/": "https://git.example.com/group/sub/handbook",
    "http://git.example.com:8080/handbook": "https://git.example.com:8080/handbook",
    "/srv/git/handbook.git": "",
    "../handbook": "",
    "file:///srv/git/handbook.git": "",
    "C:\\git\\handbook": "",
    "work:example/handbook": "",
    "https://github.com/example/hand)book](javascript:alert(1))": "",
    "": "",
}


@pytest.mark.parametrize(
    ("remote", "expected"), REMOTES.items(), ids=[f"{row}" for row in range(len(REMOTES))]
)
def test_the_address_of_a_remote_can_be_opened_and_holds_no_password(remote: str, expected: str) -> None:
    assert forge.address(remote) == expected


def test_the_remote_is_origin_as_this_repository_has_it(made: Repository) -> None:
    repository = open_repository(str(made.folder))
    assert repository.remote_address() == ""
    made.git("remote", "add", "origin", "git@github.com:example/handbook.git")
    made.git("config", "url.https://elsewhere.example/.insteadOf", "git@github.com:")
    assert repository.remote_address() == "https://github.com/example/handbook"


def test_each_host_has_its_own_addresses() -> None:
    assert forge.commit("https://github.com/a/b", "c0ffee") == "https://github.com/a/b/commit/c0ffee"
    assert forge.pull_request("https://github.com/a/b/", 12) == "https://github.com/a/b/pull/12"
    assert (
        forge.commit("https://gitlab.example.com/a/b", "c0ffee")
        == "https://gitlab.example.com/a/b/-/commit/c0ffee"
    )
    assert forge.pull_request("https://bitbucket.org/a/b", 12) == "https://bitbucket.org/a/b/pull-requests/12"


@pytest.mark.parametrize(
    ("subject", "body", "number"),
    [
        ("Merge pull request #12 from a/b", "", 12),
        ("Ask first (#12)", "", 12),
        ("Ask first (#12) again", "", None),
        ("Ask first (#1) and then (#12)", "", 12),
        ("Ask first (#1234567890)", "", None),
        ("#12)", "", None),
        ("Merged in a/b (pull request #12)", "", 12),
        ("Merge branch 'a' into 'main'", "Ask first\n\nSee merge request group/handbook!12", 12),
        ("Fix #12", "", None),
    ],
)
def test_a_message_names_its_pull_request(subject: str, body: str, number: int | None) -> None:
    assert pull_request(subject, body) == number


def test_trailers_of_a_squash_are_found_in_every_paragraph() -> None:
    body = "* One\n\nWhy: because\n\n* Two\n\nWhy: also this\nSigned-off-by: A\n\nSee: text that goes on\nhere: too"
    assert trailers(body) == (
        ("Why", "because"),
        ("Why", "also this"),
        ("Signed-off-by", "A"),
        ("See", "text that goes on here: too"),
    )


FORMS = {
    "the second line left empty": ("Why: a reason\nEffective:", (("Why", "a reason"),)),
    "the first line left empty": ("Why:\nEffective: 2027-01-01", (("Effective", "2027-01-01"),)),
    "both left empty": ("Why:\nEffective: \n", ()),
    "the value below": ("Why:\ntwo incidents\nEffective: 2027-01-01", (("Why", "two incidents"), ("Effective", "2027-01-01"))),
}  # fmt: skip


@pytest.mark.parametrize(("body", "found"), FORMS.values(), ids=list(FORMS))
def test_a_line_of_a_form_that_nobody_filled_in_says_nothing(
    body: str, found: tuple[tuple[str, str], ...]
) -> None:
    assert trailers(body) == found
