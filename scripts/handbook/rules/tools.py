"""Tools that are paid for and not decided on, or that people need and cannot get at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from handbook.finding import Hit, Severity
from handbook.model.catalog import Tool
from handbook.model.values import Period
from handbook.plan.calendar import earlier, next_day
from handbook.rules.around import Whole
from handbook.rules.registry import rule
from handbook.text import words

_TIME_TO_DECIDE = Period(30, "d")  #: before the last day on which a contract can be cancelled
_FEW_SEATS = 10  #: seats from which on unused ones are worth a question
_MANY_IN_COMMON = 3  #: roles that need two tools of one category before it looks like twice the same


@rule("catalogue", Severity.WARNING, on=Tool)
def undecided_renewal(tool: Tool) -> Iterator[Hit]:
    """A contract can be cancelled for only a month more, and nothing says that somebody has decided.

    It renews itself, and nobody meant it to. Decide: enter the next end of the contract, or deprecate the tool.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      contract_end: 2026-12-31  # warning: [undecided-renewal]
      notice: 60d
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      contract_end: 2027-12-31
      notice: 60d
    ```
    """
    if tool.contract_end is None or tool.status in ("deprecated", "retired") or tool.sunset is not None:
        return
    last = earlier(tool.contract_end, tool.notice) if tool.notice else tool.contract_end
    message = f'the contract of "{tool.id}" ends or renews itself on {tool.contract_end}, and can be cancelled until {last}'
    help = "enter the end of the next contract, or deprecate the tool"
    since = earlier(last, _TIME_TO_DECIDE)
    yield Hit(tool.at / "contract_end", message, help, since=since, until=tool.contract_end)


@rule("catalogue", Severity.WARNING, on=Tool)
def ended_contract(tool: Tool) -> Iterator[Hit]:
    """The contract of a tool that is in use has ended.

    Either it renewed itself, or people work without one; the record does not tell which.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      contract_end: 2026-06-30  # warning: [ended-contract]
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      contract_end: 2027-06-30
    ```
    """
    if tool.contract_end is not None and tool.status != "retired":
        message = f'the contract of "{tool.id}" ended on {tool.contract_end}'
        help = "enter the end of the contract that holds now, or retire the tool"
        yield Hit(tool.at / "contract_end", message, help, since=next_day(tool.contract_end))


@rule("catalogue", Severity.INFO)
def rival_tools(whole: Whole) -> Iterator[Hit]:
    """Two active tools of one category are needed by the same roles, and neither says why both are.

    It costs twice, and half of the work is in the other one. Where both are right, say in the notes of one of them
    what it does that the other cannot, and name the other.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    board:
      title: Board
      summary: Where work is planned.
      owner: product-operations
      category: research
      access: Everyone has it
      used_by: [product-manager, qa-lead, support-lead]
    cards:  # info: [rival-tools]
      title: Cards
      summary: Where work is planned, too.
      owner: product-operations
      category: research
      access: Everyone has it
      used_by: [product-manager, qa-lead, support-lead]
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    board:
      title: Board
      summary: Where work is planned.
      owner: product-operations
      category: research
      access: Everyone has it
      used_by: [product-manager, qa-lead, support-lead]
    cards:
      title: Cards
      summary: Where customers vote.
      owner: product-operations
      category: research
      access: Everyone has it
      used_by: [product-manager, qa-lead, support-lead]
      notes: Customers can sign in here, which the board does not allow.
    ```
    """
    groups: dict[str, list[Tool]] = {}
    for tool in whole.all(Tool):
        if tool.status == "active":
            groups.setdefault(tool.category, []).append(tool)
    for category, tools in groups.items():
        for tool, other in combinations([one for one in tools if not _explained(one, tools)], 2):
            both = sorted(set(tool.used_by) & set(other.used_by))
            if len(both) >= _MANY_IN_COMMON:
                message = f'"{tool.id}" and "{other.id}" are both for {category}, and {len(both)} roles need both, such as "{both[0]}"'
                help = "retire one of them, or say in the notes of one why both are needed"
                yield Hit(other.at.key, message, help)


def _explained(tool: Tool, others: list[Tool]) -> bool:
    """Whether the notes of a tool speak of another one of its category, or those of another one speak of it."""
    pairs = [pair for other in others if other is not tool for pair in ((tool, other), (other, tool))]
    return any(
        name.casefold() in (one.notes or "").casefold() for one, two in pairs for name in (two.title, two.id)
    )


@rule("catalogue", Severity.WARNING, on=Tool)
def more_seats_used_than_paid(tool: Tool) -> Iterator[Hit]:
    """A tool has more users than seats that are paid for.

    The next audit of the vendor is expensive, or the two numbers were swapped.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      seats: 20
      seats_used: 27  # warning: [more-seats-used-than-paid]
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      seats: 30
      seats_used: 27
    ```
    """
    if tool.seats is not None and tool.seats_used is not None and tool.seats_used > tool.seats:
        message = f'{tool.seats_used} seats of "{tool.id}" are used, and {tool.seats} are paid for'
        yield Hit(tool.at / "seats_used", message, "correct the numbers, or buy the seats that are missing")


@rule("catalogue", Severity.INFO, on=Tool)
def unused_seats(tool: Tool) -> Iterator[Hit]:
    """Fewer than half of the seats that are paid for are used.

    Seats that nobody sits on are the easiest money to save at the next renewal.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      seats: 40
      seats_used: 12  # info: [unused-seats]
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      seats: 15
      seats_used: 12
    ```
    """
    if tool.seats is None or tool.seats_used is None or tool.status == "retired":
        return
    if tool.seats >= _FEW_SEATS and tool.seats_used * 2 < tool.seats:
        message = f'{tool.seats_used} of {tool.seats} paid seats of "{tool.id}" are used'
        yield Hit(tool.at / "seats_used", message, "pay for fewer, or find out why people do not use it")


@rule("catalogue", Severity.WARNING, on=Tool)
def tool_without_access(tool: Tool) -> Iterator[Hit]:
    """Roles need a tool, and nothing says how to get access.

    Everyone asks the colleague who sits nearest.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:  # warning: [tool-without-access]
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      used_by: [product-manager]
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    survey-tool:
      title: Survey tool
      summary: Asks customers questions.
      owner: product-operations
      category: research
      used_by: [product-manager]
      access: "Ask in #research; granted the same day"
    ```
    """
    if tool.used_by and tool.access is None and tool.status in ("active", "trial"):
        others = len(tool.used_by) - 1
        who = (
            f'"{tool.used_by[0]}" and {words.count(others, "other role")} need'
            if others
            else f'"{tool.used_by[0]}" needs'
        )
        message = f'{who} "{tool.id}", and nothing says how to get access'
        yield Hit(tool.at.key, message, "add access: whom to ask, and how long it takes")
