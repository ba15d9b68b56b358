"""A small handbook with every kind of record in it, and what the tests of the site read from it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping

from handbook import check
from handbook.site.page import Page
from handbook.site.pages import pages
from handbook.sources import literal

EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tasklist",
]

FILES: dict[str, str] = {
    "processes/release/go-no-go.yaml": """\
title: Go/no-go decision
summary: Decide, with evidence, whether a launch goes ahead.
status: active
owner: product-operations
reviewed: 2026-10-05
review_every: 6mo
tags: [launch]
purpose: One accountable person decides on stated evidence.
skip_when: The launch is tier 4.
trigger: {event: A launch reaches its readiness review, from: launch-management}
outcome: A recorded decision
accountable: head-of-product
sla: 5d
volume: {per: quarter, count: 12}
metrics: [{metric: on-time, target: ">= 90%"}]
inputs: [brief]
links: [{title: How to choose a tier, to: guides/tiers.md}]
steps:
  - {id: collect, title: Collect the evidence, responsible: analyst, effort: 3h, duration: 1d, tool: workspace, outputs: [qa-report]}
  - id: decide
    decision: Go or fix?
    responsible: head-of-product
    needs: [collect]
    consulted: [analyst]
    requires: [qa-report]
    checklist: [Every gate is green]
    instructions: Ask for **links**, not for opinions.
    options:
      - {when: Go, end: The launch goes ahead, share: 0.75}
      - {when: Fix first, to: fix, share: 0.25}
  - {id: fix, title: Fix what blocks the launch, responsible: analyst, duration: 2d, to: decide, max: 3}
""",
    "processes/release/launch-management.yaml": """\
title: Launch management
summary: Bring a change to customers.
status: deprecated
replaced_by: go-no-go
owner: product-operations
purpose: Every launch is ready.
trigger: {every: "FREQ=WEEKLY;BYDAY=TH"}
outcome: A launch
accountable: head-of-product
steps:
  - {id: run, title: Decide, responsible: head-of-product, process: go-no-go}
""",
    "processes/launches/templates/tier-3.yaml": """\
title: Tier 3 launch
summary: The plan for a small launch.
status: active
owner: product-operations
tier: 3
process: launch-management
anchor: {name: Launch day}
variables: {region: {type: choice, choices: [home, eu], default: home}}
phases: [{id: ready, title: Get ready}]
tasks:
  - {id: brief, phase: ready, title: Write the brief, responsible: analyst, due: -10d, gate: go, artifact: brief, instructions: One page.}
  - {id: launch, phase: ready, title: Launch, responsible: head-of-product, informed: [analyst], due: 0d, needs: [brief], when: region == eu}
gates:
  - {id: go, title: Go, due: -1d, approver: head-of-product, criteria: [The brief is agreed], evidence: [brief], waiver: None.}
metrics: [{metric: on-time}]
""",
    "processes/launches/plans/dashboards.yaml": """\
title: Dashboards
summary: Customers share dashboards.
status: active
owner: product-operations
template: tier-3
anchor: 2027-01-26
calendar: company
people: {analyst: Kenji M., head-of-product: Amara O.}
variables: {region: eu}
tasks:
  - {id: brief, phase: ready, title: Write the brief, responsible: analyst, due_on: 2027-01-12, gate: go, status: done, done_on: 2027-01-11, evidence: Brief 1.0}
  - {id: launch, phase: ready, title: Launch, responsible: head-of-product, due_on: 2027-01-26, needs: [brief], status: todo}
gates: [{id: go, title: Go, due_on: 2027-01-25, approver: head-of-product, status: open}]
metrics: [{metric: on-time, target: ">= 90%"}]
risks: [{title: Too slow, likelihood: low, impact: high, owner: analyst, response: Test it.}]
decisions: [{on: 2027-01-04, decision: Without editing, by: head-of-product}]
slips: [{on: 2027-01-05, from: 2027-01-19, to: 2027-01-26, reason: A late review}]
reports: [{on: 2027-01-05, health: amber, text: "The review is **late**."}]
retrospective: {on: 2027-02-01, went_well: [The plan], learnings: [Ask earlier]}
""",
    "processes/experiments/short-brief.yaml": """\
title: A shorter brief
summary: Half of the teams get a brief of one page.
state: decided
owner: product-operations
hypothesis: We believe that one page is read, because ten pages are not.
surface: launch-brief
segment: Teams with a launch
exposure: 0.5
launch: dashboards
variants:
  - {id: long, title: The brief as it is, control: true}
  - {id: short, title: One page, description: "Without **appendix**."}
primary: {metric: on-time, baseline: 60%, detects: 10 points}
guardrails: [{metric: on-time, actual: 81 %}]
sample: {unit: teams, per_week: 400}
starts_on: 2026-09-07
ends_on: 2026-10-04
analysis: Read **once**.
decision: {on: 2026-10-06, verdict: iterate, by: head-of-product, effect: +4 points, why: Less than we looked for, early: No.}
learnings: [People read the first half]
""",
    "processes/experiments/picture.yaml": """\
title: A picture on the brief
summary: The brief begins with a picture.
state: planned
owner: product-operations
hypothesis: We believe that it helps.
surface: launch-brief
follows: short-brief
variants: [{id: none, title: No picture, control: true, share: 0.5}, {id: one, title: A picture}]
primary: {metric: on-time}
sample: {size: 1234, computed: By hand}
starts_on: 2027-03-01
""",
    "processes/onboarding/everyone.yaml": """\
title: Everyone
summary: The way in, whatever the role.
status: active
owner: product-operations
stages:
  - id: before
    title: Before the first day
    starts: -5d
    ends: -1d
    outcomes: [The hire is expected]
    items: [{id: invite, do: Send the invitation, actor: manager}]
  - id: day-1
    title: Day 1
    starts: 0d
    ends: 0d
    outcomes: [You know the building]
    items: [{id: look-back, check: You know the way}, {id: tour, read: The tour, terms: [gate]}]
""",
    "processes/onboarding/analyst.yaml": """\
title: Analyst
extends: everyone
summary: The way into the role.
status: active
owner: product-operations
role: analyst
acknowledge: [go-no-go]
stages:
  - id: day-1
    title: Day 1
    starts: 0d
    ends: 0d
    outcomes: [You can sign in]
    items:
      - {id: order, do: Order access, actor: manager, time: 30min, process: launch-management}
      - {id: sign-in, access: workspace, needs: [order, tour]}
      - {id: read, read: How we decide, process: go-no-go, evidence: Two questions}
      - {id: meet, meet: head-of-product}
      - {id: check, check: You know whom to ask, actor: buddy, process: go-no-go, link: guides/tiers.md}
""",
    "processes/catalog/roles.yaml": """\
head-of-product: {title: Head of product, summary: Leads., team: product-operations, decides: [Go or stop], backup: analyst}
analyst: {title: Analyst, summary: Keeps numbers., team: product-operations, capacity: 10h}
""",
    "processes/catalog/teams.yaml": """\
product-operations: {title: Product operations, summary: Runs it., lead: head-of-product, channel: "#ops", mail: ops@example.com, calendar: company}
""",
    "processes/catalog/tools.yaml": """\
workspace: {title: Workspace, summary: Documents., owner: product-operations, category: documentation, access: "Ask in #ops", used_by: [analyst], guideline: guides/tiers.md}
desk: {title: Desk, summary: Cases., owner: product-operations, category: support, used_by: [analyst]}
""",
    "processes/catalog/metrics.yaml": """\
on-time: {title: On time, summary: Share on time., owner: product-operations, formula: in time / all, unit: "%", direction: up, source: workspace, target: ">= 80%"}
""",
    "processes/catalog/artifacts.yaml": """\
brief: {title: Brief, summary: One page., owner: product-operations, tool: workspace, accepted_when: [It fits on a page]}
qa-report: {title: QA report, summary: What was tested., owner: product-operations}
""",
    "processes/catalog/terms.yaml": """\
gate: {title: Gate, summary: A decision., abbreviation: GT, also: [checkpoint], avoid: [stage gate], see: [index]}
index: {title: Index, summary: A word like the name of a file.}
""",
    "processes/catalog/calendars.yaml": """\
company: {title: Company calendar, summary: Working days., closures: [{from: 2026-12-24, to: 2027-01-01, title: Winter}]}
""",
    "docs/index.md": "# Home\n\n[Processes](processes/index.md)\n",
    "docs/guides/tiers.md": "# Tiers\n",
}


def made(files: Mapping[str, str] = FILES) -> dict[str, Page]:
    """Return the pages of a handbook written out in place."""
    sources = literal(files)
    settings, faults = check.read_settings(sources)
    loaded = check.load(sources, settings)
    assert not faults, faults
    assert not loaded.complaints, loaded.complaints
    return pages(loaded.handbook, settings)


def body(page: Page) -> str:
    """Return the Markdown of a page without its front matter."""
    return re.sub(r"\A---\n.*?\n---\n", "", page.text, flags=re.DOTALL)


def without_drawings(text: str) -> str:
    """Return Markdown or HTML with a word in the place of each drawing; tests/site/test_swimlane.py looks at those."""
    return re.sub(r'<div class="diagram.*?</div>', "(drawing)", text, flags=re.DOTALL)


def rendered(text: str) -> str:
    """Return HTML as the site shows it."""
    html: str = importlib.import_module("markdown").markdown(text, extensions=EXTENSIONS)  # it has no types
    return html
