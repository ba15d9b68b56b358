"""Changes that any kind of record can have."""

from __future__ import annotations

from handbook.changes.level import Level
from handbook.model.kinds import KINDS

E, N, A, B = Level  # editorial, info (good to note), action, breaking

# fmt: off
_KINDS = tuple(row for kind in KINDS.values() for row in (
    (f"{kind.name}-added",   N, N, f"{kind.title} {{record}} is new"),
    (f"{kind.name}-removed", A, B, f"{kind.title} {{record}} is gone{{instead}}"),
))
_SHARED = (
    ("record-renamed",        N, N, "{before} is now {after}"),
    ("record-moved",          N, N, "{record} moved from {before} to {after}"),
    ("title-changed",         N, N, "“{before}” is now called “{after}”{within}"),
    ("id-renamed",            E, E, "{subject} has another id{within}: {after} instead of {before}"),
    ("record-started",        A, N, "{record} is on trial now: some teams follow it"),
    ("record-ended",          N, A, "{record} is no longer on trial; it is a draft again"),
    ("record-activated",      A, N, "{record} is to be followed from now on"),
    ("record-deactivated",    N, A, "{record} is no longer active; it is now {after}"),
    ("record-deprecated",     A, A, "{record} is being replaced{instead}"),
    ("record-reinstated",     A, N, "{record} is no longer being replaced; it is now {after}"),
    ("record-retired",        B, B, "{record} is retired: nobody follows it any more{instead}"),
    ("record-revived",        A, N, "{record} is no longer retired; it is now {after}"),
    ("owner-added",           N, N, "{record} is now owned by {after}"),
    ("owner-removed",         N, A, "{record} has no owner any more; it was {before}"),
    ("owner-changed",         N, N, "{record} is now owned by {after} instead of {before}"),
    ("successor-added",       A, A, "{after} is to be used instead of {record}"),
    ("successor-removed",     N, N, "{before} is no longer named as the replacement of {record}"),
    ("successor-changed",     A, A, "{after}, not {before}, is to be used instead of {record}"),
    ("predecessor-added",     N, N, "{record} takes the place of {items}"),
    ("predecessor-removed",   N, N, "{record} no longer takes the place of {items}"),
    ("sunset-added",          A, A, "{record} ends on {after}"),
    ("sunset-removed",        N, N, "{record} no longer has a last day; it was {before}"),
    ("sunset-earlier",        B, B, "{record} ends earlier: on {after} instead of {before}"),
    ("sunset-later",          N, N, "{record} ends later: on {after} instead of {before}"),
    ("audience-added",        N, N, "{record} is now meant for {items}{too}"),
    ("audience-removed",      N, N, "{record} is no longer meant for {items}"),
    ("record-published",      N, N, "everybody may read {record} now: it is public"),
    ("record-withdrawn",      N, B, "only colleagues may read {record} now: it is no longer public"),
    ("visibility-changed",    N, N, "who may read {record} is now said differently: {after} instead of {before}"),
    ("alias-added",           E, E, "{record} is also found as {items}"),
    ("alias-removed",         E, E, "{record} is no longer found as {items}"),
    ("tag-added",             E, E, "{record} has the tags {items}"),
    ("tag-removed",           E, E, "{record} no longer has the tags {items}"),
    ("link-added",            E, E, "{record} links to {items}"),
    ("link-removed",          E, E, "{record} no longer links to {items}"),
    ("link-changed",          E, E, "the link {before} leads to another page{inside}"),
    ("review-added",          E, E, "{record} was reviewed on {after}"),
    ("review-removed",        E, E, "{record} no longer says when it was last reviewed; it was on {before}"),
    ("review-changed",        E, E, "{record} was last reviewed on {after}"),
    ("review-cycle-added",    N, N, "{record} is now reviewed every {after}"),
    ("review-cycle-removed",  N, N, "{record} is no longer reviewed every {before}"),
    ("review-cycle-changed",  N, N, "{record} is now reviewed every {after} instead of every {before}"),
    ("wording-changed",       E, E, "the {label} of {subject} was reworded{within}"),
    ("text-added",            N, N, "{subject} now has {a_label}{within}"),
    ("text-removed",          N, N, "{subject} no longer has {a_label}{within}"),
    ("order-changed",         E, E, "the {label} of {subject} are in another order{within}"),
    ("key-added",             N, N, "{subject} now says its {label}{within}: {after}"),
    ("key-removed",           N, N, "{subject} no longer says its {label}{within}; it was {before}"),
    ("key-changed",           N, N, "the {label} of {subject} changed{from_to}{within}"),
)
ROWS = (*_KINDS, *_SHARED)
# fmt: on
