"""Reports for the tests of all formats: one as it comes, and one of everything that file names and texts can hold."""

from __future__ import annotations

from handbook.finding import Edit, Finding, Fix, Severity, Span
from handbook.report.report import Report
from handbook.rules.registry import Rule

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - columns of a table read better

DOC = """A step waits for, or leads to, a step that the process does not have.

It is a slip, or the step was renamed. Write `needs` anew.

Wrong:

```yaml title="processes/release/example.yaml"
steps:
  - {id: quality, needs: [colect]}  # error: [unknown-step]
```

Right:

```yaml title="processes/release/example.yaml"
steps:
  - {id: quality, needs: [collect]}
```"""


def rule(name: str, severity: Severity = E, doc: str = DOC, group: str = "flow", fix: str = "none") -> Rule:
    return Rule(
        name=name,
        group=group,
        severity=severity,
        doc=doc,
        on=(),
        scope="whole",
        fix=fix,
        module="flow",
        run=None,
    )


RULES = {made.name: made for made in (rule("unknown-step"), rule("yes-or-no", W), rule("unused-record", I))}

#: a file with signs of one, two, three and four bytes, a tab and a line separator of Unicode
SOURCE = "title: Größe 名前 😀 no\nneeds:\t[colect]\nnote: a\u2028b: yes\n"
PATH = "processes/release/go-no-go.yaml"


def finding(
    rule: str = "unknown-step",
    severity: Severity = E,
    path: str = PATH,
    span: Span = Span(2, 9, 2, 15),  # noqa: B008 - a frozen value
    message: str = 'there is no step "colect"',
    help: str = "name another",
    fix: Fix | None = None,
) -> Finding:
    return Finding(path=path, span=span, severity=severity, rule=rule, message=message, help=help, fix=fix)


QUOTE = Fix("quote the value", (Edit(Span(1, 19, 1, 19), '"'), Edit(Span(1, 21, 1, 21), '"')), True)
RENAME = Fix('write "collect"', (Edit(Span(2, 9, 2, 15), "collect"),))


def report(
    *findings: Finding, files: int = 3, hidden: int = 0, root: str = "", source: str = SOURCE
) -> Report:
    return Report(
        findings=findings,
        files=files,
        hidden=hidden,
        root=root,
        rules=RULES,
        source=lambda _: source.encode(),
    )


def usual() -> Report:
    """A report as it comes: each severity, a fix and a suggestion, two findings that say the same, two files."""
    return report(
        finding("unused-record", I, "docs/index.md", Span(1, 1, 1, 1), "nothing uses this page", ""),
        finding(
            "yes-or-no", W, span=Span(1, 19, 1, 21), message='"no" is a text', help="quote it", fix=QUOTE
        ),
        finding(fix=RENAME),
        finding(span=Span(3, 1, 3, 5)),
        hidden=2,
    )


#: names and texts as a hostile pull request could bring them
NAMES = (
    "processes/a b#c%d?e.yaml",
    "processes/name:with,commas=1.yaml",
    "docs/名前/Größe.md",
    "docs/caf\udce9.md",
    'docs/<a href="x">&amp;\'.md',
    "docs/line\nbreak\rtab\t.md",
    "docs/\x1b[31mred\x7f.md",
    "docs/|pipe|`code`*bold*.md",
    "docs/sep\u2028arator\u202e.md",
    "docs/@team/#1.md",
    "-option.md",
)
TEXTS = (
    "]]> <!-- --> <script>alert(1)</script> &amp; &#0;",
    "\x00\x07\x0b\x1b[31m\x85\ufffe\uffff\U0001f600",
    "::error file=x::y ##[warning] %0A %25 100%",
    "a\r\nb\u2028c\u2029d\u202ee",
    "half \udce9 characters",
    "| cell | `code` | <b>bold</b> @octocat fixes #12 ![x](http://x) \\",
    "\"quoted\" 'single' {{ mustache }} ${{ secrets.X }} $(id)",
)


def odd(root: str = "") -> Report:
    """A report of every odd name with every odd text, once as the message and once as the help."""
    return report(
        *(
            finding(
                path=name,
                message=text,
                help=TEXTS[number - 1],
                fix=Fix(text, (Edit(Span(1, 1, 1, 2), text),)),
            )
            for name in NAMES
            for number, text in enumerate(TEXTS)
        ),
        root=root,
    )
