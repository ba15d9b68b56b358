"""Stories of messages: squashes, merges, trailers, encodings, people, and commits of the tool."""

from __future__ import annotations

from tests.changes.books import ROLES, put
from tests.changes.stories import QA, REVIEW, SIX, Story, case, hours, page, review


@case(
    "T04 a squash of the tool is as many entries as it has parts, and names no co-author as text",
    "New (notes) | Tell reverts. | from #9, feat(notes): tell reverts (#9)",
    "New (tool) | Another thing. | from #9, feat(notes): tell reverts (#9)",
    "Mended (tool) | A third thing. | from #9, feat(notes): tell reverts (#9)",
    "Thanks to Ann and Test Person.",
)
def _(story: Story) -> None:
    story.change(
        "feat(notes): tell reverts (#9)\n\n* feat: another thing\n\n* fix: a third thing\n\n"
        "* chore: nothing\n\nCo-authored-by: Ann <ann@example.com>"
    )


@case("T04b a squash of the handbook gives every reason", f"{REVIEW} | Why: The audit | Why: The law | from #9, Ask Security first (#9)")  # fmt: skip
def _(story: Story) -> None:
    story.change("Ask Security first (#9)\n\n* One\n\nWhy: The audit\n\n* Two\n\nWhy: The law", review)


@case(
    "T05-T07 breaking changes of the tool are found in every way in which they are marked",
    "Breaking (tool) | No Python 3.10. | from feat!: no Python 3.10",
    "Breaking (api) | One way in. | from refactor(api)!: one way in",
    "Breaking (tool) | Other names. Rename your files by hand. | from fix: other names",
    "Breaking (tool) | Other folders. Move them. | from chore: other folders",
)
def _(story: Story) -> None:
    story.change("feat!: no Python 3.10")
    story.change("refactor(api)!: one way in")
    story.change("fix: other names\n\nBREAKING CHANGE: rename your files\nby hand")
    story.change("chore: other folders\n\nBREAKING-CHANGE: move them")


@case("T08 a merged pull request is told by its commits and its number, once", f"{REVIEW} | Why: The audit | from #7, Ask Security first")  # fmt: skip
def _(story: Story) -> None:
    story.branch("review")
    story.change("Ask Security first\n\nWhy: The audit", review)
    story.main()
    story.change("Elsewhere, so that nothing is fast-forwarded")
    story.merge("review", "Merge pull request #7 from us/review\n\nAsk Security first")


@case(
    "T08b a merge that had to be resolved by hand is part of the way",
    "Product manager (role) | Product manager has 9 hours a week for process work. | from #7, Less, More, Merge pull request #7 from us/more",
    f"{QA} | from Time for QA",
)
def _(story: Story) -> None:
    story.branch("more")
    story.change("More", hours("pm", "6h"))
    story.main()
    story.change("Less", hours("pm", "3h"))
    story.merge("more", "unused", "--strategy=ours")
    story.write({ROLES: {**story.files[ROLES], "pm": {**story.files[ROLES]["pm"], "capacity": "9h"}}})
    story.git("add", "--all")
    story.git("commit", "--quiet", "--amend", "--message", "Merge pull request #7 from us/more")
    story.files[ROLES]["pm"]["capacity"] = "9h"
    story.change("Time for QA", hours("qa-lead", "2h"))


@case(
    "T08c a merge of two edits of one file makes nothing by itself",
    f"{SIX} | from More",
    f"{QA} | from Time for QA",
)
def _(story: Story) -> None:
    story.branch("more")
    story.change("More", hours("pm", "6h"))
    story.main()
    story.files[ROLES]["pm"].pop("capacity")
    story.change("Time for QA", hours("qa-lead", "2h"))
    story.merge("more", "Merge branch 'more'")


@case("T08d a merge commit of the tool is not counted beside what it brings", "New (tool) | A tool. | from #7, feat: a tool")  # fmt: skip
def _(story: Story) -> None:
    story.branch("tool")
    story.commit("feat: a tool", {"tool.py": ""})
    story.main()
    story.merge("tool", "Merge pull request #7 from us/tool\n\nfeat: a tool")


@case("T09 markup in a message is only text", "New (tool) | <script>alert(1)</script> | *b* @all. | from feat: <script>alert(1)</script> | *b* @all")  # fmt: skip
def _(story: Story) -> None:
    story.change("feat: <script>alert(1)</script> | *b* @all")


@case(
    "T10 messages in Latin-1 are read, declared or not",
    "Mended (tool) | Das Café. | from fix: das Café, fix: das Café",
)
def _(story: Story) -> None:
    (story.folder / "message").write_bytes("fix: das Café".encode("latin-1"))
    story.git("commit", "--quiet", "--allow-empty", "--file", "message")
    story.git("-c", "i18n.commitEncoding=latin-1", "commit", "--quiet", "--allow-empty", "--file", "message")


@case(
    "T11-T14 a lenient subject is read, plain and fixup ones are not the tool's",
    "New (A/B, C) | One. | from Feat(A/B, C): one",
    "Mended (tool) | X. | from fix:x",
)
def _(story: Story) -> None:
    for subject in (
        "Feat(A/B, C): one",
        "fix:x",
        "Plain words",
        "fixup! feat: one",
        "squash! fix: x",
        "docs: words",
    ):
        story.change(subject)


@case("T15 a long-lived branch belongs to the release into which it is merged", f"{SIX} | from More time")
def _(story: Story) -> None:
    story.branch("long-lived")
    story.change("More time", hours("pm", "6h"))
    story.main()
    story.change("Released meanwhile", tag="v2")
    story.merge("long-lived", "Merge branch 'long-lived'")
    story.before = "v2"


@case(
    "T18 what touches the handbook is told by its meaning, also with a conventional subject",
    f"{SIX} | from feat: more time",
)
def _(story: Story) -> None:
    story.change("feat: more time", hours("pm", "6h"))


@case("P09 control bytes, CRLF and reordering signs are harmless", f"{SIX} | Why: \u202ebecause\u0001 | from More \u001ftime")  # fmt: skip
def _(story: Story) -> None:
    story.files[ROLES]["pm"]["capacity"] = "6h"
    story.write(story.files)
    story.git("add", "--all")
    (story.folder / ".git/message").write_bytes(
        "More \x1ftime\r\n\r\n\x01:100644\r\n\r\nWhy: \u202ebecause\x01\r\n".encode()
    )
    story.git("commit", "--quiet", "--cleanup=verbatim", "--file", ".git/message")


@case("P09b a commit without a message has its id", f"{SIX} | from no message")
def _(story: Story) -> None:
    story.change("", hours("pm", "6h"))


@case("P09c a huge message is as good as another", f"{SIX} | Why: It is | from More time")
def _(story: Story) -> None:
    text = "More time\n\n" + "long lines of text " * 50_000 + "\n\nWhy: It is"
    (story.folder / ".git/message").write_text(text, encoding="utf-8")
    story.change("More time", hours("pm", "6h"))
    story.git("commit", "--quiet", "--amend", "--file", ".git/message")


@case("P14 a change that needs no note is counted and not told", f"{QA} | from Time for QA", "1 change is left out: who made it asked for no note.")  # fmt: skip
def _(story: Story) -> None:
    story.change("More time\n\nRelease-Note: none", hours("pm", "6h"))
    story.change("Time for QA", hours("qa-lead", "2h"))


@case("P14b a change that also another commit made is told all the same", "Product manager (role) | Product manager has 9 hours a week for process work. | from Some, More")  # fmt: skip
def _(story: Story) -> None:
    story.change("Some\n\nRelease-Note: None.", hours("pm", "6h"))
    story.change("More", hours("pm", "9h"))


@case(
    "P14c pages and the tool may ask for no note, too",
    "3 changes are left out: who made them asked for no note.",
)
def _(story: Story) -> None:
    story.change("feat: a secret\n\nRelease-Note: none")
    story.change("More\n\nRelease-Note: none", hours("pm", "6h"))
    story.change("A page\n\nRelease-Note: none", page("docs/a.md", "# A\n\nText."))


@case("P14d a note of the author's is a line of its record", f"{SIX} | Ask your lead for *them*. | Why: Launches | from More time")  # fmt: skip
def _(story: Story) -> None:
    story.change("More time\n\nWhy: Launches\nRelease-Note: Ask your lead for *them*.", hours("pm", "6h"))


@case(
    "P07 people are named once, by .mailmap, and machines are not",
    "Thanks to Ann Ash, Bo Birch and Test Person.",
)
def _(story: Story) -> None:
    mailmap = "Ann Ash <ann@example.com> <a@old.example>\nBo Birch <bo@example.com> bo <bo@old.example>\n"
    people = (
        "ann <a@old.example>", "Ann Ash <ann@example.com>", "bo <bo@old.example>", "Ann Ash <1+annash@users.noreply.github.com>",
        "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", "renovate <bot@renovateapp.com>",
        "GitHub <noreply@github.com>", "Kubernetes Prow Robot <k8s-ci-robot@users.noreply.github.com>",
    )  # fmt: skip
    story.commit("Names", {".mailmap": mailmap})
    story.change("Words\n\n" + "\n".join(f"Co-authored-by: {one}" for one in people))
    story.git("commit", "--quiet", "--allow-empty", "--message", "Old", "--author", "ann <a@old.example>")
    story.git(
        "commit",
        "--quiet",
        "--allow-empty",
        "--message",
        "Bump",
        "--author",
        "renovate[bot] <1+renovate[bot]@users.noreply.github.com>",
    )


@case(
    "P07b one account of GitHub is one person, and no address is told",
    "Thanks to jo, Jo March and Test Person.",
)
def _(story: Story) -> None:
    co = ("Jo <7+JoM@users.noreply.github.com>", "Jo March <JoM@users.noreply.github.com>", "jo@example.com <jo@example.com>", "x <>", "broken")  # fmt: skip
    story.change(
        "Words\n\n" + "\n".join(f"Co-Authored-By: {one}" for one in co[:3]) + f"\nCo-authored-by: {co[4]}"
    )


@case("P01 effective days and reasons may stand in any paragraph", f"{SIX} | Why: A | Effective: 2027-01-04 | from More time")  # fmt: skip
def _(story: Story) -> None:
    story.change("More time\n\nEffective: 2027-01-04\n\nText that goes on.\n\nWhy: A", hours("pm", "6h"), put(ROLES, "pm", "title", "Product manager"))  # fmt: skip
