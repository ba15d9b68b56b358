"""Changes of onboarding paths."""

from __future__ import annotations

from handbook.changes.level import Level

E, N, A, B = Level  # editorial, info (good to note), action, breaking

# fmt: off
ROWS = (
    ("path-role-added",          A, N, "{record} now leads into {after}"),
    ("path-role-removed",        A, A, "{record} no longer leads into {before} by itself"),
    ("path-role-changed",        A, A, "{record} now leads into {after} instead of {before}"),
    ("base-path-added",          A, N, "{record} now comes after {after}"),
    ("base-path-removed",        N, N, "{record} no longer comes after {before}"),
    ("base-path-changed",        A, N, "{record} now comes after {after} instead of {before}"),
    ("stage-added",              A, N, "{part} is a new stage{within}"),
    ("stage-removed",            N, A, "{part} is no longer a stage{within}"),
    ("stage-start-earlier",      A, N, "{subject} now starts on working day {after} instead of {before}{within}"),
    ("stage-start-later",        N, N, "{subject} now starts on working day {after} instead of {before}{within}"),
    ("stage-end-earlier",        A, N, "{subject} now ends on working day {after} instead of {before}{within}"),
    ("stage-end-later",          N, N, "{subject} now ends on working day {after} instead of {before}{within}"),
    ("goal-added",               A, N, "{subject} now leads to: {items}{within}"),
    ("goal-removed",             N, A, "{subject} no longer leads to: {items}{within}"),
    ("goal-changed",             A, A, "{subject} now leads to {after} instead of {before}{within}"),
    ("item-added",               A, N, "{part} is now part of {stage}{within}"),
    ("item-removed",             N, A, "{part} is no longer part of {stage}{within}"),
    ("item-moved",               A, N, "{part} is now part of {after} instead of {before}{within}"),
    ("action-changed",           A, A, "{after} takes the place of {before}{within}"),
    ("actor-changed",            A, A, "{after}, not {before}, now ticks off {subject}{within}"),
    ("reading-added",            A, N, "{subject} is now about {after}{within}"),
    ("reading-removed",          N, N, "{subject} is no longer about {before}{within}"),
    ("reading-changed",          A, N, "{subject} is now about {after} instead of {before}{within}"),
    ("vocabulary-added",         N, N, "{subject} now brings the words {items}{within}"),
    ("vocabulary-removed",       N, N, "{subject} no longer brings the words {items}{within}"),
    ("proof-added",              A, N, "{subject} is now shown to be done by {after}{within}"),
    ("proof-removed",            N, A, "{subject} no longer needs {before} to show that it is done{within}"),
    ("proof-changed",            A, A, "what shows that {subject} is done is now {after} instead of {before}{within}"),
    ("acknowledgement-added",    B, N, "who joins must now sign off {items} as read and understood{inside}"),
    ("acknowledgement-removed",  N, A, "who joins no longer signs off {items}{inside}"),
    ("budget-added",             N, N, "{record} now fills at most {after} of a day"),
    ("budget-removed",           N, N, "{record} no longer says how much of a day it fills; it was {before}"),
    ("budget-increased",         A, N, "{record} now fills at most {after} of a day instead of {before}"),
    ("budget-decreased",         N, N, "{record} now fills at most {after} of a day instead of {before}"),
)
# fmt: on
