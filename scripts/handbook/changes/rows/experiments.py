"""Changes of experiments."""

from __future__ import annotations

from handbook.changes.level import Level

E, N, A, B = Level  # editorial, info (good to note), action, breaking

# fmt: off
ROWS = (
    ("agreement-added",          N, N, "the plan of {record} is agreed"),
    ("agreement-removed",        N, N, "the plan of {record} is no longer agreed; it is a draft again"),
    ("experiment-state-changed", N, N, "{record} is now {after} instead of {before}"),
    ("hypothesis-changed",       A, A, "{record} now tests another belief: {after}"),
    ("surface-changed",          A, N, "{record} now takes place on {after} instead of {before}"),
    ("segment-added",            A, N, "who takes part in {record} is now limited to {after}"),
    ("segment-removed",          A, N, "who takes part in {record} is no longer limited to {before}"),
    ("segment-changed",          A, N, "who takes part in {record} is now {after} instead of {before}"),
    ("exposure-added",           A, N, "{after} of the segment now take part in {record}, not all of it"),
    ("exposure-removed",         A, N, "all of the segment now takes part in {record}, not {before} of it"),
    ("exposure-increased",       A, N, "{after} of the segment now take part in {record} instead of {before}"),
    ("exposure-decreased",       A, N, "{after} of the segment now take part in {record} instead of {before}"),
    ("separation-added",         N, N, "{record} now shares nobody with {items}"),
    ("separation-removed",       A, N, "{record} may now share people with {items}"),
    ("variant-added",            A, N, "{part} is a new group{within}"),
    ("variant-removed",          A, N, "{part} is no longer a group{within}"),
    ("control-changed",          A, A, "whether {subject} is the control is now: {after}; before: {before}{within}"),
    ("group-share-added",        A, N, "{subject} is now seen by {after} of those who take part{within}"),
    ("group-share-removed",      A, N, "{subject} is no longer said to be seen by {before} of those who take part{within}"),
    ("group-share-increased",    A, N, "{subject} is now seen by {after} of those who take part instead of {before}{within}"),
    ("group-share-decreased",    A, N, "{subject} is now seen by {after} of those who take part instead of {before}{within}"),
    ("primary-metric-changed",   A, A, "{after} now decides {record} instead of {before}"),
    ("detectable-added",         N, N, "{record} looks for a difference of at least {after}"),
    ("detectable-removed",       N, A, "{record} no longer says which difference it looks for; it was {before}"),
    ("detectable-changed",       A, N, "{record} now looks for a difference of at least {after} instead of {before}"),
    ("guardrail-added",          A, N, "{items} must now not get worse in {record}"),
    ("guardrail-removed",        N, A, "{items} may now get worse in {record}"),
    ("sample-changed",           N, N, "the {label} in {record} is now {after} instead of {before}"),
    ("experiment-start-added",   N, N, "{record} begins on {after}"),
    ("experiment-start-removed", N, N, "{record} no longer says when it begins; it was {before}"),
    ("experiment-start-earlier", A, N, "{record} now begins on {after} instead of {before}"),
    ("experiment-start-later",   N, A, "{record} now begins on {after} instead of {before}"),
    ("experiment-end-added",     N, N, "the last day of {record} is {after}"),
    ("experiment-end-removed",   A, A, "{record} no longer says when it ends; it was {before}"),
    ("experiment-end-earlier",   A, A, "the last day of {record} is now {after} instead of {before}"),
    ("experiment-end-later",     A, A, "the last day of {record} is now {after} instead of {before}"),
    ("analysis-added",           N, N, "it is now said how the result of {record} will be read"),
    ("analysis-removed",         A, A, "it is no longer said how the result of {record} will be read"),
    ("analysis-changed",         A, A, "how the result of {record} will be read has changed"),
    ("verdict-added",            N, A, "{record} is decided: {after}"),
    ("verdict-removed",          A, A, "{record} is no longer decided; it was {before}"),
    ("verdict-changed",          A, A, "the decision on {record} is now {after} instead of {before}"),
    ("learning-added",           N, N, "learned from {record}: {items}"),
    ("learning-removed",         N, N, "no longer among what was learned from {record}: {items}"),
    ("learning-changed",         E, E, "what was learned from {record} is now put as {after} instead of {before}"),
    ("basis-added",              N, N, "{record} builds on what was learned from {after}"),
    ("basis-removed",            N, N, "{record} no longer builds on what was learned from {before}"),
    ("basis-changed",            N, N, "{record} now builds on what was learned from {after} instead of {before}"),
    ("launch-link-added",        N, N, "{record} now belongs to the launch {after}"),
    ("launch-link-removed",      N, N, "{record} no longer belongs to the launch {before}"),
    ("launch-link-changed",      N, N, "{record} now belongs to the launch {after} instead of {before}"),
)
# fmt: on
