"""Tools, metrics, roles and terms that say too little, or too much. Tools are in `tools`, calendars in `calendars`."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Place, Severity
from handbook.model.catalog import Artifact, Metric, Team, Term
from handbook.model.handbook import Name
from handbook.rules.around import Around, Whole
from handbook.rules.registry import rule

_PRODUCED = ("outputs", "steps.outputs", "tasks.artifact")
_NEEDED = (
    "inputs",
    "steps.requires",
    "gates.evidence",
)  #: what steps work from is for `input-from-nowhere` to tell


@rule("catalogue", Severity.WARNING, on=Artifact, from_absence=True)
def unproduced_artifact(artifact: Artifact, around: Around) -> Iterator[Hit]:
    """A process, a decision or a gate needs an artifact that no process and no launch task produces.

    Somebody waits for it, and nobody knows that it is theirs to make. Say `external: true` where it comes from
    outside.

    Wrong:

    ```yaml title="processes/catalog/artifacts.yaml"
    contract:  # warning: [unproduced-artifact]
      title: Contract
      summary: What was agreed with the supplier.
      owner: product-operations
    ```

    ```yaml title="processes/release/example.yaml"
    inputs: [contract]
    ```

    Right:

    ```yaml title="processes/catalog/artifacts.yaml"
    contract:
      title: Contract
      summary: What was agreed with the supplier.
      owner: product-operations
      external: true
    ```

    ```yaml title="processes/release/example.yaml"
    inputs: [contract]
    ```
    """
    if artifact.external or artifact.status not in ("active", "trial"):
        return
    mentions = around.incoming(Name("artifact", artifact.id))
    if any(mention.key in _PRODUCED for mention in mentions):
        return
    users = [mention.source.id for mention in mentions if mention.key in _NEEDED]
    if users:
        message = f'"{min(users)}" needs "{artifact.id}", and nothing produces it'
        help = "list it under outputs of the step that makes it, or mark it as external: true"
        yield Hit(artifact.at.key, message, help)


@rule("catalogue", Severity.INFO, on=Artifact)
def artifact_without_criteria(artifact: Artifact) -> Iterator[Hit]:
    """Nothing says when an artifact is good enough.

    Its reader sends it back, and its author learns the rules one by one.

    Wrong:

    ```yaml title="processes/catalog/artifacts.yaml"
    qa-report:  # info: [artifact-without-criteria]
      title: QA report
      summary: What was tested, what was found and what is still open.
      owner: product-operations
    ```

    Right:

    ```yaml title="processes/catalog/artifacts.yaml"
    qa-report:
      title: QA report
      summary: What was tested, what was found and what is still open.
      owner: product-operations
      accepted_when: [Lists every open defect with its severity]
    ```
    """
    if not artifact.accepted_when and not artifact.external and artifact.status in ("active", "trial"):
        message = f'nothing says when "{artifact.id}" is good enough'
        yield Hit(artifact.at.key, message, "add accepted_when: what its reader looks for")


@rule("catalogue", Severity.INFO, on=Metric)
def metric_without_target(metric: Metric) -> Iterator[Hit]:
    """A metric has neither a target nor a baseline.

    A number alone is neither good nor bad, so nobody acts on it.

    Wrong:

    ```yaml title="processes/catalog/metrics.yaml"
    on-time-share:  # info: [metric-without-target]
      title: Launches on time
      summary: Share of launches on the promised day.
      owner: product-operations
      unit: "%"
      direction: up
      formula: launches on the promised day / all launches of the quarter
    ```

    Right:

    ```yaml title="processes/catalog/metrics.yaml"
    on-time-share:
      title: Launches on time
      summary: Share of launches on the promised day.
      owner: product-operations
      unit: "%"
      direction: up
      formula: launches on the promised day / all launches of the quarter
      target: ">= 90%"
    ```
    """
    if metric.target is None and metric.baseline is None and metric.status in ("active", "trial"):
        message = f'"{metric.id}" has neither a target nor a baseline'
        yield Hit(metric.at.key, message, "add the value to reach, or the one that you start from")


@rule("catalogue", Severity.INFO, on=Team)
def team_without_lead(team: Team) -> Iterator[Hit]:
    """Nothing says which role leads a team.

    Whatever two people of the team cannot settle has no next address.

    Wrong:

    ```yaml title="processes/catalog/teams.yaml"
    design:  # info: [team-without-lead]
      title: Design
      summary: Shapes how the product looks, reads and behaves.
      channel: "#design"
    ```

    Right:

    ```yaml title="processes/catalog/teams.yaml"
    design:
      title: Design
      summary: Shapes how the product looks, reads and behaves.
      lead: product-manager
      channel: "#design"
    ```
    """
    if team.lead is None and team.status in ("active", "trial"):
        yield Hit(team.at.key, f'nothing says who leads "{team.id}"', "add lead, the role that does")


@rule("catalogue", Severity.WARNING, on=Term)
def self_avoided_term(term: Term) -> Iterator[Hit]:
    """A term asks to avoid a word that it uses for itself.

    A writer who follows the glossary can say it in no way at all.

    Wrong:

    ```yaml title="processes/catalog/terms.yaml"
    code-freeze:
      title: Code freeze
      summary: The time before a release in which only fixes of blockers are merged.
      also: [feature freeze]
      avoid: [lockdown, Feature freeze]  # warning: [self-avoided-term]
    ```

    Right:

    ```yaml title="processes/catalog/terms.yaml"
    code-freeze:
      title: Code freeze
      summary: The time before a release in which only fixes of blockers are merged.
      also: [feature freeze]
      avoid: [lockdown]
    ```
    """
    own = {word.casefold() for word, _ in _words(term)}
    for index, word in enumerate(term.avoid):
        if word.casefold() in own:
            message = f'"{term.id}" uses "{word}" and asks to avoid it'
            yield Hit(term.at / "avoid" / index, message, "keep it in one of the two lists")


@rule("catalogue", Severity.WARNING)
def ambiguous_word(whole: Whole) -> Iterator[Hit]:
    """Two terms have the same title, abbreviation or other word.

    A reader who looks it up finds two meanings, and takes the first.

    Wrong:

    ```yaml title="processes/catalog/terms.yaml"
    general-availability:
      title: General availability
      summary: The stage from which every customer can use a feature.
      abbreviation: GA
    growth-accounting:
      title: Growth accounting
      summary: A way to split growth into new, kept and lost users.
      abbreviation: GA  # warning: [ambiguous-word]
    ```

    Right:

    ```yaml title="processes/catalog/terms.yaml"
    general-availability:
      title: General availability
      summary: The stage from which every customer can use a feature.
      abbreviation: GA
    growth-accounting:
      title: Growth accounting
      summary: A way to split growth into new, kept and lost users.
    ```
    """
    first: dict[str, str] = {}
    for term in whole.all(Term):
        for word, at in _words(term) if term.status in ("active", "trial") else ():
            other = first.setdefault(word.casefold(), term.id)
            if other != term.id:
                message = f'"{word}" is a word for "{other}" and for "{term.id}"'
                yield Hit(at, message, "keep it for one of the two")


def _words(term: Term) -> Iterator[tuple[str, Place]]:
    """Yield the words that a term goes by."""
    yield term.title, term.at / "title"
    if term.abbreviation:
        yield term.abbreviation, term.at / "abbreviation"
    for index, word in enumerate(term.also):
        yield word, term.at / "also" / index
