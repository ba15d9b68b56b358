"""The page of an onboarding path: stage by stage, what to read, do and set up, and whom to meet."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Role, Term, Tool
from handbook.model.onboarding import Item, OnboardingPath, Stage, whole
from handbook.model.process import Process
from handbook.site import access, frame
from handbook.site.page import Here, Page
from handbook.text import markup, words

#: action -> the word before what it is about; something to do starts with a verb of its own
_ACTIONS = {"read": "Read", "meet": "Meet the", "access": "Get access to", "check": "Check:"}


def page(here: Here, path: OnboardingPath) -> Page:
    """Return the page of an onboarding path, with what it takes over from the path that it extends."""
    own, path = path, joined(here, path)
    return frame.page(
        here,
        path,
        _facts(here, path),
        _ticks(path),
        *(_stage(here, path, stage) for stage in path.stages),
        markup.section("Metrics", frame.metrics(here, path.metrics), anchor="metrics"),
        markup.section("Read and understood", _acknowledge(here, path, own), anchor="acknowledge"),
    )


def joined(here: Here, path: OnboardingPath) -> OnboardingPath:
    """Return a path together with those that it extends."""
    return whole(path, lambda id: here.handbook.find(OnboardingPath, id))


def place(path: OnboardingPath, part: Stage | Item) -> str:
    """Return the anchor of a stage or item on the page of a path. What comes from another path has one of its own kind."""
    return part.id if path.owns(part) else f"base-{part.id}"


def _facts(here: Here, path: OnboardingPath) -> Iterator[tuple[str, str]]:
    items = [item for stage in path.stages for item in stage.items]
    hours = sum(item.time.hours for item in items if item.time and item.actor == "hire")
    yield "For", here.name(Role, path.role)
    yield (
        "Tools",
        access.pointer(here, "What you need and how to get in", here.handbook.find(Role, path.role)),
    )
    yield "Builds on", here.name(OnboardingPath, path.extends)
    yield "Stages", ", ".join(here.link(path, stage.title, place(path, stage)) for stage in path.stages)
    yield "Size", words.listed(_size(path))
    yield "Time for the hire", f"about {words.count(round(hours), 'hour')} in all" if hours else ""
    yield "Time a day", f"up to {words.effort(path.daily_budget)}" if path.daily_budget else ""


def _size(path: OnboardingPath) -> Iterator[str]:
    yield words.count(sum(len(stage.items) for stage in path.stages), "item")
    if path.acknowledge:
        yield f"{words.count(len(path.acknowledge), 'process')} to confirm"


def _ticks(path: OnboardingPath) -> str:
    """Return the place in which the script of the site puts progress and buttons; without scripts it is not shown."""
    return f'<div class="ticks" data-path="{path.id}" hidden></div>'


def _stage(here: Here, path: OnboardingPath, stage: Stage) -> str:
    return markup.section(
        stage.title,
        f"{_days(stage)}\n{{ .byline }}",
        "At the end of this stage:",
        markup.bullets(map(markup.text, stage.outcomes)),
        "What to do:",
        markup.tasks(_item(here, path, item) for item in stage.items),
        anchor=place(path, stage),
    )


def _days(stage: Stage) -> str:
    """Return when a stage is. The first day at work is working day 1."""
    first, last = stage.starts.days, stage.ends.days
    if first < 0:
        return f"From {words.count(-first, 'working day')} before the first day"
    return f"Working day {first + 1}" if first == last else f"Working days {first + 1} to {last + 1}"


def _item(here: Here, path: OnboardingPath, item: Item) -> str:
    who = "" if item.actor == "hire" else markup.chip(words.sentence(item.actor), "actor", item.actor)
    what, more = _what(here, item)
    said = " ".join(filter(None, (_ACTIONS.get(item.action), what)))
    return " ".join(
        filter(None, (who, _named(f"{said}.", place(path, item)), more, *_remarks(here, path, item)))
    )


def _named(said: str, anchor: str) -> str:
    """Return what a box to tick is called: screen readers read it out, and ticks are remembered by its anchor."""
    return f"**{said}**{{ #{anchor} }}"


def _what(here: Here, item: Item) -> tuple[str, str]:
    """Return what an item is about, as a link where there is something to look at, and where else to look."""
    if item.meet or item.access:
        return _whom(here, item.meet) or here.name(Tool, item.access), ""
    said = (item.read or item.do or item.check or "").removesuffix(".")
    process = here.handbook.find(Process, item.process)
    if process and item.read and not item.link:
        return here.link(process, said), ""
    return here.out(said, item.link) if item.link else markup.text(
        said
    ), f"See {here.link(process)}." if process else ""


def _whom(here: Here, role: str | None) -> str:
    """Return a link to a role within a sentence."""
    found = here.handbook.find(Role, role)
    return here.link(found, _within(found, "")) if found else markup.text(role or "")


def _within(role: Role | None, id: str) -> str:
    """Return the title of a role as it stands within a sentence; capitals such as those of a QA lead stay."""
    title = role.title if role else id
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _remarks(here: Here, path: OnboardingPath, item: Item) -> Iterator[str]:
    if item.why:
        yield _stopped(item.why)
    if item.access and (tool := here.handbook.find(Tool, item.access)) and tool.access:
        yield _stopped(tool.access)
    if item.terms:
        yield f"Words: {here.names(Term, item.terms)}."
    small = (
        words.effort(item.time),
        f"evidence: {markup.text(item.evidence)}" if item.evidence else "",
        f"after {', '.join(_need(here, path, need) for need in item.needs)}" if item.needs else "",
    )
    if any(small):
        yield f"*{' · '.join(filter(None, small))}*{{ .meta }}"


def _stopped(sentence: str) -> str:
    return markup.text(sentence if sentence.endswith((".", "!", "?")) else f"{sentence}.")


def _need(here: Here, path: OnboardingPath, id: str) -> str:
    """Return a link to what has to be done before, in a few words: its title would be a sentence."""
    for stage in path.stages:
        for item in stage.items:
            if item.id == id:
                return here.link(path, _brief(here, stage, item), place(path, item))
    return markup.text(id.replace("-", " "))


def _brief(here: Here, stage: Stage, item: Item) -> str:
    tool = here.handbook.find(Tool, item.access)
    if tool:
        return f"access to {tool.title}"
    if item.read:
        return f"reading “{item.read.removesuffix('.')}”"
    if item.meet:
        return f"meeting the {_within(here.handbook.find(Role, item.meet), item.meet)}"
    if item.check:
        alike = [one for one in stage.items if one.check and one.actor == item.actor == "manager"]
        return f"the check “{stage.title if len(alike) == 1 else item.check.removesuffix('.')}”"
    return item.id.replace("-", " ")


def _acknowledge(here: Here, path: OnboardingPath, own: OnboardingPath) -> str:
    """Return what a hire confirms to have read: what the path asks for itself, and what it takes over."""
    if not path.acknowledge:
        return ""
    return markup.join(
        "At the end, the hire confirms having read these:",
        markup.tasks(
            _named(here.name(Process, id), f"{'' if id in own.acknowledge else 'base-'}sign-off-{id}")
            for id in path.acknowledge
        ),
    )
