"""The kinds of record: one row each, with where its files are and how it is called.

A new kind is a row here, a schema and a dataclass; `tests/contracts` holds the three together.
"""

from __future__ import annotations

from handbook.frozen import Frozen


class Kind(Frozen):
    """A kind of record.

    `folder` is below the processes folder: files in it are one record each. With `catalogue` it is
    one file that maps ids to records. `pages` is the folder of its pages on the site.
    """

    name: str
    title: str
    plural: str
    folder: str
    pages: str
    module: str
    entity: str
    catalogue: bool = False

    @property
    def schema(self) -> str:
        return f"{self.name}.schema.json"


KINDS = {
    kind.name: kind
    for kind in (
        Kind("process", "Process", "Processes", "", "processes", "process", "Process"),
        Kind(
            "launch-template",
            "Launch template",
            "Launch templates",
            "launches/templates",
            "launch-templates",
            "launch",
            "LaunchTemplate",
        ),
        Kind("launch", "Launch", "Launches", "launches/plans", "launches", "launch", "Launch"),
        Kind(
            "experiment",
            "Experiment",
            "Experiments",
            "experiments",
            "experiments",
            "experiment",
            "Experiment",
        ),
        Kind(
            "onboarding-path",
            "Onboarding path",
            "Onboarding paths",
            "onboarding",
            "onboarding",
            "onboarding",
            "OnboardingPath",
        ),
        Kind("role", "Role", "Roles", "catalog/roles.yaml", "roles", "catalog", "Role", True),
        Kind("team", "Team", "Teams", "catalog/teams.yaml", "teams", "catalog", "Team", True),
        Kind("tool", "Tool", "Tools", "catalog/tools.yaml", "tools", "catalog", "Tool", True),
        Kind("metric", "Metric", "Metrics", "catalog/metrics.yaml", "metrics", "catalog", "Metric", True),
        Kind(
            "artifact",
            "Artifact",
            "Artifacts",
            "catalog/artifacts.yaml",
            "artifacts",
            "catalog",
            "Artifact",
            True,
        ),
        Kind("term", "Term", "Terms", "catalog/terms.yaml", "terms", "catalog", "Term", True),
        Kind(
            "calendar",
            "Calendar",
            "Calendars",
            "catalog/calendars.yaml",
            "calendars",
            "catalog",
            "Calendar",
            True,
        ),
    )
}
