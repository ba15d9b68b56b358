"""Plans as one page to print or to send: boxes to tick, nothing from elsewhere, readable without any program but a browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from handbook.plan.exports import facts
from handbook.plan.exports.context import Context
from handbook.plan.exports.markdown import parts
from handbook.plan.sheet import Item, Sheet
from handbook.text.words import count, day, hours, short_day

_STYLE = """
body { font: 11pt/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; break-after: avoid; }
ul { list-style: none; padding: 0; margin: 0; }
li { display: grid; grid-template-columns: 1.6rem 1fr; padding: .35rem 0; border-top: 1px solid #d0d0d0; break-inside: avoid; }
.box { width: .85rem; height: .85rem; border: 1.5px solid #1a1a1a; border-radius: 2px; margin-top: .25rem; text-align: center; line-height: .8rem; }
.meta { color: #4a4a4a; font-size: .9em; } .more { margin: .15rem 0 0; white-space: pre-line; font-size: .92em; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } a { color: inherit; } }
"""


def render(sheets: Sequence[Sheet], context: Context) -> str:
    """Return one page with all plans, each beginning on a sheet of its own where it is printed."""
    title = sheets[0].title if len(sheets) == 1 else context.title
    body = '\n<div style="break-before: page"></div>\n'.join(
        "\n".join(_plan(sheet, context)) for sheet in sheets
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _plan(sheet: Sheet, context: Context) -> Iterator[str]:
    yield f"<h1>{escape(sheet.title)}</h1>"
    yield f"<p>{escape(sheet.summary)}</p>"
    page = context.page(sheet)
    link = f' · <a href="{escape(page)}">{escape(page)}</a>' if page else ""
    yield f'<p class="meta">{escape(sheet.day_name)}: {day(sheet.day)} · {count(len(sheet.items), "item")}{link}</p>'
    for title, items in parts(sheet):
        yield f"<h2>{escape(title)}</h2>\n<ul>"
        yield from (_item(item, sheet) for item in items)
        yield "</ul>"


def _item(item: Item, sheet: Sheet) -> str:
    mark = "✓" if item.settled else ""
    effort = f" · {hours(item.hours)}" if item.hours else ""
    waits = "; ".join(facts.waits_for(item, sheet))
    said = [item.details, f"After: {waits}" if waits else ""]
    more = "".join(f'<p class="more">{escape(text)}</p>' for text in said if text)
    return (
        f'<li><span class="box" aria-hidden="true">{mark}</span><div><strong>{escape(item.title)}</strong>'
        f'<div class="meta">{short_day(item.due_on)} · {escape(facts.who(item))}{effort}</div>{more}</div></li>'
    )
