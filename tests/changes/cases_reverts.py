"""Stories of work that was taken back, and of work that came twice."""

from __future__ import annotations

from tests.changes.books import RELEASE, ROLES, TEMPLATE, drop, put
from tests.changes.stories import QA, REVIEW, SIX, Story, case, hours, review

GONE = "Launch management (process) | “Security review” is no longer required before “Go or stop?”."
PURPOSE = put(RELEASE, "purpose", "A launch surprises nobody.")


@case("T01 a plain change is told with its commit", f"{SIX} | from More time")
def _(story: Story) -> None:
    story.change("More time", hours("pm", "6h"))


@case("T02 a feature and its revert in the range are nothing")
def _(story: Story) -> None:
    story.change("Ask Security first", review)
    story.undo()


@case(
    "T03 a revert of a revert tells the feature, with its own reason",
    f'{REVIEW} | Why: The audit | from Ask Security first, Reapply "Ask Security first"',
)
def _(story: Story) -> None:
    story.change("Ask Security first\n\nWhy: The audit", review)
    story.undo()
    sha = story.git("rev-parse", "HEAD")
    story.undo(message=f'Reapply "Ask Security first"\n\nThis reverts commit {sha}.')


@case(
    "T03b a revert of a revert tells the feature, with git's older words",
    f'{REVIEW} | Why: The audit | from Ask Security first, Revert "Revert "Ask Security first""',
)
def _(story: Story) -> None:
    story.change("Ask Security first\n\nWhy: The audit", review)
    story.undo()
    story.undo(message='Revert "Revert "Ask Security first""')


@case("T03c a revert of a revert of a revert is nothing")
def _(story: Story) -> None:
    story.change("Ask Security first", review)
    for _ in range(3):
        story.undo()


def _released(story: Story) -> str:
    """Ask Security in a release, v2, from which the notes then begin."""
    sha = story.change("Ask Security first (#12)", review, tag="v2")
    story.before = "v2"
    return sha


@case(
    "T16 a revert of what was released says what it takes back",
    f'{GONE} | Reverted: “Ask Security first” (<Ask Security first (#12)>) | from Revert "Ask Security first (#12)"',
)
def _(story: Story) -> None:
    _released(story)
    story.undo()


@case(
    "T16b a revert without an id is known by its subject",
    f'{GONE} | Reverted: “Ask Security first” | from #15, Revert "Ask Security first (#12)" (#15)',
)
def _(story: Story) -> None:
    _released(story)
    story.undo(message='Revert "Ask Security first (#12)" (#15)\n\nReverts example/handbook#12')


@case(
    "T16c a revert with a subject of its own is known by the id",
    f"{GONE} | Reverted: <Ask Security first (#12)> | from Back to four steps",
)
def _(story: Story) -> None:
    sha = _released(story)
    story.undo(message=f"Back to four steps\n\nThis reverts commit {sha}.")


@case(
    "T16d what was taken back before the range comes again",
    f'{REVIEW} | Reapplied: “Ask Security first” (<Revert "Ask Security first">) | from Reapply "Ask Security first"',
)
def _(story: Story) -> None:
    story.change("Ask Security first", review)
    sha = story.undo()
    story.git("tag", "v2")
    story.before = "v2"
    story.undo(message=f'Reapply "Ask Security first"\n\nThis reverts commit {sha}.')


@case("T16e a revert of released work that is reverted in turn is nothing")
def _(story: Story) -> None:
    _released(story)
    story.undo()
    story.undo()


@case(
    "P05 what is undone does not give its reason to the rest of the record",
    f"{SIX} | Why: Real | from More time",
)
def _(story: Story) -> None:
    story.change("Try it\n\nWhy: An idea", put(ROLES, "pm", "title", "Product owner"))
    story.change("More time\n\nWhy: Real", hours("pm", "6h"))
    story.change("Not after all\n\nWhy: Regret", put(ROLES, "pm", "title", "Product manager"))


@case("P05b a revert whose subject was cut is matched", "New (tool) | A very long subject about many things. | from feat: a very long subject about many things")  # fmt: skip
def _(story: Story) -> None:
    story.change("feat: a very long subject about many things")
    story.change('Revert "feat: a very long subject…"')
    story.change('Reapply "feat: a very long subject…"')


@case("P05c a revert of the tool by its pull request is nothing")
def _(story: Story) -> None:
    story.change("feat: a tool (#7)")
    story.change("Take it out (#8)\n\nReverts example/handbook#7")


@case("P05d a revert of the tool that names a commit of nowhere is matched by its subject")
def _(story: Story) -> None:
    story.change("feat: a tool (#7)")
    story.change(f'Revert "feat: a tool" (#8)\n\nThis reverts commit {"b" * 40}.')


@case(
    "P05e a revert by id does not take back another commit of the same subject",
    "Mended (tool) | A typo. | from fix: a typo",
    'Reverted (tool) | A typo. | from Revert "fix: a typo"',
)
def _(story: Story) -> None:
    sha = story.change("fix: a typo", tag="v2")
    story.before = "v2"
    story.change("fix: a typo")
    story.change(f'Revert "fix: a typo"\n\nThis reverts commit {sha}.')


@case("T17 a hotfix that was released on a branch is not told again")
def _(story: Story) -> None:
    sha = story.change("More time", hours("pm", "6h"))
    story.branch("hotfix", "v1")
    story.git("cherry-pick", "-x", sha)
    story.git("tag", "v1.0.1")
    story.main()
    story.before = "v1.0.1"


@case("T17b a fix of the tool that was released on a branch is not told again")
def _(story: Story) -> None:
    sha = story.commit("fix: exit with 1", {"tool.py": "exit(1)"})
    story.branch("hotfix", "v1")
    story.git("cherry-pick", "-x", sha)
    story.git("tag", "v1.0.1")
    story.main()
    story.before = "v1.0.1"


@case("T17c a backport that is merged back is told once", f"{SIX} | from #9, More time (#9)")
def _(story: Story) -> None:
    sha = story.change("More time (#9)", hours("pm", "6h"))
    story.branch("hotfix", "v1")
    story.git("cherry-pick", "-x", sha)
    story.main()
    story.merge("hotfix", "Merge branch 'hotfix'")


@case(
    "T17d a backport of the tool that is merged back is told once",
    "Mended (tool) | Exit with 1. | from fix: exit with 1",
)
def _(story: Story) -> None:
    sha = story.commit("fix: exit with 1", {"tool.py": "exit(1)"})
    story.branch("hotfix", "v1")
    story.git("cherry-pick", "-x", sha)
    story.main()
    story.merge("hotfix", "Merge branch 'hotfix'")


@case(
    "P06 each record of a catalogue has only its own commits and reasons",
    f"{SIX} | Why: More launches | from More time",
    f"{QA} | from Time for QA",
)
def _(story: Story) -> None:
    story.change("More time\n\nWhy: More launches", hours("pm", "6h"))
    story.change("Time for QA", hours("qa-lead", "2h"))


@case(
    "P06b one commit for two records gives both its reason",
    f"{SIX} | Why: More launches | from More time",
    f"{QA} | Why: More launches | from More time",
)
def _(story: Story) -> None:
    story.change("More time\n\nWhy: More launches", hours("pm", "6h"), hours("qa-lead", "2h"))


@case("P06c a commit that only sorts or comments a file made no change", f"{SIX} | from More time")
def _(story: Story) -> None:
    story.change("More time", hours("pm", "6h"))
    roles = dict(sorted(story.files[ROLES].items(), reverse=True))
    story.commit("Sort the roles\n\nWhy: Order", {ROLES: roles})
    story.commit(
        "Say who they are\n\nWhy: Clarity", {ROLES: "# Roles\n" + (story.folder / ROLES).read_text()}
    )


@case("P06d the last of several values is told, with every step to it", f"{SIX} | from Some time, More time")
def _(story: Story) -> None:
    story.change("Some time", hours("pm", "3h"))
    story.change("More time", hours("pm", "6h"))


@case("P06e a detour to another value and back is not part of the way", f"{SIX} | from More time")
def _(story: Story) -> None:
    story.change("More time", hours("pm", "6h"))
    story.change("Even more", hours("pm", "9h"))
    story.change("Not so much", hours("pm", "6h"))


@case(
    "P06f two changes of one record have their own commits",
    f"{REVIEW} | from Ask first",
    "Launch management (process) | Launch management is now meant for Product manager. | from Longer",
)
def _(story: Story) -> None:
    story.change("Longer", put(RELEASE, "audience", ["pm"]))
    story.change("Ask first", review)


@case("P06g wording that was taken back and forth is nothing")
def _(story: Story) -> None:
    story.change("Words", PURPOSE)
    story.undo()


@case("P06h a record that went and came again is nothing")
def _(story: Story) -> None:
    kept = story.files[TEMPLATE]
    story.git("rm", "--quiet", TEMPLATE)
    story.commit("Without the template")
    story.commit("With the template", {TEMPLATE: kept})


@case(
    "P06i a risk that is left out has its commit",
    "Shared dashboards (launch) | “Nobody notices” is no longer a risk. | from No risk",
)
def _(story: Story) -> None:
    story.change("No risk", drop("processes/launches/plans/dashboards.yaml", "risks"))
