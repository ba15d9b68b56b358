"""Files that are not the YAML of records: each has one finding, at the character where the person has to look."""

from __future__ import annotations

import pytest

from handbook.text import yaml

BOM = b"\xef\xbb\xbf"
TAB = "a tab stands where only spaces may stand"
QUOTE_IT = "a value may not begin with "
CONTROL = "an invisible control character"
MERGE = "a merge was left half done: the marks <<<<<<< and >>>>>>> are still in the file"
LINED_UP = "this line does not line up with the keys above it"
COLON = 'this text has ": " in it, so YAML takes it for a key'
GOES_ON = "the line above is text that goes on in this one, so no key can begin here"
ESCAPE = "this backslash sequence has no meaning in double quotes"
LIST = "a list that opens with [ is not continued or closed"
MAPPING = "a mapping that opens with { is not continued or closed"
OPEN = "a bracket that opens here is never closed"
OPEN_QUOTE = "a quotation mark that opens here is never closed"
TEMPLATE = "a mark of a template ({{ … }} or {% … %}) stands here, and nothing fills it in"
SECOND = 'a second document begins here with "---"'
NUMBER = "is a number that no program reads the same way"
DIRECTIVE = "the file begins with a YAML directive"

#: what stands in the file, then rule, line, column and how the message begins or ends
BAD: dict[str, tuple[bytes, str, int, int, str]] = {
    "key given twice": (b"a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1, 'key "a" is given twice; the first one is in line 1'),
    "nested key given twice": (b"a:\n  - b: 1\n    b: 2\n", "duplicate-key", 3, 5, 'key "b" is given twice; the first one is in line 2'),
    "key given twice in braces": (b"x: {a: 1, a: 2}\n", "duplicate-key", 1, 11, 'key "a" is given twice; the first one is in line 1'),
    "key given twice, once quoted": (b'a: 1\n"a": 2\n', "duplicate-key", 2, 1, 'key "a" is given twice; the first one is in line 1'),
    "anchor": (b"a: &x 1\n", "unsupported-yaml", 1, 4, '"&x" names another part of the file'),
    "alias of nothing": (b"a: *x\n", "unsupported-yaml", 1, 4, '"*x" repeats another part of the file'),
    "star before a space": (b"a: * x\n", "invalid-yaml", 1, 4, QUOTE_IT),
    "core tag": (b"a: !!str 1\n", "unsupported-yaml", 1, 4, '"!!str" is a YAML tag'),
    "tag of one's own": (b"a: !env X\n", "unsupported-yaml", 1, 4, '"!env" is a YAML tag'),
    "tag that makes objects": (b"a: !!python/object:os.system {}\n", "unsupported-yaml", 1, 4, '"!!python/object:os.system" is a YAML tag'),
    "tag on a key": (b"!x a: 1\n", "unsupported-yaml", 1, 1, '"!x" is a YAML tag'),
    "tag on a block": (b"a: !x\n  - 1\n", "unsupported-yaml", 1, 4, '"!x" is a YAML tag'),
    "tag that is not declared": (b"a: !e!x 1\n", "unsupported-yaml", 1, 4, 'a value that begins with "!" is a YAML tag'),
    "list as a key": (b"? [a]\n: b\n", "unsupported-yaml", 1, 3, "a key is a word here"),
    "template of Jinja": (b"a: {{ x }}\n", "unsupported-yaml", 1, 4, TEMPLATE),
    "second document": (b"a: 1\n---\nb: 2\n", "unsupported-yaml", 2, 1, SECOND),
    "third document": (b"a: 1\n---\nb: 2\n---\nc: 3\n", "unsupported-yaml", 2, 1, SECOND),
    "text after the end": (b"a: 1\n...\nb: 2\n", "unsupported-yaml", 3, 1, 'the record ended above with "..."'),
    "directive": (b"%YAML 1.1\n---\na: 1\n", "unsupported-yaml", 1, 1, DIRECTIVE),
    "directive below a comment": (b"# x\n\n%YAML 1.1\n---\na: 1\n", "unsupported-yaml", 3, 1, DIRECTIVE),
    "directive after a byte order mark": (BOM + b"%YAML 1.1\n---\na: 1\n", "unsupported-yaml", 1, 1, DIRECTIVE),
    "percent sign below a block": (b"a: |\n  x\n%y\n", "invalid-yaml", 3, 1, 'a line may not begin with "%"'),
    "tab as indentation": (b"a:\n\tb: 1\n", "tab-as-space", 2, 1, TAB),
    "tab below spaces": (b"a:\n  b: 1\n\tc: 1\n", "tab-as-space", 3, 1, TAB),
    "tab in a block of text": (b"a: |\n\tx\n", "tab-as-space", 2, 1, TAB),
    "tab after a hyphen": (b"a:\n  -\tb\n", "tab-as-space", 2, 4, TAB),
    "quotation mark never closed": (b'a: 1\nb: "x\nc: 1\n', "invalid-yaml", 2, 4, OPEN_QUOTE),
    "apostrophe never closed": (b"a: 'x\nb: 1\n", "invalid-yaml", 1, 4, OPEN_QUOTE),
    "quotation mark never closed before a document": (b'a: "x\n---\nb: 1\n', "invalid-yaml", 1, 4, OPEN_QUOTE),
    "bracket never closed": (b"a: [x, y\nb: 1\n", "invalid-yaml", 1, 4, LIST),
    "bracket never closed at the end": (b"a: [x, y", "invalid-yaml", 1, 4, LIST),
    "bracket never closed after a comma": (b"a: [x,\n  y,\n", "invalid-yaml", 1, 4, OPEN),
    "bracket with nothing after it": (b"a: 1\nb: [\n\n", "invalid-yaml", 2, 4, OPEN),
    "brace never closed": (b"a: {x: 1\nb: 1\n", "invalid-yaml", 1, 4, MAPPING),
    "brace never closed inside brackets": (b"a: [x, {y: 1]\n", "invalid-yaml", 1, 8, MAPPING),
    "comma forgotten": (b"a: {x: 1 y: 2}\n", "invalid-yaml", 1, 4, MAPPING),
    "comma too many": (b"a: [x,,y]\n", "invalid-yaml", 1, 7, "a value is missing here"),
    "bracket too many": (b"a: [x]]\n", "invalid-yaml", 1, 7, "a bracket closes here that was not opened"),
    "brace too many": (b"a: {x: 1}}\n", "invalid-yaml", 1, 10, "a bracket closes here that was not opened"),
    "text after quotes": (b'a: "x" y\n', "invalid-yaml", 1, 8, "something follows here after the end of the value"),
    "apostrophe inside apostrophes": (b"a: 'it's'\n", "invalid-yaml", 1, 8, "something follows here after the end of the value"),
    "text after a bar": (b"a: |x\n  y\n", "invalid-yaml", 1, 4, "something that is not text follows | or > in its line"),
    "merge left half done": (b"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", "invalid-yaml", 2, 1, MERGE),
    "merge that YAML would read": (b"a: [\n<<<<<<< HEAD\nb,\n=======\nc,\n>>>>>>> x\n]\n", "invalid-yaml", 2, 1, MERGE),
    "merge in lines of Windows": (b"a: 1\r\n<<<<<<< HEAD\r\n>>>>>>> x\r\n", "invalid-yaml", 2, 1, MERGE),
    "marks of a merge inside a line": (b'a: "<<<<<<< x >>>>>>> y"\nb: c: d\n', "invalid-yaml", 2, 5, COLON),
    "colon in a value": (b"a: Foo: bar\n", "invalid-yaml", 1, 7, COLON),
    "colon in an entry": (b"a:\n  - Foo: bar: x\n", "invalid-yaml", 2, 13, COLON),
    "colon at the end of a value": (b"a: b:\n", "invalid-yaml", 1, 5, COLON),
    "colon after wide characters": ("é: 1\n😀: ß x: d\n".encode(), "invalid-yaml", 2, 7, COLON),
    "colon in lines that end with a carriage return": (b"a: 1\rb: c: d\r", "invalid-yaml", 2, 5, COLON),
    "no space after a colon": (b"a:1\nb: 2\n", "invalid-yaml", 2, 2, GOES_ON),
    "key below the text of another": (b"a: x\n  b: 1\n", "invalid-yaml", 2, 4, GOES_ON),
    "word without a colon": (b"a: 1\nfoo\nb: 2\n", "invalid-yaml", 2, 1, 'this line has no ": " after its key'),
    "at sign": (b"a: @jane\n", "invalid-yaml", 1, 4, QUOTE_IT),
    "at sign in a list": (b"a:\n  - @jane\n", "invalid-yaml", 2, 5, QUOTE_IT),
    "backtick": (b"a: `x`\n", "invalid-yaml", 1, 4, QUOTE_IT),
    "percent sign": (b"a: %x\n", "invalid-yaml", 1, 4, QUOTE_IT),
    "question mark before a space": (b"a: ? x\n", "invalid-yaml", 1, 4, QUOTE_IT),
    "list in the line of its key": (b"a: - x\n", "invalid-yaml", 1, 4, "a list cannot begin in the line of its key"),
    "key indented less": (b"a:\n    b: 1\n  c: 2\n", "invalid-yaml", 3, 3, LINED_UP),
    "entry indented less": (b"a:\n  - b\n - c\n", "invalid-yaml", 3, 2, LINED_UP),
    "first line indented": (b" a: 1\nb: 2\n", "invalid-yaml", 2, 1, LINED_UP),
    "key among entries": (b"- a\nb: 1\n", "invalid-yaml", 2, 1, "this line does not line up with the list above it"),
    "backslash in quotes": (b'a: "C:\\dir"\n', "invalid-yaml", 1, 7, ESCAPE),
    "half a character in quotes": (b'a: "\\ud83d"\n', "invalid-yaml", 1, 7, ESCAPE),
    "bell": (b"a: x\x07y\n", "invalid-yaml", 1, 5, f"{CONTROL} (U+0007) stands here"),
    "bell after multibyte text": ("é: 1\né: ß\x07\n".encode(), "invalid-yaml", 2, 5, f"{CONTROL} (U+0007) stands here"),
    "bell after a byte order mark": (BOM + b"a: x\x07\n", "invalid-yaml", 1, 5, f"{CONTROL} (U+0007) stands here"),
    "bell in the third line of an old Mac": (b"a: 1\rb: 2\rc: \x07\r", "invalid-yaml", 3, 4, f"{CONTROL} (U+0007) stands here"),
    "nul": (b"a: x\x00y\n", "invalid-yaml", 1, 5, f"{CONTROL} (U+0000) stands here"),
    "delete": (b"a: x\x7fy\n", "invalid-yaml", 1, 5, f"{CONTROL} (U+007F) stands here"),
    "next line": ("a: x\u0085b: 1\n".encode(), "invisible-character", 1, 5, "an invisible line separator (U+0085) stands here"),
    "line separator": ("a: x\u2028y\n".encode(), "invisible-character", 1, 5, "an invisible line separator (U+2028) stands here"),
    "no character": ("a: \uffff\n".encode(), "invalid-yaml", 1, 4, f"{CONTROL} (U+FFFF) stands here"),
    "Latin-1": ("a: 1\nb: é\n".encode("latin-1"), "not-utf8", 2, 4, "byte 0xe9 is not UTF-8"),
    "Latin-1 after multibyte text": ("é ".encode() + b"\xe9\n", "not-utf8", 1, 3, "byte 0xe9 is not UTF-8"),
    "Latin-1 after a byte order mark": (BOM + b"a: \xe9\n", "not-utf8", 1, 4, "byte 0xe9 is not UTF-8"),
    "character cut off": (b"a: \xe2\x82", "not-utf8", 1, 4, "byte 0xe2 is not UTF-8"),
    "half a character": (b"a: \xed\xa0\x80\n", "not-utf8", 1, 4, "byte 0xed is not UTF-8"),
    "UTF-16": ("a: 1\n".encode("utf-16"), "not-utf8", 1, 1, "the file is UTF-16, not UTF-8"),
    "UTF-16 without its mark": ("a: 1\n".encode("utf-16-le"), "not-utf8", 1, 1, "the file is UTF-16, not UTF-8"),
    "too large": (b"a: " + b"x" * 1024 * 1024, "file-too-large", 1, 1, "the file has 1,048,579 bytes; 1,048,576 are the most that is read"),
    "number of 5,000 digits": (b"a: " + b"1" * 5000, "unusable-number", 1, 4, f'"11111111111111111111…" {NUMBER}'),
    "number of 19 digits": (b"a: -1000000000000000000", "unusable-number", 1, 4, f'"-1000000000000000000" {NUMBER}'),
    "hexadecimal of 19 digits": (b"a: 0xFFFFFFFFFFFFFFFF", "unusable-number", 1, 4, f'"0xFFFFFFFFFFFFFFFF" {NUMBER}'),
    "infinity": (b"a: .inf\n", "unusable-number", 1, 4, f'".inf" {NUMBER}'),
    "minus infinity": (b"a: [-.INF]\n", "unusable-number", 1, 5, f'"-.INF" {NUMBER}'),
    "no number": (b"a: .nan\n", "unusable-number", 1, 4, f'".nan" {NUMBER}'),
    "overflow": (b"a: 1e999\n", "unusable-number", 1, 4, f'"1e999" {NUMBER}'),
    "nested too deep in brackets": (b"[" * 101 + b"]" * 101, "unsupported-yaml", 1, 101, "the file is nested deeper than 100 levels"),
    "nested too deep in blocks": (b"".join(b" " * n + b"a:\n" for n in range(102)), "unsupported-yaml", 101, 101, "the file is nested deeper than 100 levels"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "rule", "line", "column", "message"), BAD.values(), ids=list(BAD))
def test_a_mistake_has_one_finding_at_its_place(
    source: bytes, rule: str, line: int, column: int, message: str
) -> None:
    faults = yaml.read("a.yaml", source).faults
    assert [(fault.rule, fault.span.line, fault.span.column) for fault in faults] == [(rule, line, column)]
    assert message in faults[0].message
    assert faults[0].help


@pytest.mark.parametrize(("source", "rule", "line", "column", "message"), BAD.values(), ids=list(BAD))
def test_in_front_matter_a_mistake_is_counted_from_the_top_of_the_page(
    source: bytes, rule: str, line: int, column: int, message: str
) -> None:
    _, faults = yaml.read_part(source, 3)
    assert [(fault.rule, fault.span.line, fault.span.end_line, fault.span.column) for fault in faults] == [
        (rule, line + 3, line + 3, column)
    ]


def test_the_first_of_two_keys_in_front_matter_is_counted_from_the_top_of_the_page() -> None:
    _, faults = yaml.read_part(b"a: 1\na: 2\n", 1)
    assert [fault.message for fault in faults] == ['key "a" is given twice; the first one is in line 2']


def test_each_repetition_of_a_key_is_found() -> None:
    faults = yaml.read("a.yaml", b"a: 1\nb: {c: 1, c: 2}\na: 2\na: 3\n").faults
    assert [(fault.rule, fault.span.line, fault.span.column) for fault in faults] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 3, 1),
        ("duplicate-key", 4, 1),
    ]


def test_an_anchor_and_its_aliases_are_each_found() -> None:
    document = yaml.read("a.yaml", b"a: &x {b: 1}\nc:\n  <<: *x\nd: *x\n")
    assert document.data is None
    assert [(fault.rule, fault.span.line, fault.span.column) for fault in document.faults] == [
        ("unsupported-yaml", 1, 4),
        ("unsupported-yaml", 3, 7),
        ("unsupported-yaml", 4, 4),
    ]


def test_an_anchor_that_nothing_repeats_leaves_the_record_readable() -> None:
    assert yaml.read("a.yaml", b"a: &x 1\n").data == {"a": 1}


def test_an_anchor_given_twice_is_found_at_both_places() -> None:
    faults = yaml.read("a.yaml", b"a: &x 1\nb: &x 2\n").faults
    assert [(fault.span.line, fault.span.column) for fault in faults] == [(1, 4), (2, 4)]


def test_a_list_that_repeats_itself_is_refused() -> None:
    document = yaml.read("a.yaml", b"a: &x [*x]\n")
    assert document.data is None
    assert [fault.rule for fault in document.faults] == ["unsupported-yaml", "unsupported-yaml"]


def _bomb(levels: int) -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines).encode()


HOSTILE = {
    "a million brackets": (b"[" * 1_000_000, "unsupported-yaml"),
    "a million braces": (b"{" * 1_000_000, "unsupported-yaml"),
    "half a million hyphens": (b"- " * 500_000, "unsupported-yaml"),
    "half a million question marks": (b"? " * 500_000, "unsupported-yaml"),
    "blocks as deep as a mebibyte holds": (
        b"".join(b" " * n + b"a:\n" for n in range(1400)),
        "unsupported-yaml",
    ),
    "brackets behind an anchor": (b"&a " + b"[" * 1_000_000, "unsupported-yaml"),
    "alias bomb": (_bomb(9), "unsupported-yaml"),
    "three hundred thousand aliases": (b"a: &a 1\nb: [" + b"*a," * 300_000 + b"]", "unsupported-yaml"),
    "number of a million digits": (b"a: " + b"1" * 1_000_000, "unusable-number"),
    "exponent of a million digits": (b"a: 1e" + b"9" * 1_000_000, "unusable-number"),
    "quotation mark before a mebibyte": (b'a: "' + b"x\n" * 500_000, "invalid-yaml"),
    "beginnings of a merge": (b"a: [\n" + b"<<<<<<< x\n" * 100_000, "invalid-yaml"),
}


@pytest.mark.parametrize(("source", "rule"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_is_refused(source: bytes, rule: str) -> None:
    document = yaml.read("a.yaml", source)
    assert {fault.rule for fault in document.faults} == {rule}
    assert len(document.faults) <= yaml.MAX_FAULTS


def test_a_line_of_a_mebibyte_is_read() -> None:
    assert yaml.read("a.yaml", b"a: " + b"x " * 500_000).faults == ()


def test_of_very_many_mistakes_the_first_hundred_are_told() -> None:
    keys = [f"k{number}: 1" for number in range(20_000)]
    faults = yaml.read("a.yaml", "{{{}}}".format(", ".join(keys * 2)).encode()).faults
    assert len(faults) == yaml.MAX_FAULTS
    assert faults[0].message == 'key "k0" is given twice; the first one is in line 1'
