"""The words that generated handbooks are written in: titles that are unique, and sentences that people might write.

Each sentence fits on a line of 115 characters and can stand in YAML without quotes, wherever it is put.
"""

from __future__ import annotations

import random
import re

SUBJECTS = (
    "Pricing", "Roadmap", "Feedback", "Contract", "Release", "Support", "Research", "Partner", "Billing", "Security",
    "Localisation", "Migration", "Renewal", "Training", "Incident", "Capacity", "Experiment", "Content", "Vendor",
    "Accessibility", "Packaging", "Forecast", "Community", "Integration", "Privacy", "Performance", "Retention",
    "Documentation", "Translation", "Portfolio",
)  # fmt: skip
EVENTS = (
    "review", "planning", "intake", "handover", "triage", "audit", "update", "approval", "briefing", "rehearsal",
    "estimate", "readout", "clean-up", "renewal round", "escalation", "announcement", "comparison", "follow-up",
)  # fmt: skip
SCOPES = (
    "for large accounts", "for small accounts", "for the home market", "for new markets", "for the mobile product",
    "for the public interface", "for trial customers", "for partners", "for the data platform", "for self-service",
    "for the admin area", "for reports", "for imports", "for sign-in", "for notifications", "for the marketplace",
    "for templates", "for search", "for the editor", "for dashboards",
)  # fmt: skip
VERBS = (
    "Collect", "Review", "Draft", "Confirm", "Publish", "Compare", "Prepare", "Record", "Rehearse", "Check", "Estimate",
    "Schedule", "Measure", "Rank", "Summarise", "Hand over", "Test", "Update", "Walk through", "Sign off",
)  # fmt: skip
THINGS = (
    "the open risks", "the rollout plan", "the customer feedback", "the price list", "the support answers",
    "the list of changes", "the budget", "the test results", "the usage figures", "the training material",
    "the interview notes", "the contract terms", "the status page text", "the migration steps", "the rollback steps",
    "the list of stakeholders", "the dependencies", "the scoring sheet", "the release candidate", "the sales answers",
    "the wording", "the design review", "the error budget", "the survey", "the capacity table", "the decision memo",
    "the success metrics", "the data export", "the beta invitations", "the partner agreement",
)  # fmt: skip
SENTENCES = (
    "Ask each approver for a link, not for an opinion.",
    "Write down what you leave out and why.",
    "Compare {thing} with those of the quarter before, and name the three largest differences.",
    "Open every link before you pass it on, because a report of the wrong build is found here or not at all.",
    "Post the result in the channel of the team within {hours} hours, with the decision in the first line.",
    "Keep {thing} and {other} in one place, so that nobody works from a copy.",
    "Do not soften bad news; say what a customer sees and from which day on.",
    "Take the baseline from the last {weeks} full weeks and write the date next to it.",
    "Two answers that differ are a finding, so note both and ask a third person.",
    "A number without a source counts as a guess and is marked as one.",
    "Send {thing} two working days before the meeting and ask for written questions.",
    "Use the {minutes} minutes for the questions only.",
    "Speak about the red points only, that is what is missing, who does it and until when.",
    "Whoever finds a gap opens a ticket on the spot, with the steps that show it.",
    "Start with {thing}, because everything after it depends on them being right.",
    "Leave no field empty; write unknown with the role that answers and the day.",
    "Put the {weeks} largest items first and stop when the capacity of the period is used up.",
    "Repeat the check after each change, also after a small one.",
    "The author of {thing} explains it once, then somebody else explains it back.",
    "Call the customers who planned with the change before they read about it.",
    "Name one owner and one stand-in for each open point.",
    "Test it with an account without permissions and with one that has very much data.",
    "Archive {thing} with the number of the release they belong to.",
    "Offer one day, not three, and keep two working days in reserve.",
    "Stop when the remaining work is smaller than the work of planning it.",
    "Read {thing} aloud; a sentence that needs a second breath needs a second sentence.",
    "Close with the three largest risks and the sign by which we would notice each.",
    "Ask what would make the team decide again, and write the answer below the decision.",
    "Mark in {thing} what customers notice, what changes stored data and what changes an interface.",
    "Draw the line at {minutes} minutes; what is not decided by then goes to the accountable role.",
    "List the open tasks with owner and day, and those that were passed with a waiver.",
    "Give support and sales two sentences that they can use.",
    "Half of {thing} comes from other teams, so ask for it in the week before.",
    "Show {thing} to one colleague who has never seen them and note the first question.",
)  # fmt: skip
CHECKS = (
    "Every open point has an owner and a day", "The figures name their source and their date",
    "The result was read by one person outside the team", "No defect of severity 1 or 2 is open",
    "Customers who must act have been told", "The rollback was rehearsed, and its time is written down",
    "The wording is the approved one", "All links lead to the final version", "The stand-in knows where to look",
    "The numbers fit the capacity plan", "Each exception has a reason and an end date",
    "The channel of the launch has the same text",
)  # fmt: skip
QUESTIONS = (
    "Is it good enough to go on?", "Go, fix or stop?", "Does the evidence hold?", "Which way do we take?",
    "Is the risk acceptable?", "Does it pass?",
)  # fmt: skip
ADJECTIVES = (
    "quarterly", "regional", "internal", "early", "final", "shared", "monthly", "public", "technical", "legal",
    "weekly", "global", "local", "open", "joint", "central",
)  # fmt: skip

_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return the id that a title makes, and the anchor that the site gives a heading of such words."""
    return _NOT_WORDS.sub("-", text.lower()).strip("-")


def subject(number: int) -> str:
    """Return a title of its own for each number: `Pricing review for large accounts`."""
    number, topic = divmod(number, len(SUBJECTS))
    number, event = divmod(number, len(EVENTS))
    number, scope = divmod(number, len(SCOPES))
    again = f" (part {number + 1})" if number else ""
    return f"{SUBJECTS[topic]} {EVENTS[event]} {SCOPES[(scope + topic + event) % len(SCOPES)]}{again}"


def tasks(chance: random.Random, count: int) -> list[str]:
    """Return so many titles of work, no two alike."""
    pairs = chance.sample(range(len(VERBS) * len(THINGS)), count)
    return [f"{VERBS[pair % len(VERBS)]} {THINGS[pair // len(VERBS)]}" for pair in pairs]


def sentences(chance: random.Random, count: int) -> list[str]:
    """Return so many sentences, no two alike where the bank is large enough."""
    chosen = chance.sample(SENTENCES, min(count, len(SENTENCES)))
    return [_filled(chance, sentence) for sentence in chosen]


def _filled(chance: random.Random, sentence: str) -> str:
    thing, other = chance.sample(THINGS, 2)
    return sentence.format(
        thing=thing,
        other=other,
        hours=chance.choice((2, 4, 8, 24)),
        weeks=chance.choice((3, 4, 6, 8)),
        minutes=chance.choice((30, 45, 60, 90)),
    )


def block(lines: list[str], indent: int) -> str:
    """Return lines as they stand in a YAML block or below a list item."""
    return "".join(f"{' ' * indent}{line}\n" for line in lines)
