"""Findings for people and programs: one renderer in each module, each a pure function from a report to text.

Every renderer is `render(report) -> str`. The text ends with a line break, or is empty where a format has nothing to
say. It is the same for the same report, byte by byte.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handbook.report.report import Report

#: name of a format -> who reads it. The name is that of the module that renders it.
FORMATS: Mapping[str, str] = {
    "text": "people at a terminal: the sentence, the line with a caret under the place, the remedy",
    "concise": "people and editors: one line for each finding",
    "json": "programs: everything that is known, in a versioned form",
    "github": "GitHub Actions: annotations on the changed lines",
    "sarif": "GitHub code scanning, editors and dashboards: SARIF 2.1.0",
    "gitlab": "GitLab: the code quality report of a merge request",
    "junit": "Jenkins, Azure Pipelines, CircleCI and GitLab: a test report",
    "rdjson": "reviewdog: comments with suggestions on a change",
    "markdown": "people in a pull request: a table for a comment",
}


def renderer(name: str) -> Callable[[Report], str]:
    """Return the renderer of a format. Only its own module is imported."""
    render: Callable[[Report], str] = __import__(f"{__name__}.{name}", fromlist=("render",)).render
    return render
