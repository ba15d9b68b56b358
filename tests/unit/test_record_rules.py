"""When rules on records begin and cease to hold, and what they leave alone: what their examples cannot show."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.check import check
from handbook.settings import Settings
from handbook.sources import literal
from tests.rules.example import BASE, complete

PROCESS = "processes/release/example.yaml"
LAUNCH = "processes/launches/plans/example.yaml"
TEMPLATE = "processes/launches/templates/small.yaml"
PATH = "processes/onboarding/example.yaml"
EXPERIMENT = "processes/experiments/example.yaml"
TOOLS = "processes/catalog/tools.yaml"
METRICS = "processes/catalog/metrics.yaml"
CALENDARS = "processes/catalog/calendars.yaml"


def found(files: dict[str, str], *rules: str, on: str = "2026-10-05") -> list[str]:
    """Return what these rules say about a handbook on a day."""
    texts = {**BASE, **{path: complete(path, text) for path, text in files.items()}}
    findings = check(literal(texts), Settings(), date.fromisoformat(on))
    return [finding.message for finding in findings if finding.rule in rules]


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        ("2026-10-05", ["reference-to-deprecated"]),
        ("2027-06-30", ["reference-to-deprecated"]),
        ("2027-07-01", ["reference-to-retired"]),
    ],
)
def test_a_deprecated_tool_may_be_named_until_its_last_day(on: str, rules: list[str]) -> None:
    files = {PROCESS: "steps: [{id: a, title: Begin, responsible: qa-lead, tool: old-wiki}]\n"}
    names = ("reference-to-deprecated", "reference-to-retired")
    assert [name for name in names if found(files, name, on=on)] == rules


@pytest.mark.parametrize("status", ["draft", "deprecated", "retired"])
def test_a_record_out_of_force_may_name_whatever_it_likes(status: str) -> None:
    step = "{id: a, title: Begin, responsible: qa-lead, tool: old-tracker}"
    files = {PROCESS: f"status: {status}\nsunset: 2027-01-01\nsteps: [{step}]\n"}
    assert found(files, "reference-to-retired", on="2026-10-05") == []


def test_a_launch_under_way_keeps_the_template_that_it_began_with() -> None:
    files = {
        TEMPLATE: "status: deprecated\nsunset: 2026-11-08\n",
        LAUNCH: "template: small\n",
    }
    rules = ("reference-to-retired", "reference-to-deprecated", "launch-of-retired-template")
    assert found(files, *rules, on="2027-01-01") == [
        'launches could start from "small" until 2026-11-08, and this one begins on 2026-11-09'
    ]
    files[TEMPLATE] = "status: deprecated\nsunset: 2026-11-09\n"
    assert found(files, *rules, on="2027-01-01") == []


def test_a_page_may_link_to_itself_and_to_what_is_retired() -> None:
    page = "---\ntitle: Tools\nowner: product-operations\n---\n\n# Tools\n\n[Below](#more) and [this](tools.md#more).\n\n## More\n"
    assert found({"docs/tools.md": page}, "self-reference", "unknown-reference") == []


@pytest.mark.parametrize(
    ("on", "overdue"), [("2027-02-28", False), ("2027-03-01", True)], ids=["last-day", "day-after"]
)
def test_a_review_is_overdue_from_the_day_after_its_last_good_one(on: str, overdue: bool) -> None:
    files = {PROCESS: "reviewed: 2026-08-31\nreview_every: 6mo\n"}
    said = ['"example" was read last on 2026-08-31 and is to be read every 6mo, so by 2027-02-28']
    assert found(files, "overdue-review", on=on) == (said if overdue else [])
    files = {PROCESS: "tags: [controlled]\nreviewed: 2026-08-31\nreview_every: 6mo\n"}
    assert found(files, "overdue-review", on=on) == []
    assert found(files, "overdue-controlled-review", on=on) == (said if overdue else [])


def test_a_page_is_reviewed_like_a_record() -> None:
    front = "title: Tools\nowner: product-operations\nreviewed: 2026-01-12\nreview_every: 6mo\n"
    said = ['"docs/tools.md" was read last on 2026-01-12 and is to be read every 6mo, so by 2026-07-12']
    assert found({"docs/tools.md": f"---\n{front}---\n\n# Tools\n"}, "overdue-review") == said
    assert (
        found({"docs/tools.md": f"---\n{front}tags: [controlled]\n---\n\n# Tools\n"}, "overdue-review") == []
    )


@pytest.mark.parametrize(
    "lines", ["reviewed: soon\nreview_every: often\n", "reviewed: [2020-01-01]\ntags: old\n"]
)
def test_front_matter_that_is_wrong_is_not_read_as_a_review(lines: str) -> None:
    page = f"---\ntitle: Tools\n{lines}---\n\n# Tools\n"
    assert found({"docs/tools.md": page}, "overdue-review", "review-in-future", "review-without-rhythm") == []


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_nobody_has_to_review_what_is_not_in_force(status: str) -> None:
    files = {PROCESS: f"status: {status}\nreviewed: 2020-01-01\nreview_every: 1d\n"}
    assert found(files, "overdue-review") == []


@pytest.mark.parametrize(("on", "early"), [("2026-10-03", True), ("2026-10-04", False)])
def test_a_review_is_in_the_future_until_it_is_its_day_somewhere(on: str, early: bool) -> None:
    assert bool(found({PROCESS: "reviewed: 2026-10-05\n"}, "review-in-future", on=on)) == early


def test_the_longest_rhythm_of_the_latest_review_is_no_reason_to_stop() -> None:
    assert found({PROCESS: "reviewed: 2999-12-31\nreview_every: 9999y\n"}, "overdue-review") == []


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        ("2026-10-01", []),
        ("2026-10-02", ["undecided-renewal"]),
        ("2026-12-31", ["undecided-renewal"]),
        ("2027-01-01", ["ended-contract"]),
    ],
)
def test_a_renewal_is_decided_in_the_month_before_it_is_too_late(on: str, rules: list[str]) -> None:
    tool = "a: {title: A, summary: A tool., owner: product-operations, category: research, contract_end: 2026-12-31, notice: 60d}\n"
    names = ("undecided-renewal", "ended-contract")
    assert [name for name in names if found({TOOLS: BASE[TOOLS] + tool}, name, on=on)] == rules


def test_a_deprecated_tool_needs_no_decision_about_its_contract() -> None:
    tool = (
        "a: {title: A, summary: A tool., owner: product-operations, category: research, contract_end: 2026-12-31,"
        " status: deprecated, sunset: 2026-12-31}\n"
    )
    assert found({TOOLS: BASE[TOOLS] + tool}, "undecided-renewal", on="2026-12-20") == []


def test_a_tool_whose_notes_speak_of_another_of_its_category_is_explained() -> None:
    def tool(id: str, notes: str) -> str:
        used_by = "[qa-lead, legal-counsel, support-lead]"
        return (
            f"{id}: {{title: {id.title()}, summary: A tool., owner: product-operations, category: research,"
            f" used_by: {used_by}, access: Ask, notes: {notes}}}\n"
        )

    def said(*tools: str) -> list[str]:
        return found({TOOLS: BASE[TOOLS] + "".join(tools)}, "rival-tools")

    none, speaks = "Nothing of note.", "It stands beside ALPHA for customers."
    assert said(tool("alpha", none), tool("beta", none), tool("gamma", speaks)) == []
    assert said(tool("alpha", none), tool("beta", none), tool("gamma", none)) == [
        '"alpha" and "beta" are both for research, and 3 roles need both, such as "legal-counsel"',
        '"alpha" and "gamma" are both for research, and 3 roles need both, such as "legal-counsel"',
        '"beta" and "gamma" are both for research, and 3 roles need both, such as "legal-counsel"',
    ]


def test_a_long_circle_is_told_at_each_record_and_a_tail_that_leads_into_it_is_not() -> None:
    def metric(id: str, needs: str) -> str:
        return (
            f"{id}: {{title: {id}, summary: A metric., owner: product-operations, formula: a / b, unit: '%',"
            f" direction: up, needs: [{needs}]}}\n"
        )

    text = (
        metric("a", "b") + metric("b", "c") + metric("c", "a") + metric("tail", "a") + metric("self", "self")
    )
    assert found({METRICS: BASE[METRICS] + text}, "circular-formula") == [
        '"a" → "b" → "c" → "a" need one another in a circle',
        '"b" → "c" → "a" → "b" need one another in a circle',
        '"c" → "a" → "b" → "c" need one another in a circle',
    ]


def test_many_metrics_that_need_each_other_are_looked_at_in_a_moment() -> None:
    ids = [f"m{number}" for number in range(1500)]
    text = "".join(
        f"{id}: {{title: {id}, summary: A metric., owner: product-operations, formula: a, unit: a, direction: up,"
        f" needs: [{after}]}}\n"
        for id, after in zip(ids, [*ids[1:], "activation-rate"], strict=True)
    )
    assert found({METRICS: BASE[METRICS] + text}, "circular-formula") == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("To be decided by Friday", False),
        ("TBD", True),
        ("Owner: TODO, date: FIXME", True),
        ('Never write "TBD" in a plan', False),
        ("Never write `TODO` in a plan", False),
        ("In the channel #TODO-list", False),
        ("Ask <name> for access", True),
        ("Ask <your manager> for access", True),
        ("Press <kbd>Enter</kbd>", False),
        ("Lorem ipsum dolor sit amet", True),
        ("Answer the question ???", True),
        ("Really???", False),
        ("A todo list for the team", False),
        ("Sizes XXL and XXXL", False),
        ("Budget: XXX", True),
    ],
)
def test_a_placeholder_is_a_word_that_stands_in_for_text(text: str, left: bool) -> None:
    files = {
        PROCESS: f"steps:\n  - id: a\n    title: Begin\n    responsible: qa-lead\n    instructions: |\n      {text}\n"
    }
    assert bool(found(files, "placeholder-text")) == left


def test_a_placeholder_is_looked_for_in_every_text_of_a_record() -> None:
    step = '{id: a, title: Begin, responsible: qa-lead, checklist: [Ready, "TBD"]}'
    assert found({PROCESS: f"outcome: TODO\nsteps: [{step}]\n"}, "placeholder-text") == [
        '"TODO" stands where a text belongs',
        '"TBD" stands where a text belongs',
    ]


def test_the_examples_that_a_record_is_started_with_are_those_of_the_schemas() -> None:
    from handbook.model.kinds import KINDS
    from handbook.rules.texts import EXAMPLES
    from handbook.schema import files

    assert set(EXAMPLES) == set(KINDS)
    for kind, (title, texts) in EXAMPLES.items():
        within, properties = files.load(KINDS[kind].schema), files.record_schema(KINDS[kind])["properties"]
        first = {key: files.resolve(properties[key], within)[0]["examples"][0] for key in ("title", *texts)}
        assert first == {"title": title, **texts}


def test_an_experiment_has_each_group_and_each_guardrail_once() -> None:
    variant, guardrail = "{id: tour, title: A tour}", "metric: activation-rate, limit:"
    files = {
        EXPERIMENT: f"variants: [{variant}, {variant}]\n"
        f'guardrails: [{{{guardrail} ">= 20%"}}, {{{guardrail} ">= 25%"}}]\n'
    }
    assert found(files, "repeated-id", "repeated-metric") == [
        'there are two variants "tour"',
        '"activation-rate" is listed twice, with the targets >= 20% and >= 25%',
    ]


def test_an_experiment_may_keep_the_example_of_its_hypothesis_as_long_as_it_is_a_draft() -> None:
    example = (
        "hypothesis: We believe that three named first steps will bring more new accounts to their first result,"
        " because most of those who leave never found where to begin.\n"
    )
    assert found({EXPERIMENT: f"title: A tour\nstatus: draft\n{example}"}, "kept-example") == []
    assert found({EXPERIMENT: f"title: A tour\nstatus: active\n{example}"}, "kept-example") == [
        "hypothesis is still the example that the record was started with"
    ]


def test_a_path_speaks_of_what_the_path_that_it_extends_speaks_of() -> None:
    files = {
        PROCESS: "steps: [{id: a, title: Begin, responsible: product-manager}]\n",
        "processes/onboarding/everyone.yaml": "role: support-lead\nacknowledge: [example]\n",
        PATH: "role: product-manager\nextends: everyone\n",
    }
    assert found(files, "duty-not-in-path") == []
    files[PATH] = "role: product-manager\n"
    assert found(files, "duty-not-in-path") == [
        '"product-manager" has work in "example", of which this path does not speak'
    ]


DAY_1 = "{{id: {id}, title: Day 1, starts: 0d, ends: 0d, outcomes: [Ready], items: [{items}]}}"
EVERYONE = "processes/onboarding/everyone.yaml"


def test_the_items_of_the_path_that_a_path_extends_count_in_its_stages() -> None:
    def said(own: str, *rules: str, stage: str = "a") -> list[str]:
        base = DAY_1.format(id="a", items="{id: sign-in, check: You can sign in, time: 3h}")
        more = DAY_1.format(id=stage, items=own)
        files = {
            EVERYONE: f"daily_budget: 4h\nstages: [{base}]\n",
            "processes/onboarding/middle.yaml": "extends: everyone\nstages: ["
            + DAY_1.format(id="a", items="{id: middle, check: Ready}")
            + "]\n",
            PATH: f"extends: middle\nstages: [{more}]\n",
        }
        return found(files, *rules)

    assert said("{id: task, do: Begin, time: 1h, needs: [sign-in]}", "unknown-item", "overloaded-stage") == []
    assert said("{id: task, do: Begin, needs: [sing-in]}", "unknown-item") == [
        'item "task" waits for "sing-in", which is not an item of this path; did you mean "sign-in"?'
    ]
    assert said("{id: task, do: Begin, time: 2h}", "overloaded-stage") == [
        'the items of "a" take 5 h, and 4h a day make 4 h'
    ]
    assert said("{id: sign-in, do: Begin}", "item-of-base") == [
        'item "sign-in" is an item of the path that this one extends, too'
    ]
    assert said("{id: task, do: Begin}", "overlapping-stages", stage="b") == [
        'stage "b" starts on 0d, and "a" ends on 0d'
    ]


def test_a_path_that_is_not_in_force_needs_no_role() -> None:
    assert found({EVERYONE: "status: draft\n"}, "path-without-role") == []
    assert found({EVERYONE: "status: active\n"}, "path-without-role") == [
        "this path names no role, and no other path extends it"
    ]


def test_paths_that_extend_each_other_are_one_mistake() -> None:
    files = {EVERYONE: "extends: example\n", PATH: "extends: everyone\n"}
    assert found(files, "circular-extension", "unknown-item", "path-without-role") == [
        '"everyone" → "example" → "everyone" extend one another in a circle',
        '"example" → "everyone" → "example" extend one another in a circle',
    ]


def test_a_message_names_five_duties_at_most() -> None:
    steps = "steps: [{id: a, title: Begin, responsible: product-manager}]\n"
    files = {f"processes/release/p{number}.yaml": steps for number in range(7)}
    assert found({**files, PATH: "role: product-manager\n"}, "duty-not-in-path") == [
        '"product-manager" has work in "p0", "p1", "p2", "p3", "p4" and more, of which this path does not speak'
    ]


def test_an_item_before_the_first_day_does_not_use_up_the_budget_of_a_stage() -> None:
    stage = "starts: -10d, ends: {ends}, outcomes: [Ready], items: [{{id: a, check: Ready, time: 6h, actor: {actor}}}]"

    def said(ends: str, actor: str) -> list[str]:
        text = f"daily_budget: 4h\nstages: [{{id: pre, title: Before, {stage.format(ends=ends, actor=actor)}}}]\n"
        return found({PATH: text}, "overloaded-stage")

    assert said("-1d", "hire") == []
    assert said("0d", "manager") == []
    assert said("0d", "hire") == ['the items of "pre" take 6 h, and 4h a day make 4 h']


def test_freezes_for_different_launches_may_share_days() -> None:
    freezes = "{from: 2026-12-01, to: 2026-12-10, title: A}, {from: 2026-12-05, to: 2026-12-06, title: B, scope: [billing]}"
    calendar = f"site: {{title: Site, summary: A calendar., freezes: [{freezes}]}}\n"
    assert found({CALENDARS: BASE[CALENDARS] + calendar}, "overlapping-freezes") == []


def test_a_tool_may_name_its_user_by_an_alias_and_a_gap_is_told_once() -> None:
    def said(users: str, role: str) -> list[str]:
        tool = f"board: {{title: Board, summary: A tool., owner: product-operations, category: planning, used_by: [{users}]}}\n"
        step = f"title: Begin, responsible: {role}, tool: board"
        return found(
            {
                TOOLS: BASE[TOOLS] + tool,
                PROCESS: f"steps: [{{id: a, {step}}}, {{id: b, {step}}}]\n",
            },
            "tool-without-its-user",
        )

    assert said("product-owner", "product-manager") == []
    assert said("product-manager", "product-owner") == []
    assert said("support-lead", "qa-lead") == [
        'step "a" is done by "qa-lead" in "board", which does not name that role in used_by'
    ]
