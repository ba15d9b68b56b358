"""Records that lead round in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from handbook.finding import Hit, Severity
from handbook.model.catalog import Calendar, Metric
from handbook.model.handbook import Name
from handbook.model.onboarding import OnboardingPath
from handbook.model.record import Record
from handbook.rules.around import Around
from handbook.rules.registry import rule

_FARTHEST = 200  #: records that are looked at from each; no honest circle is longer


@rule("references", on=(Calendar, OnboardingPath))
def circular_extension(record: Calendar | OnboardingPath, around: Around) -> Iterator[Hit]:
    """A calendar or an onboarding path extends itself, by way of others.

    None of them is the first, so none of them can be put together.

    Wrong:

    ```yaml title="processes/catalog/calendars.yaml"
    berlin:
      title: Berlin
      summary: The company calendar with the days off of Berlin.
      extends: germany  # error: [circular-extension]
    germany:
      title: Germany
      summary: The days off of all offices in Germany.
      extends: berlin  # error: [circular-extension]
    ```

    Right:

    ```yaml title="processes/catalog/calendars.yaml"
    berlin:
      title: Berlin
      summary: The company calendar with the days off of Berlin.
      extends: germany
    germany:
      title: Germany
      summary: The days off of all offices in Germany.
    ```
    """

    def following(id: str) -> tuple[str, ...]:
        one = around.find(type(record), id)
        return (one.extends,) if one and one.extends else ()

    if round_trip := _circle(record.id, following, _now(record.kind, around)):
        message = f"{_way(round_trip)} extend one another in a circle"
        yield Hit(record.at / "extends", message, "let one of them stand alone")


@rule("references", on=Metric)
def circular_formula(metric: Metric, around: Around) -> Iterator[Hit]:
    """The formula of a metric needs the metric itself, by way of others.

    It cannot be computed.

    Wrong:

    ```yaml title="processes/catalog/metrics.yaml"
    on-time-share:
      title: Launches on time
      summary: Share of launches on the promised day.
      owner: product-operations
      unit: "%"
      direction: up
      formula: 1 - late-share
      target: ">= 90%"
      needs: [late-share]  # error: [circular-formula]
    late-share:
      title: Late launches
      summary: Share of launches after the promised day.
      owner: product-operations
      unit: "%"
      direction: down
      formula: 1 - on-time-share
      target: "<= 10%"
      needs: [on-time-share]  # error: [circular-formula]
    ```

    Right:

    ```yaml title="processes/catalog/metrics.yaml"
    on-time-share:
      title: Launches on time
      summary: Share of launches on the promised day.
      owner: product-operations
      unit: "%"
      direction: up
      formula: 1 - late-share
      target: ">= 90%"
      needs: [late-share]
    late-share:
      title: Late launches
      summary: Share of launches after the promised day.
      owner: product-operations
      unit: "%"
      direction: down
      formula: launches after the promised day / all launches of the quarter
      target: "<= 10%"
    ```
    """

    def following(id: str) -> tuple[str, ...]:
        one = around.find(Metric, id)
        return one.needs if one else ()

    if round_trip := _circle(metric.id, following, _now("metric", around)):
        message = f"{_way(round_trip)} need one another in a circle"
        yield Hit(metric.at / "needs", message, "give one of them a formula of numbers that are counted")


@rule("references", on=Record)
def circular_replacement(record: Record, around: Around) -> Iterator[Hit]:
    """A record is replaced by one that is, by way of others, replaced by it.

    A reader who follows the pointers to what holds today never arrives.

    Wrong:

    ```yaml title="processes/release/first.yaml"
    status: deprecated
    replaced_by: second  # error: [circular-replacement]
    ```

    ```yaml title="processes/release/second.yaml"
    status: deprecated
    replaced_by: first  # error: [circular-replacement]
    ```

    Right:

    ```yaml title="processes/release/first.yaml"
    status: deprecated
    replaced_by: second
    ```

    ```yaml title="processes/release/second.yaml"
    replaces: [first]
    ```
    """
    if record.replaced_by is None:
        return

    def following(id: str) -> tuple[str, ...]:
        head = around.head(Name(record.kind, id))
        return (head.replaced_by,) if head and head.replaced_by else ()

    if round_trip := _circle(record.id, following, _now(record.kind, around)):
        message = f"{_way(round_trip)} replace one another in a circle"
        yield Hit(record.at / "replaced_by", message, "decide which one holds, and let the others lead to it")


@rule("references", Severity.WARNING, on=Record)
def circular_trigger(record: Record, around: Around) -> Iterator[Hit]:
    """A process is started by one that is, by way of others, started by it.

    Nothing starts the first of them, or they start each other for ever. Where a circle is meant, such as a rhythm,
    the trigger of one of them is `every` without `from`.

    Wrong:

    ```yaml title="processes/learning/review.yaml"
    trigger: {event: Results are in, from: experiment}  # warning: [circular-trigger]
    ```

    ```yaml title="processes/learning/experiment.yaml"
    trigger: {event: A review asks for a test, from: review}  # warning: [circular-trigger]
    ```

    Right:

    ```yaml title="processes/learning/review.yaml"
    trigger: {event: Results are in, from: experiment}
    ```

    ```yaml title="processes/learning/experiment.yaml"
    trigger: {every: month}
    ```
    """
    if record.kind != "process" or not around.naming(Name("process", record.id), "trigger.from"):
        return  # what starts nothing is started by nothing that it started

    def earlier(id: str) -> list[str]:
        """Return the process that starts one: there is one at most, so the way back is short."""
        return [mention.target.id for mention in around.outgoing(Name("process", id), "trigger.from")]

    if way_back := _circle(record.id, earlier, _now("process", around)):
        message = f"{_way([way_back[0], *way_back[:0:-1]])} start one another in a circle"
        yield Hit(record.at / "trigger" / "from", message, "say what starts the first of them")


def _now(kind: str, around: Around) -> Callable[[str], str]:
    """Return how an id or alias of a kind is called now."""
    return lambda id: around.resolve(Name(kind, id)).id


def _circle(start: str, following: Callable[[str], Iterable[str]], now: Callable[[str], str]) -> list[str]:
    """Return the shortest way from a record back to itself, or nothing. To name oneself is another mistake."""
    before = {start: ""}
    queue = [start]
    for id in queue:
        for other in map(now, following(id)):
            if other == start and id != start:
                return _back(id, before)
            if other not in before and len(queue) < _FARTHEST:
                before[other] = id
                queue.append(other)
    return []


def _back(id: str, before: dict[str, str]) -> list[str]:
    """Return the way that led to a record, by what came before each."""
    way = []
    while id:
        way.append(id)
        id = before[id]
    return way[::-1]


def _way(ids: list[str]) -> str:
    names = [f'"{id}"' for id in ids]
    return " → ".join([*names, names[0]])
