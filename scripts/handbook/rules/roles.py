"""Work that belongs to too many, to one who checks himself, or to the same one again and again."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Change, Hit, Place, Severity
from handbook.model.flow import flow
from handbook.model.launch import LaunchTemplate
from handbook.model.process import Process, Step
from handbook.model.work import work
from handbook.rules.registry import rule
from handbook.text.near import listed

MOST_CONSULTED = 5
MOST_INFORMED = 10
_FEW_STEPS = 4


@rule("roles", Severity.WARNING, on=(Process, LaunchTemplate), fix="safe")
def told_about_own_work(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """The role that does a step, or answers for it, is also consulted or informed about it.

    It knows already. The entry makes the table of duties longer, and whoever acts on it gets every message twice.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: sign
        title: Sign off the release
        responsible: qa-lead
        informed: [qa-lead, support-lead]  # warning: [told-about-own-work]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: sign
        title: Sign off the release
        responsible: qa-lead
        informed: [support-lead]
    ```
    """
    for each in work(record):
        doing = {each.accountable: "answers for", each.responsible: "does"}
        for word, roles in (("consulted", each.consulted), ("informed", each.informed)):
            for index, role in enumerate(roles):
                if role in doing:
                    at = each.at / word / index
                    whole = each.at / word if doing.keys() >= set(roles) else at
                    message = f'"{role}" {doing[role]} "{each.id}" and is also {word} about it'
                    yield Hit(at, message, "remove the entry", change=Change(whole, safe=True))


@rule("roles", Severity.INFO, on=Process, fix="safe")
def repeated_accountable(process: Process) -> Iterator[Hit]:
    """A step names the accountable role of the whole process as its own.

    That is so anyway. Naming it says that this step is an exception, and when the process gets another accountable
    role, this step keeps the old one.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    accountable: head-of-product
    steps:
      - id: sign
        title: Sign off the release
        responsible: qa-lead
        accountable: head-of-product  # info: [repeated-accountable]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    accountable: head-of-product
    steps:
      - id: sign
        title: Sign off the release
        responsible: qa-lead
    ```
    """
    for step in process.steps:
        if step.accountable == process.accountable:
            at = step.at / "accountable"
            message = f'"{step.accountable}" is accountable for the whole process, and so for "{step.id}"'
            yield Hit(at, message, "remove it", change=Change(at, safe=True))


@rule("roles", Severity.WARNING, on=(Process, LaunchTemplate))
def self_approval(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """A role decides on nothing but its own work.

    Nobody else looks at it before it goes on, so a mistake stays where it was made. Let another role decide, or
    ask for evidence that another role brings.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, outputs: [qa-report]}
      - id: verdict
        decision: Is the release good?
        responsible: qa-lead  # warning: [self-approval]
        requires: [qa-report]
        options: [{when: "Yes", end: Released}, {when: "No", end: Sent back}]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, outputs: [qa-report]}
      - id: verdict
        decision: Is the release good?
        responsible: head-of-product
        requires: [qa-report]
        options: [{when: "Yes", end: Released}, {when: "No", end: Sent back}]
    ```
    """
    approvals = _decisions(record) if isinstance(record, Process) else _gates(record)
    for id, at, role, workers, done in approvals:
        if workers == {role}:
            message = f'"{role}" decides at "{id}", and the same role does all that is decided on: {listed(done, "and")}'
            yield Hit(at, message, "let another role decide, or add evidence that another role brings")


#: where somebody decides: its id, its place, who decides, who did what is decided on, and what that is
_Approval = tuple[str, Place, str, set[str], list[str]]


def _decisions(process: Process) -> Iterator[_Approval]:
    for step in process.steps:
        if step.decision and step.requires and step.accountable in (None, step.responsible):
            makers = [
                [other for other in process.steps if artifact in other.outputs] for artifact in step.requires
            ]
            if all(makers):  # what comes from elsewhere was somebody else's work
                roles = {other.id: other.responsible for made_by in makers for other in made_by}
                yield step.id, step.at / "responsible", step.responsible, set(roles.values()), list(roles)


def _gates(template: LaunchTemplate) -> Iterator[_Approval]:
    for gate in template.gates:
        tasks = [task for task in template.tasks if task.gate == gate.id]
        yield (
            gate.id,
            gate.at / "approver",
            gate.approver,
            {task.responsible for task in tasks},
            [task.id for task in tasks],
        )


@rule("roles", Severity.INFO, on=(Process, LaunchTemplate))
def crowded_step(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """A step asks more than 5 roles before it is done, or tells more than 10 afterwards.

    Waiting for many answers is what makes small steps long, and a message to everybody is read by nobody. Ask those
    who can change the result, and tell the rest in one place that they read anyway.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: draft
        title: Draft the message
        responsible: product-operations-lead
        consulted: [qa-lead, legal-counsel, engineering-manager, support-lead, product-manager, head-of-product]  # info: [crowded-step]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: draft
        title: Draft the message
        responsible: product-operations-lead
        consulted: [legal-counsel, support-lead]
    ```
    """
    for each in work(record):
        for word, roles, most in (
            ("consulted", each.consulted, MOST_CONSULTED),
            ("informed", each.informed, MOST_INFORMED),
        ):
            if len(roles) > most:
                message = f'{len(roles)} roles are {word} about "{each.id}", more than {most}'
                yield Hit(
                    (each.at / word).key,
                    message,
                    "keep those who can change the result, or who have to act on it",
                )


@rule("roles", Severity.INFO, on=Process)
def work_to_and_fro(process: Process) -> Iterator[Hit]:
    """Two roles pass the same work to each other again and again.

    Each time it waits for somebody to have time. Let one role do the two steps in one go, or let both sit down together.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: comment, title: Mark what cannot be said, responsible: legal-counsel}
      - {id: revise, title: Rewrite the message, responsible: product-manager}
      - {id: confirm, title: Confirm the wording, responsible: legal-counsel}  # info: [work-to-and-fro]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message together with legal counsel, responsible: product-manager, consulted: [legal-counsel]}
      - {id: confirm, title: Confirm the wording, responsible: legal-counsel}
    ```
    """
    for line in _straight_lines(process):
        roles = [step.responsible for step in line]
        for end in range(3, len(line)):
            one, other, again, last = roles[end - 3 : end + 1]
            if one == again != other == last:
                message = (
                    f'"{one}" and "{other}" pass the work to each other three times up to "{line[end].id}"'
                )
                yield Hit(
                    line[end].at / "responsible",
                    message,
                    "let one of them do two steps in one go, or both work together",
                )
                break


def _straight_lines(process: Process) -> Iterator[list[Step]]:
    """Yield stretches of at least four steps, each of which follows one step only and is followed by one only."""
    graph = flow(process)
    line: list[Step] = []
    for step in process.steps:
        before = graph.before(step.id, forward=True)
        alone = len(before) == 1 and len(graph.after(before[0].source, forward=True)) == 1
        if not (line and alone and before[0].source == line[-1].id):
            if len(line) >= _FEW_STEPS:
                yield line
            line = []
        line.append(step)
    if len(line) >= _FEW_STEPS:
        yield line


@rule("roles", Severity.INFO, on=Process)
def one_role_does_it_all(process: Process) -> Iterator[Hit]:
    """One role does every step of a process of four steps or more.

    Nobody else knows how it goes, so it stops when that one is away. It may be a checklist of the role, or
    somebody else should do a part of it.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:  # info: [one-role-does-it-all]
      - {id: collect, title: Collect the numbers, responsible: product-manager}
      - {id: sum, title: Sum them up, responsible: product-manager}
      - {id: draft, title: Draft the report, responsible: product-manager}
      - {id: send, title: Send the report, responsible: product-manager}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the numbers, responsible: product-operations-lead}
      - {id: sum, title: Sum them up, responsible: product-operations-lead}
      - {id: draft, title: Draft the report, responsible: product-manager}
      - {id: send, title: Send the report, responsible: product-manager}
    ```
    """
    roles = {step.responsible for step in process.steps}
    if len(roles) == 1 and len(process.steps) >= _FEW_STEPS:
        message = f'"{roles.pop()}" does all {len(process.steps)} steps, so nobody else can stand in'
        yield Hit(
            (process.at / "steps").key,
            message,
            "let another role do or check a part, or write it down as a checklist of the role",
        )
