"""Stories of files: moved, copied, split, broken, oddly named, and pages."""

from __future__ import annotations

import copy
import json

from tests.changes.books import EXPERIMENT, RELEASE, ROLES, TEMPLATE, put
from tests.changes.stories import REVIEW, SIX, Story, case, hours, page, review

SPEC = "docs/spec.md"
HOTFIX = "processes/release/hotfix.yaml"
TEXT = "# Rules\n\nWe meet on Monday and talk about what is open.\n\n## Leave\n\nTell your lead about it in time, and write it down.\n\n## Pay\n\nYou are paid on the last day of each month.\n"  # fmt: skip


@case(
    "P10 a record that is moved and edited keeps its history",
    f"{REVIEW} | from Ask first",
    "Launch management (process) | Launch management moved from “release” to “delivery”. | from Move it",
)
def _(story: Story) -> None:
    story.change("Ask first", review)
    new = "processes/delivery/launch-management.yaml"
    story.git("rm", "--quiet", RELEASE)
    story.commit("Move it", {new: story.files[RELEASE]})


@case("P10b a record that is moved there and back was not moved", f"{REVIEW} | from Ask first")
def _(story: Story) -> None:
    new = "processes/delivery/launch-management.yaml"
    story.git("rm", "--quiet", RELEASE)
    story.commit("Move it", {new: story.files[RELEASE]})
    review(story.files)
    story.commit("Ask first", {new: story.files[RELEASE]})
    story.git("rm", "--quiet", new)
    story.commit("Move it back", {RELEASE: story.files[RELEASE]})


@case(
    "P10c a record that is copied is new, and the other one is as it was",
    "Hotfix (process) | Repair it at once. | from Copy",
)
def _(story: Story) -> None:
    story.commit(
        "Copy", {HOTFIX: {**story.files[RELEASE], "title": "Hotfix", "summary": "Repair it at once."}}
    )


@case("P10d a mode is no meaning")
def _(story: Story) -> None:
    story.git("update-index", "--chmod=+x", RELEASE)
    story.git("commit", "--quiet", "--message", "Executable")
    story.git("checkout", "--quiet", "--", ".")


@case(
    "P10e a page whose name changes only in case was moved",
    "Spec (page) | The page is at “docs/spec.md” now; it was at “docs/Spec.md”. | from Small letters",
)
def _(story: Story) -> None:
    story.commit("Page", {"docs/Spec.md": "# Spec\n\nText."}, tag="v2")
    story.before = "v2"
    story.git("rm", "--quiet", "docs/Spec.md")
    story.commit("Small letters", {SPEC: "# Spec\n\nText."})


@case(
    "P10f a record that becomes a link is gone",
    "Checklist (experiment) | Experiment Checklist is gone. | from Link",
)
def _(story: Story) -> None:
    (story.folder / EXPERIMENT).unlink()
    (story.folder / EXPERIMENT).symlink_to("/etc/passwd")
    story.commit("Link")


@case("P10g a submodule is nothing of the handbook")
def _(story: Story) -> None:
    story.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},processes/release/module")
    story.git("commit", "--quiet", "--message", "Module")


@case(
    "P10h a record that was removed and added again with another value changed",
    f"{SIX} | from With roles",
)
def _(story: Story) -> None:
    story.git("rm", "--quiet", ROLES)
    story.git("commit", "--quiet", "--message", "Without roles")
    story.change("With roles", hours("pm", "6h"))


@case(
    "P10i one file becomes two: one record is new, the other changed",
    "Launch management (process) | “Announce” is no longer required after “Go or stop?”. | The answer “Go” to “Go or stop?” now leads to the end “Handed over” instead of “Announce”. | from Split",
    "Announcing (process) | Tell it. | from Split",
)
def _(story: Story) -> None:
    process = story.files[RELEASE]
    story.files[HOTFIX] = {
        **copy.deepcopy(process),
        "title": "Announcing",
        "summary": "Tell it.",
        "steps": [process["steps"].pop()],
    }
    process["steps"][-1]["options"][0] = {"when": "Go", "end": "Handed over"}
    story.change("Split", lambda files: None)


@case(
    "P10j names with quotes, line breaks and letters of any language are names",
    'a "b" (new page) | Text. | from Pages',
    "zwei\nzeilen (new page) | Text. | from Pages",
    "Überblick (new page) | Text. | from Pages",
)
def _(story: Story) -> None:
    story.commit(
        "Pages",
        {'docs/a "b".md': "Text.", "docs/ü.md": "# Überblick\n\nText.", "docs/zwei\nzeilen.md": "Text."},
    )


@case("P11 a revision in between that cannot be read is passed over", f"{SIX} | from More time")
def _(story: Story) -> None:
    story.commit("Broken", {ROLES: "pm: [\n"})
    story.commit("Mended", {ROLES: story.files[ROLES]})
    story.change("More time", hours("pm", "6h"))


@case("P11b what was mended with another value has both commits", f"{SIX} | from Broken, Mended")
def _(story: Story) -> None:
    story.commit("Broken", {ROLES: "pm: [\n"})
    story.change("Mended", hours("pm", "6h"))


@case(
    "P11c a record that cannot be read at the end is said",
    "Launch management (at <Broken>) | a bracket that opens here is never closed",
)
def _(story: Story) -> None:
    story.commit("Broken", {RELEASE: "title: [\n"})


@case("P11d comments, order and quotes are wording of nobody")
def _(story: Story) -> None:
    roles = dict(reversed(story.files[ROLES].items()))
    story.commit("Tidy", {ROLES: f"# Who does what\n{json.dumps(roles, indent=4)}\n"})


@case(
    "P11e anchors and keys given twice are said, not guessed",
    'Checklist (at <Anchors>) | "&a" names another part of the file, and records have no anchors',
    'Tier 1 launch (at <Anchors>) | key "title" is given twice; the first one is in line 1',
)
def _(story: Story) -> None:
    story.commit(
        "Anchors", {EXPERIMENT: "title: &a Checklist\nsummary: *a\n", TEMPLATE: "title: A\ntitle: B\n"}
    )


@case(
    "P20 a page that is only reworded, reflowed or linked is wording",
    "Reworded or tidied up, with the same meaning: 1 page.",
)
def _(story: Story) -> None:
    story.change("Page", page(SPEC, TEXT), tag="v2")
    story.before = "v2"
    story.change(
        "Words", page(SPEC, TEXT.replace("talk about what is open", "discuss [what is open](open.md)"))
    )


@case(
    "P20b sections that come and go, obligations and numbers are worth knowing",
    "Rules (page) | New: “Sickness”. | Gone: “Pay”. | “Leave”: now says “You must ask 10 days before.”. | Why: Fairness | from Rules",
)
def _(story: Story) -> None:
    story.change("Page", page(SPEC, TEXT), tag="v2")
    story.before = "v2"
    new = TEXT.partition("## Pay")[0] + "You must ask 10 days before.\n\n## Sickness\n\nGet well soon.\n"
    story.change("Try", page(SPEC, TEXT + "\n\n## Nonsense\n\nNo."))
    story.undo()
    story.change("Rules\n\nWhy: Fairness", page(SPEC, new))


@case("P20c a page that is gone is told", "Rules (page) | The page “docs/spec.md” is gone. | from No rules")
def _(story: Story) -> None:
    story.change("Page", page(SPEC, TEXT), tag="v2")
    story.before = "v2"
    story.git("rm", "--quiet", SPEC)
    story.commit("No rules")


@case("P20d a page that was reverted is nothing")
def _(story: Story) -> None:
    story.change("Page", page(SPEC, TEXT))
    story.undo()


@case("P20e a page that is moved and reworded is told as moved", "Rules (page) | The page is at “docs/new/rules.md” now; it was at “docs/spec.md”. | from Move")  # fmt: skip
def _(story: Story) -> None:
    story.change("Page", page(SPEC, TEXT), tag="v2")
    story.before = "v2"
    story.git("rm", "--quiet", SPEC)
    story.commit("Move", {"docs/new/rules.md": TEXT.replace("what is open", "whatever is open")})


@case(
    "P13 what follows is not told of values alone",
    f"{SIX} | from More time",
    "Reworded or tidied up, with the same meaning: Launch management.",
)
def _(story: Story) -> None:
    story.change("More time", hours("pm", "6h"))
    story.change("Words", put(RELEASE, "purpose", "A launch surprises nobody."))
