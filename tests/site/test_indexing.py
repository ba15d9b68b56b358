"""What the search keeps of a page, beside what the parser of the theme makes of the same HTML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.site.indexing import Irregular, sections, weigh

search = pytest.importorskip("material.plugins.search.plugin", reason="the site is an extra")

REGULAR = {
    "headings": '<h1 id="a">A <em>b</em><a class="headerlink" href="#a">¶</a></h1><p>One</p><h2 id="b">B</h2><p>Two</p>',
    "text before the first heading": '<p>Before</p><h2 id="b">B</h2><p>Two</p>',
    "no heading": "<p>Only text &amp; signs &lt;here&gt;</p>",
    "a heading inside a box": '<h1 id="a">A</h1><div><h2 id="b">B</h2><p>in</p></div><p>out</p>',
    "a heading without an anchor": '<h1 id="a">A</h1><h2 class="x">B</h2><p>text</p>',
    "a section left out": '<h1 id="a">A</h1><h2 id="b" data-search-exclude>B</h2><p>no</p><h2 id="c">C</h2><p>yes</p>',
    "a block left out": '<h1 id="a">A</h1><div data-search-exclude><p>no</p></div><p>yes</p>',
    "line numbers": '<h1 id="a">A</h1><table><td class="linenos"><div class="linenodiv"><pre>1</pre></div></td><td><pre>x = 1\n  y</pre></td></table>',
    "lists and what is empty": '<h1 id="a">A</h1><ul>\n<li><p>x</p></li>\n<li> </li><li></li>\n</ul><p></p>',
    "code": '<h1 id="a">A <code>b</code></h1><pre><span></span><code>a\n\n  b &lt; c\n</code></pre>',
    "tags without an end": '<h1 id="a">A</h1><p>a<br>b<br />c<img src="x.png" alt="a > b"></p><hr>',
    "an image of lines": '<h1 id="a">A</h1><svg viewBox="0 0 1 1"><title>T &amp; u</title><path d="M0 0"/><text x="1">In it</text></svg>',
    "an object": '<h1 id="a">A</h1><object><p>no</p></object><p>yes</p>',
    "an end that nothing began": '<h1 id="a">A</h1></div><p>x</p></section>',
    "nothing": "",
}  # fmt: skip


def theirs(source: str) -> list[tuple[str | None, str, str, bool]]:
    parser = search.Parser()
    parser.feed(source)
    parser.close()
    return [(each.id, "".join(each.title), "".join(each.text), each.is_excluded()) for each in parser.data]


@pytest.mark.parametrize("source", REGULAR.values(), ids=REGULAR.keys())
def test_the_sections_are_those_of_the_theme(source: str) -> None:
    ours = [(each.id, "".join(each.title), "".join(each.text), each.excluded) for each in sections(source)]
    assert ours == theirs(source)


@pytest.mark.parametrize(
    "source",
    ["<p>a</p><script>b < c</script>", "<!-- a --><p>b</p>", "<p>a < b</p>", "<style>p > a {}</style>", "<h1 id=a>A</h1>", "<p"],
    ids=["script", "comment", "a sign alone", "style", "no quotes", "cut off"],
)  # fmt: skip
def test_what_is_not_regular_is_left_to_the_theme(source: str) -> None:
    with pytest.raises(Irregular):
        sections(source)


@pytest.mark.parametrize(
    ("setting", "weight"),
    [("", 1000.0), ("      fields: {tags: {boost: 5.0}}\n", 5.0)],
    ids=["default", "set"],
)
def test_a_word_in_a_tag_weighs_as_much_as_one_in_a_title(
    tmp_path: Path, setting: str, weight: float
) -> None:
    from mkdocs.config import load_config

    (tmp_path / "docs").mkdir()
    plugins = f"plugins:\n  - material/search:\n      lang: en\n{setting}"
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: Small\ntheme: {{name: material, font: false}}\n{plugins}"
    )
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins.on_config(config)
    weigh(config)
    index = config.plugins["material/search"].search_index  # type: ignore[attr-defined]
    assert json.loads(index.generate_search_index(None))["config"]["fields"]["tags"]["boost"] == weight
