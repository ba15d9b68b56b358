"""Histories in which the form of files and messages is odd: other schemas, other documents, other letters."""

from __future__ import annotations

import json

from tests.changes.books import BASE, RELEASE, drop, put
from tests.changes.stories import REVIEW, SIX, Story, case, hours, review

CAPITAL = RELEASE.replace("launch-management", "Launch-management")


@case(
    "P11f a record of an older schema could not be compared, and says why",
    'Launch management (at v2) | key "colour" is not known in a process',
)
def _(story: Story) -> None:
    story.change("A key of once", put(RELEASE, "colour", "red"), tag="v2")
    story.before = "v2"
    story.change("Ask Security, and leave the key out", drop(RELEASE, "colour"), review)


@case(
    "P11g a key that no schema knows, in the middle of the range, hides nothing",
    f"{REVIEW} | Why: the audit asked for it | from #4, Ask Security, and leave the key out (#4)",
)
def _(story: Story) -> None:
    story.change("A key of once", put(RELEASE, "colour", "red"))
    story.change(
        "Ask Security, and leave the key out (#4)\n\nWhy: the audit asked for it",
        drop(RELEASE, "colour"),
        review,
    )


@case(
    "P10k a record whose name changes only in case is the same",
    "Reworded or tidied up, with the same meaning: Launch management.",
)
def _(story: Story) -> None:
    story.git("mv", RELEASE, CAPITAL)
    story.files[CAPITAL] = story.files.pop(RELEASE)
    story.change("Capitals", tag="v2")
    story.before = "v2"
    story.git("mv", CAPITAL, RELEASE)
    story.files[RELEASE] = story.files.pop(CAPITAL)
    story.change("Small letters")


@case(
    "P11h a file of several documents is said, not guessed",
    'Launch management (at <Two in one>) | a second document begins here with "---"',
)
def _(story: Story) -> None:
    text = json.dumps(BASE[RELEASE])
    story.commit("Two in one", {RELEASE: f"{text}\n---\n{text}\n"})


@case("P11i several documents for a while hide nothing", f"{REVIEW} | from Two in one, Ask Security")
def _(story: Story) -> None:
    text = json.dumps(BASE[RELEASE])
    story.commit("Two in one", {RELEASE: f"{text}\n---\n{text}\n"})
    story.change("Ask Security", review)


@case(
    "P14d trailers in small letters count, and prose with a colon does not",
    f"{SIX} | Why: more is asked | Effective: Monday | from Six hours",
)
def _(story: Story) -> None:
    story.change(
        "Six hours\n\nwhy: more is asked\neffective: Monday\n\nnote: this is prose, and a link http://example.com",
        hours("pm", "6h"),
    )
