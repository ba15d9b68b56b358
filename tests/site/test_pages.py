"""The pages: what they say, that their links lead somewhere, and that the same handbook gives the same bytes."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest

from handbook.model.kinds import KINDS
from tests.site import small

PROCESS = """\
---
title: "Go/no-go decision"
description: "Decide, with evidence, whether a launch goes ahead."
owner: "Product operations"
tags:
  - "launch"
---

# Go/no-go decision

[Processes](index.md)
{ .kind }

Decide, with evidence, whether a launch goes ahead.
{ .summary }

Why
:   One accountable person decides on stated evidence.

Who decides
:   [Head of product](../roles/head-of-product.md): [Go or fix?](#step-decide)

Accountable
:   [Head of product](../roles/head-of-product.md)

Skip it when
:   The launch is tier 4.

Starts with
:   A launch reaches its readiness review; from [Launch management](launch-management.md)

Ends with
:   A recorded decision

How long
:   1 working day; promised within 5 working days

How often
:   12 times a quarter

Owner
:   [Product operations](../teams/product-operations.md), ask in `#ops`

Last reviewed
:   5 October 2026, every 6 months; holds until 5 April 2027

## At a glance { #at-a-glance }

(drawing)

Lanes are roles; thick lines are the longest way; a rhombus is a decision. The [steps](#steps) say the same in words. \
As a file: [SVG](go-no-go.svg), [BPMN](go-no-go.bpmn).
{ .legend }

## Steps { #steps }

### 1. Collect the evidence { #step-collect }

[Analyst](../roles/analyst.md) · 3 hours of work · takes 1 working day · in [Workspace](../tools/workspace.md)
{ .byline }

Produces
:   [QA report](../artifacts/qa-report.md)

### 2. Go or fix? { #step-decide }

[Head of product](../roles/head-of-product.md)
{ .byline }

Ask before
:   [Analyst](../roles/analyst.md)

On evidence from
:   [QA report](../artifacts/qa-report.md)

Ask for **links**, not for opinions.

- [ ] Every gate is green

| Answer | What follows | How often |
| --- | --- | --- |
| **Go** | The process ends: The launch goes ahead | 75\u00a0% |
| **Fix first** | [3&#46; Fix what blocks the launch](#step-fix) | 25\u00a0% |

### 3. Fix what blocks the launch { #step-fix }

[Analyst](../roles/analyst.md) · takes 2 working days
{ .byline }

After
:   [2&#46; Go or fix?](#step-decide) (Fix first)

Then
:   back to [2&#46; Go or fix?](#step-decide), at most 3 times

## Who does what { #who-does-what }

| Step | [Analyst](../roles/analyst.md) | [Head of product](../roles/head-of-product.md) |
| --- | --- | --- |
| [1&#46; Collect the evidence](#step-collect) | **R**{ .raci-r } | **A**{ .raci-a } |
| [2&#46; Go or fix?](#step-decide) | **C**{ .raci-c } | **R**{ .raci-r } **A**{ .raci-a } |
| [3&#46; Fix what blocks the launch](#step-fix) | **R**{ .raci-r } | **A**{ .raci-a } |

**R**{ .raci-r } does it · **A**{ .raci-a } answers for it · **C**{ .raci-c } is asked before · **I**{ .raci-i } is told after
{ .legend }

## Inputs and outputs { #inputs-and-outputs }

| In or out | Artifact | What it is |
| --- | --- | --- |
| In | [Brief](../artifacts/brief.md){ #next-in-brief } | One page. |

## Metrics { #metrics }

| Metric | Target | What it says |
| --- | --- | --- |
| [On time](../metrics/on-time.md) | at least 90\u00a0% | Share on time. |

## Before and after { #before-and-after }

(drawing)

At the left is what it starts from, at the right what it leads to. A folded corner is an artifact; “runs” is one process inside of another. The list below says the same in words.
{ .legend }

Follows
:   [Launch management](launch-management.md){ #next-from-launch-management }

Is part of
:   [Launch management: Decide](launch-management.md#step-run){ #next-part-launch-management }

## Further reading { #further-reading }

- [How to choose a tier](../guides/tiers.md)

## Where it is mentioned { #mentions }

Onboarding paths
:   [Analyst](../onboarding/analyst.md)
"""


def test_a_process_answers_its_reader_from_top_to_bottom() -> None:
    page = small.made()["processes/go-no-go.md"]
    assert small.without_drawings(page.text) == PROCESS
    assert page.source == "processes/release/go-no-go.yaml"


def test_every_record_and_every_kind_has_a_page() -> None:
    pages = small.made()
    for kind in KINDS.values():
        below = [path for path in pages if posixpath.dirname(path) == kind.pages]
        assert f"{kind.pages}/index.md" in below
        assert len(below) > 1, kind


def test_a_record_called_index_does_not_replace_the_list_of_its_kind() -> None:
    pages = small.made()
    assert pages["terms/index.md"].source is None
    assert pages["terms/index_.md"].source == "processes/catalog/terms.yaml"


def test_the_order_of_the_files_does_not_matter() -> None:
    assert small.made() == small.made(dict(reversed(small.FILES.items())))


def test_a_handbook_without_records_still_has_its_lists() -> None:
    assert "There is nothing here yet." in small.made({})["processes/index.md"].text


def test_what_the_manager_does_teaches_the_hire_nothing() -> None:
    assert "launch-management" not in small.made()["onboarding/index.md"].text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "processes/launch-management.md",
            '!!! warning "Deprecated"\n\n    Still valid, and being replaced. Use [Go/no-go decision]',
        ),
        ("processes/launch-management.md", "Starts with\n:   Every week on Thursday\n"),
        ("roles/analyst.md", "| **C**{ .raci-c } | [Go or fix?](../processes/go-no-go.md#step-decide)"),
        (
            "roles/analyst.md",
            "**R**{ .raci-r } does it: 3 · **C**{ .raci-c } is asked before: 1 · **I**{ .raci-i } is told after: 1\n",
        ),
        (
            "roles/analyst.md",
            "| [Workspace](../tools/workspace.md) | Documents. | Ask in &#35;ops | [Tiers](../guides/tiers.md) |\n\n"
            "[Whom to ask for each of them](../tool-access.md#role-analyst)",
        ),
        (
            "roles/head-of-product.md",
            "| **A**{ .raci-a } | The whole process, except steps that name somebody else |\n| **R**{ .raci-r } | [Go or fix?]",
        ),
        (
            "roles/head-of-product.md",
            "| [On time](../metrics/on-time.md) | at least 90\u00a0% | [Go/no-go decision](../processes/go-no-go.md) |",
        ),
        (
            "roles/analyst.md",
            "| 26\u00a0Jan\u00a02027 | [Dashboards](../launches/dashboards.md) | **Under way**{ .status-active } | 0 open of 1 | Kenji M. |",
        ),
        (
            "roles/head-of-product.md",
            "| T−1 | [Go](../launch-templates/tier-3.md#gate-go) | [Tier 3 launch](../launch-templates/tier-3.md) |",
        ),
        ("launches/dashboards.md", "Progress\n:   1 of 2 tasks done, 1 to do\n"),
        (
            "launches/dashboards.md",
            "**At risk**{ .health-amber } 5 January 2027\n\nThe review is **late**.\n",
        ),
        (
            "experiments/short-brief.md",
            "State\n:   **Decided**{ .status-decided } **Try again**{ .status-iterate }\n\nDays\n:   7 September 2026 to 4 October 2026, 4 weeks\n\n"
            "Where\n:   Launch brief\n\nWho takes part\n:   Teams with a launch; 50\u00a0% of them\n\nLed to\n:   [A picture on the brief](picture.md)\n",
        ),
        (
            "experiments/short-brief.md",
            "**Try again**{ .status-iterate } 6 October 2026, [Head of product](../roles/head-of-product.md)\n\nEffect\n:   &#43;4 points\n",
        ),
        (
            "experiments/short-brief.md",
            "| `long`{ #variant-long } **Control**{ .status-control } | The brief as it is | 50\u00a0% |\n",
        ),
        ("experiments/short-brief.md", "### One page\n\nWithout **appendix**.\n"),
        (
            "experiments/short-brief.md",
            "| [On time](../metrics/on-time.md) | More is better | 60\u00a0% | 10\u00a0points |\n",
        ),
        (
            "experiments/short-brief.md",
            "| [On time](../metrics/on-time.md) | at least 80\u00a0% | 81 % |\n",
        ),
        (
            "experiments/short-brief.md",
            "**About 707 teams** in all groups together. 400 come in a week. To reach them takes 4 weeks.\n",
        ),
        ("experiments/picture.md", "Days\n:   From 1 March 2027\n"),
        ("experiments/picture.md", "**1\u00a0234 participants** in all groups together.\n\nBy hand\n"),
        (
            "experiments/index.md",
            "## Planned\n\n| Experiment | What it tries | What decides | From |\n| --- | --- | --- | --- |\n| [A picture on the brief](picture.md)",
        ),
        ("roles/head-of-product.md", "Experiments\n:   [A shorter brief](../experiments/short-brief.md)"),
        ("launch-templates/tier-3.md", "| **T** | **Launch**{ #task-launch } |"),
        (
            "onboarding/analyst.md",
            "- [ ] **Manager**{ .actor-manager } **Order access.**{ #order } See [Launch management](../processes/launch-management.md). *30 minutes*{ .meta }\n",
        ),
        (
            "onboarding/analyst.md",
            "- [ ] **Read [How we decide](../processes/go-no-go.md).**{ #read } *evidence: Two questions*{ .meta }\n",
        ),
        ("onboarding/everyone.md", "- [ ] **Read The tour.**{ #tour } Words: [Gate](../terms/gate.md).\n"),
        ("onboarding/analyst.md", "- You know the building\n- You can sign in\n"),
        (
            "onboarding/analyst.md",
            "- [ ] **Read The tour.**{ #base-tour } Words: [Gate](../terms/gate.md).\n",
        ),
        ("onboarding/analyst.md", "*after [order](#order), [reading “The tour”](#base-tour)*{ .meta }"),
        (
            "onboarding/analyst.md",
            "- [ ] **Meet the [head of product](../roles/head-of-product.md).**{ #meet }",
        ),
        ("onboarding/analyst.md", "[Before the first day](#base-before)"),
        (
            "onboarding/analyst.md",
            "Tools\n:   [What you need and how to get in](../tool-access.md#role-analyst)\n",
        ),
        ("onboarding/analyst.md", '<div class="ticks" data-path="analyst" hidden></div>'),
        ("onboarding/index.md", "[Tool access by role](../tool-access.md)"),
        ("tools/index.md", "[Tool access by role](../tool-access.md)"),
        (
            "tool-access.md",
            "[Analyst](roles/analyst.md){ #role-analyst }\n:   [Desk](#tool-desk), [Workspace](#tool-workspace). Onboarding path: [Analyst](onboarding/analyst.md)\n",
        ),
        (
            "tool-access.md",
            "### [Workspace](tools/workspace.md) { #tool-workspace }\n\nDocuments.\n\nHow to get access\n:   Ask in &#35;ops\n\n"
            "Kept by\n:   [Product operations](teams/product-operations.md), ask in `#ops`\n\n"
            "How we use it\n:   [Tiers](guides/tiers.md)\n\nWho needs it\n:   [Analyst](roles/analyst.md)\n",
        ),
        ("onboarding/analyst.md", "Size\n:   8 items and 1 process to confirm\n"),
        (
            "onboarding/analyst.md",
            "- [ ] **[Go/no-go decision](../processes/go-no-go.md)**{ #sign-off-go-no-go }",
        ),
        (
            "onboarding/analyst.md",
            "- [ ] **Check: You know the way.**{ #base-look-back }\n\n## Read and understood",
        ),
        (
            "onboarding/index.md",
            "| [Analyst](analyst.md) | [Analyst](../roles/analyst.md) | The way into the role. | 8 items |",
        ),
        (
            "onboarding/index.md",
            "| [Go/no-go decision](../processes/go-no-go.md) | [Day 1](analyst.md#read), *checked* |",
        ),
        (
            "onboarding/index.md",
            "| [Desk](../tools/desk.md) | **Missing**{ .health-red } |",
        ),
        ("onboarding/index.md", "| [Workspace](../tools/workspace.md) | [Day 1](analyst.md#sign-in) |"),
        (
            "artifacts/qa-report.md",
            "| [Go/no-go decision: Collect the evidence](../processes/go-no-go.md#step-collect){ #next-in-process-go-no-go } | [Analyst]",
        ),
        (
            "metrics/on-time.md",
            "| Launch template | [Tier 3 launch](../launch-templates/tier-3.md){ #next-out-launch-template-tier-3 } | at least 80\u00a0% |",
        ),
        (
            "metrics/on-time.md",
            "| Experiment | [A shorter brief](../experiments/short-brief.md){ #next-out-experiment-short-brief } | a difference of 10\u00a0points |\n"
            "| Experiment | [A shorter brief](../experiments/short-brief.md) | at least 80\u00a0% |\n",
        ),
        ("teams/product-operations.md", "### Onboarding paths { #owns-onboarding }"),
        (
            "terms/index.md",
            "**[Gate](gate.md) (GT)**{ #gate }\n:   A decision.\n    *Also called: checkpoint. Do not say: stage gate. See: [Index](index_.md).*",
        ),
        ("tools/workspace.md", "How we use it\n:   [Tiers](../guides/tiers.md)"),
        ("calendars/company.md", "| 24 December 2026 | 1 January 2027 | Winter |"),
        (
            "reference/records/process.md",
            "| `owner` **required**{ .key-required } | [id of a team](team.md) |",
        ),
        ("reference/rules/index.md", "[unknown-reference](unknown-reference.md)"),
    ],
)
def test_a_page_says(path: str, said: str) -> None:
    assert said in small.made()[path].text


def test_a_role_of_many_processes_begins_with_them_in_the_order_of_the_lifecycle() -> None:
    process = small.FILES["processes/release/go-no-go.yaml"].replace(", from: launch-management", "")
    more = {
        "strategy/one": process.replace("Go/no-go decision", "First"),
        "delivery/two": process.replace("Go/no-go decision", "Second").replace(
            "responsible: analyst", "responsible: head-of-product"
        ),
    }
    files = {**small.FILES, **{f"processes/{path}.yaml": text for path, text in more.items()}}
    text = small.made(files)["roles/analyst.md"].text
    assert (
        "Strategy\n:   **[First](#in-process-one)**\n\n"
        "Delivery\n:   [Second](#in-process-two)\n\n"
        "Release\n:   **[Go/no-go decision](#in-process-go-no-go)**\n\n"
        "Launches\n:   **[Tier 3 launch](#in-launch-template-tier-3)**\n"
    ) in text
    assert "In bold" not in small.made()["roles/analyst.md"].text


def test_a_guardrail_whose_metric_is_not_there_is_named_all_the_same() -> None:
    path = "processes/experiments/short-brief.yaml"
    text = small.FILES[path].replace("actual: 81 %}", 'actual: 81 %}, {metric: unknown, limit: "<= 3 days"}')
    page = small.made({**small.FILES, path: text})["experiments/short-brief.md"]
    assert "| 81 % |\n| unknown | at most 3\u00a0days |  |\n" in page.text


OVERLAY = """\
title: Regulated market
summary: More tasks for a market with rules of its own.
status: active
owner: product-operations
tier: 3
anchor: {name: Launch day}
phases: [{id: permit, title: Get permission}]
tasks:
  - {id: filing, phase: permit, title: File it, responsible: analyst, due: -5d, needs: [brief], gate: go}
"""


def test_an_overlay_leads_to_the_tasks_and_gates_of_the_plan_below_it() -> None:
    below = "processes/launches/templates/tier-3.yaml"
    page = small.made(
        {
            **small.FILES,
            below: small.FILES[below] + "overlays: [market]\n",
            "processes/launches/templates/market.yaml": OVERLAY,
        }
    )["launch-templates/market.md"]
    assert "| [brief](tier-3.md#task-brief) | [Go](tier-3.md#gate-go) |" in page.text


RULE = """\
[[company]]
name = "process-without-sla"
kind = "process"
message = "this process does not say how long it may take"
why = "Whoever waits wants to know."
require = { key = "sla", present = true }
"""


def test_company_rules_are_listed_beside_the_others() -> None:
    page = small.made({**small.FILES, "handbook.toml": RULE})["reference/rules/index.md"]
    assert page.text.endswith("""\
## Rules of this company

| Rule | Level | What it finds | What it asks for, and why |
| --- | --- | --- | --- |
| `process-without-sla` | **warning**{ .level-warning } | This process does not say how long it may take. | \
Whoever waits wants to know. This is a rule of this company, from &#96;handbook.toml&#96;. \
It looks at each process, and requires that &#96;sla&#96; is present. |
""")
    assert "Rules of this company" not in small.made()["reference/rules/index.md"].text


def test_every_link_leads_to_a_page_and_a_place_that_exist() -> None:
    pages = {
        path: small.rendered(small.body(page)) if path.endswith(".md") else ""
        for path, page in small.made().items()
    }
    pages |= {
        path.removeprefix("docs/"): small.rendered(text)
        for path, text in small.FILES.items()
        if path.startswith("docs/")
    }
    anchors = {path: set(re.findall(r'id="([^"]+)"', html)) for path, html in pages.items()}
    dead = []
    for path, html in pages.items():
        for href in re.findall(r'href="([^"]+)"', html):
            if ":" in href:
                continue
            way, _, anchor = href.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), way)) if way else path
            if there not in pages or (anchor and anchor not in anchors[there]):
                dead.append((path, href))
    assert dead == []


def test_what_day_it_is_is_given_to_the_pages(root: Path) -> None:
    """No module of the pages reads a clock; the plugin alone does."""
    for module in (root / "scripts/handbook/site").rglob("*.py"):
        if module.name != "mkdocs.py":
            assert not re.search(r"\b(date\.today|datetime\.now|time\.time)\b", module.read_text()), module


def test_what_a_path_and_its_base_both_link_to_is_listed_once() -> None:
    further = "links: [{{title: {}, to: guides/tiers.md}}]\n"
    files = dict(small.FILES)
    for path, title in (("everyone", "Tiers"), ("analyst", "Our tiers")):
        files[f"processes/onboarding/{path}.yaml"] += further.format(title)
    page = small.made(files)["onboarding/analyst.md"].text
    assert page.endswith("## Further reading { #further-reading }\n\n- [Our tiers](../guides/tiers.md)\n")


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("check: All is well, actor: manager", "the check “Day 1”"),
        ("check: All is well., actor: buddy", "the check “All is well”"),
        ("meet: analyst", "meeting the analyst"),
        ("do: Anything", "first one"),
    ],
)
def test_what_an_item_waits_for_is_said_in_a_few_words(check: str, said: str) -> None:
    items = f"      - {{id: first-one, {check}}}\n      - {{id: second, do: More, needs: [first-one]}}\n"
    files = small.FILES | {
        "processes/onboarding/analyst.yaml": small.FILES["processes/onboarding/analyst.yaml"] + items
    }
    assert f"*after [{said}](#first-one)*" in small.made(files)["onboarding/analyst.md"].text
