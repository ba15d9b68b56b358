"""Roles and teams that cannot carry what the processes give them."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.catalog import Role, Team
from handbook.model.handbook import Name
from handbook.model.process import Process
from handbook.model.record import FOLLOWED
from handbook.model.rhythm import WEEKS_PER_YEAR, volume_per_year
from handbook.model.visits import hours_per_run
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.text.words import count, listed, number


@rule("roles", Severity.INFO, on=Role)
def role_without_backup(role: Role) -> Iterator[Hit]:
    """Nobody stands in for a role.

    When whoever wears it is on holiday, ill or gone, every step of the role waits. A `backup` is another role;
    two `holders` stand in for each other.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    release-captain:  # info: [role-without-backup]
      title: Release captain
      summary: Takes a release through its last days.
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    release-captain:
      title: Release captain
      summary: Takes a release through its last days.
      backup: engineering-manager
    ```
    """
    if role.status in FOLLOWED and role.backup in (None, role.id) and len(role.holders) < 2:
        itself = "stands in for itself" if role.backup else "has no backup"
        yield Hit(
            role.at.key,
            f'role "{role.id}" {itself}, and not two holders either',
            "name the role that steps in as backup",
        )


@rule("roles", Severity.WARNING, on=Role)
def overloaded_role(role: Role, around: Around) -> Iterator[Hit]:
    """The processes need more hours of a role than its holders have.

    The work piles up at this role, whatever the durations of its steps say. The hours are the effort of the steps of
    the role, times how often the processes run, times how often a run comes to the step. They are compared
    with `capacity`, once for each of the `holders`; where no holders are named, nobody knows how many there are, and
    nothing is said.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    release-captain:
      title: Release captain
      summary: Takes a release through its last days.
      backup: qa-lead
      capacity: 8h  # warning: [overloaded-role]
      holders: [amara]
    ```

    ```yaml title="processes/release/example.yaml"
    volume: {per: week, count: 3}
    steps:
      - {id: watch, title: Watch the release, responsible: release-captain, effort: 4h, duration: 1d}
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    release-captain:
      title: Release captain
      summary: Takes a release through its last days.
      backup: qa-lead
      capacity: 8h
      holders: [amara, jonas]
    ```

    ```yaml title="processes/release/example.yaml"
    volume: {per: week, count: 3}
    steps:
      - {id: watch, title: Watch the release, responsible: release-captain, effort: 4h, duration: 1d}
    ```
    """
    if role.capacity is None or not role.holders or role.status not in FOLLOWED:
        return
    hours = dict(_hours_per_week(role, around))
    available = role.capacity.hours * len(role.holders)
    needed = sum(hours.values())
    if needed > available:
        largest = sorted(hours, key=lambda id: -hours[id])[:3]
        message = f'the processes need about {count(needed, "hour")} a week of "{role.id}", and there are {number(available)}'
        shares = listed(f"{id} ({number(hours[id])} h)" for id in largest)
        yield Hit(
            role.at / "capacity",
            message,
            f"most of it is for {shares}: give steps to others, or name more holders",
        )


def _hours_per_week(role: Role, around: Around) -> Iterator[tuple[str, float]]:
    """Yield the processes in which a role has work, each with the hours a week that it takes."""
    own = Name("role", role.id)
    for source in around.naming(own, "steps.responsible"):
        process = around.find(Process, source.id) if source.kind == "process" else None
        if process is None or process.volume is None or process.status not in FOLLOWED:
            continue
        runs = volume_per_year(process.volume) / WEEKS_PER_YEAR
        efforts = [
            hours for id, hours in hours_per_run(process).items() if around.resolve(Name("role", id)) == own
        ]
        yield process.id, runs * sum(efforts)


@rule("roles", Severity.INFO, on=Team)
def team_out_of_reach(team: Team) -> Iterator[Hit]:
    """A team has no channel and no mail address, no project in the issue tracker, or no name at the Git host.

    Questions about its records end nowhere, tickets for it land in nobody's queue, and nobody of it is asked to
    review a change of what it owns.

    Wrong:

    ```yaml title="processes/catalog/teams.yaml"
    quality:  # info: [team-out-of-reach]
      title: Quality
      summary: Finds out whether a release is fit for customers.
      channel: "#quality"
      tracker: QA
    ```

    Right:

    ```yaml title="processes/catalog/teams.yaml"
    quality:
      title: Quality
      summary: Finds out whether a release is fit for customers.
      channel: "#quality"
      tracker: QA
      handle: "@example/quality"
    ```
    """
    ways = {
        "a channel or mail (to ask it)": team.channel or team.mail,
        "a tracker (for tickets)": team.tracker,
        "a handle (for reviews)": team.handle,
    }
    missing = [way for way, value in ways.items() if value is None]
    if missing and team.status in FOLLOWED:
        yield Hit(
            team.at.key,
            f'team "{team.id}" lacks {listed(missing)}',
            "add what there is, so that people and tools find the team",
        )
