"""The page on tool access: which tools each role needs, and how to get into each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.model.catalog import Role, Tool
from handbook.model.onboarding import OnboardingPath
from handbook.site import frame, tool
from handbook.site.page import Here, Page, index_path
from handbook.site.uses import uses
from handbook.text import markup

PATH = "tool-access.md"
ANCHORS = frozenset(
    ("tool-access", "by-role", "by-tool")
)  #: those that are always there, for links from elsewhere
_TITLE = "Tool access"
_LEAD = "Which tools each role needs, how to get into them, whom to ask, and where to learn them."


def page(here: Here, tools: Sequence[Tool]) -> Page:
    """Return the page."""
    ordered = sorted(tools, key=lambda one: (one.title.casefold(), one.id))
    lists = (("tool", "Tools"), ("onboarding-path", "Onboarding paths"))
    text = markup.join(
        markup.front_matter(_TITLE, _LEAD),
        markup.top(_TITLE, _LEAD, " · ".join(here.to(index_path(kind), label) for kind, label in lists)),
        markup.section("By role", *_roles(here, ordered), anchor="by-role"),
        markup.section("By tool", *(_entry(here, one) for one in ordered), anchor="by-tool"),
    )
    return Page(path=here.path, text=f"{text}\n")


def pointer(here: Here, label: str = "Tool access by role", role: Role | None = None) -> str:
    """Return a link to the page, or to the row of a role that needs tools; nothing where there is no page."""
    if role and not any(
        isinstance(use.record, Tool) and use.key == _KEY for use in uses(here.handbook, role)
    ):
        return ""
    anchor = f"role-{role.id}" if role else ""
    return here.to(PATH, label, anchor) if here.handbook.all(Tool) else ""


_KEY = "used_by"


def _roles(here: Here, tools: Sequence[Tool]) -> Iterator[str]:
    """Yield what each role needs that a tool names, and where its onboarding path is: not as a table, for phones are narrow."""
    needed: dict[str, list[Tool]] = {}
    for one in tools:
        roles = (here.handbook.find(Role, id) for id in one.used_by)
        for id in dict.fromkeys(
            role.id for role in roles if role
        ):  # a former id may stand beside the present one
            needed.setdefault(id, []).append(one)
    paths: dict[str, list[OnboardingPath]] = {}
    for path in here.handbook.all(OnboardingPath):
        if leads_to := here.handbook.find(Role, path.role):
            paths.setdefault(leads_to.id, []).append(path)
    for role in sorted(here.handbook.all(Role), key=lambda one: (one.title.casefold(), one.id)):
        if found := needed.get(role.id):
            links = ", ".join(here.to(PATH, one.title, f"tool-{one.id}") for one in found)
            way_in = ", ".join(map(here.link, paths.get(role.id, ())))
            more = f". Onboarding path: {way_in}" if way_in else ""
            yield f"{here.link(role)}{{ #role-{role.id} }}\n:   {links}{more}"


def _entry(here: Here, one: Tool) -> str:
    return markup.join(
        markup.heading(here.link(one), 3, f"tool-{one.id}"),
        markup.text(one.summary),
        markup.facts(_facts(here, one)),
    )


def _facts(here: Here, one: Tool) -> Iterator[tuple[str, str]]:
    yield "How to get access", markup.text(one.access or "")
    yield "Sign-in", tool.sign_in(one)
    yield "Kept by", frame.owner(here, one) if one.owner else ""
    yield "How we use it", tool.guide(here, one, one.guideline)
    yield "Where to learn it", tool.guide(here, one, one.training)
    yield "Who needs it", here.names(Role, one.used_by)
