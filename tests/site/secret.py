"""A handbook with a secret in every place of what is internal, and beside it something that everybody may read.

Each secret is a word that stands nowhere else, so that a single one in a built site tells where it came from.
"""

from __future__ import annotations

from tests.site import building, small

PROCESS = """\
title: {title}
summary: {summary}
status: active
owner: product-operations
{more}purpose: {summary}
trigger: {{event: {event}}}
outcome: {summary}
accountable: head-of-product
steps:
{steps}"""

#: an internal process, named by a public one, with a secret in each of its places
VAULT = PROCESS.format(
    title="Xaltitle vault",
    summary="Xalsummary.",
    event="Xalevent",
    more="tags: [xaltag]\naliases: [xalalias]\nnotes: Xalnotes.\nx-key: Xalextra\n",
    steps="  - {id: xalstep, title: Xalsteptitle, responsible: xalrole, tool: xaltool, instructions: Xalinstructions}\n",
)

#: the public process: what it keeps to itself has secrets too
OPEN = PROCESS.format(
    title="Open process",
    summary="Everybody may read it.",
    event="A month begins",
    more=(
        "visibility: public\ntags: [xalowntag]\naliases: [xalownalias]\nnotes: Xalownnotes.\nx-key: Xalownextra\n"
        "audience: [xalrole]\nlinks: [{title: Xallinktitle, to: guides/xalguide.md}, {title: Open guide, to: guides/open.md}]\n"
        "metrics: [{metric: xalmetric, target: '>= 77%'}]\n"
    ),
    steps=(
        "  - {id: run, title: Run it, responsible: analyst, process: xalvault, tool: xaltool, consulted: [xalclosedrole],"
        " outputs: [brief], instructions: 'Read [Xallabel](guides/xalguide.md) and [the open guide](guides/open.md).'}\n"
        "  - {id: go, decision: Does it go?, responsible: head-of-product, options: [{when: Go, end: It goes}]}\n"
    ),
)
LAUNCH = """\
title: Xallaunch
summary: Xallaunchsummary.
status: active
owner: product-operations
template: tier-1
anchor: 2026-12-16
people: {analyst: Xalperson Xalname}
tasks:
  - {id: brief, title: Xaltask, responsible: analyst, due_on: 2026-12-01, status: todo}
"""
GUIDE = """\
---
title: Open guide
summary: Everybody reads it.
owner: product-operations
visibility: public
tags: [xalpagetag]
author: Xalauthor
---

# Open guide

![A picture](open.png) See [the process](../processes/open.md) and [Xalinline](xalguide.md "Xalhover").

<!-- Xalcomment -->

| a | b |
|---|---|
| [Xalcell](../processes/xalvault.md) | <a href="xalguide.md">Xalhtml</a> |

Then [Xalreference][ref], [Xalnews](../changes/index.md), [Xalhealth](../health/index.md) and `<!-- an example -->`.

[ref]: xalguide.md

--8<-- "docs/guides/xalguide.md"

[Xalother](xalother.markdown)
"""
FILES = {
    **{path: text for path, text in small.FILES.items() if path.startswith("processes/")},
    "processes/release/xalvault.yaml": VAULT,
    "processes/release/open.yaml": OPEN,
    "processes/launches/plans/xalplan.yaml": LAUNCH,
    "processes/catalog/roles.yaml": (
        small.FILES["processes/catalog/roles.yaml"].replace(
            "summary: Keeps numbers.", "summary: Xalkeeps numbers., holders: [Xalholder]"
        )
        + "xalrole: {title: Xalroletitle, summary: Xalrolesummary., team: product-operations}\n"
        + "xalclosedrole: {title: Xalclosedtitle, summary: Nobody., team: product-operations, visibility: internal}\n"
    ),
    "processes/catalog/teams.yaml": (
        'product-operations: {title: Xalteam, summary: Xalteamsummary., lead: head-of-product, channel: "#xalchannel",'
        " mail: xalmail@example.com, handle: '@xalhandle', calendar: company}\n"
        'open-team: {title: Open team, summary: Everybody knows it., lead: analyst, visibility: public, channel: "#xalopenchannel",'
        " mail: xalopenmail@example.com}\n"
    ),
    "processes/catalog/tools.yaml": (
        small.FILES["processes/catalog/tools.yaml"]
        + "xaltool: {title: Xaltooltitle, summary: Xaltoolsummary., owner: product-operations, category: support, url: 'https://xalurl.example.com/'}\n"
    ),
    "processes/catalog/metrics.yaml": (
        small.FILES["processes/catalog/metrics.yaml"]
        + "xalmetric: {title: Xalmetrictitle, summary: Xalmetricsummary., owner: product-operations, formula: Xalformula, unit: '%', direction: up}\n"
    ),
    "processes/catalog/terms.yaml": (
        "gate: {title: Gate, summary: A decision., visibility: public, see: [xalterm]}\n"
        "xalterm: {title: Xaltermtitle, summary: Xalmeaning., abbreviation: XALTT, also: [Open process]}\n"
    ),
    "docs/index.md": "# Xalhome\n\n<!-- handbook: launches -->\n\n<!-- handbook: news -->\n",
    "docs/guides/xalguide.md": "# Xalguidetitle\n\nXalguidetext.\n\n![Xal](xalpicture.png)\n",
    "docs/guides/open.md": GUIDE,
    "docs/guides/xalother.markdown": "# Xalothertitle\n",
    "docs/guides/xalpicture.png": "Xalpixels",
    "docs/guides/open.png": "open pixels",
    "docs/guides/xalloose.pdf": "Xalpdf",
    "docs/own.css": "p {background: url(back.png)}",
    "docs/back.png": "back pixels",
    "handbook.toml": '[handbook]\ntitle = "Small"\nrepository = "https://git.example.com/xalrepository"\n\n'
    '[site]\nfeedback = "mailto:xalfeedback@example.com?subject={title}"\n\n'
    '[[company]]\nname = "xalrulename"\nkind = "process"\nrequire = {key = "sla", present = true}\nmessage = "xalrulemessage"\nlevel = "info"\n',
    "mkdocs.yml": building.CONFIG.replace(
        "plugins: [search, handbook]",
        "repo_url: https://git.example.com/xalrepository\nedit_uri: xaledit/\nextra_css: [own.css]\n"
        "plugins: [search, handbook: {visibility: !ENV [HANDBOOK_VISIBILITY, internal]}]",
    )
    .replace(
        "  - Site: https://example.com/\n",
        "  - Xalnav: https://xalwiki.example.com/\n  - Xalnavhealth: health/index.md\n",
    )
    .replace("markdown_extensions:\n", "markdown_extensions:\n  - pymdownx.snippets\n"),
}

#: what the internal site does not show either: it is for those who write
UNSEEN = frozenset(("xalextra", "xalownextra"))

#: the title of a role may be read where a public process names it
NAMED = frozenset(("xalroletitle",))
