"""The BPMN files: valid by the standard's own schema, without a remark by bpmn-moddle and bpmnlint, opened by bpmn-js."""

from __future__ import annotations

import functools
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from handbook import check
from handbook.model.process import Process
from handbook.site.diagram import bpmn
from handbook.sources import Disk
from tests import npm
from tests.conftest import ROOT
from tests.site import flows

PACKAGES = ("bpmn-moddle@10.3.1", "bpmnlint@11.15.0", "bpmn-js@18.31.1")
XSD = "node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"
few = settings(  # a process of twenty takes a second: too long to look for a smaller example
    max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@pytest.fixture(scope="module")
def home() -> Path:
    return npm.required("bpmn", PACKAGES, "nothing proves that other tools read our BPMN")


@functools.cache
def ours() -> dict[str, str]:
    """The processes of this repository as BPMN."""
    settings, _ = check.read_settings(Disk(str(ROOT), ()))
    handbook = check.load(Disk(str(ROOT), ("processes",)), settings).handbook
    return {process.id: bpmn.document(handbook, process) for process in handbook.all(Process)}


@functools.cache
def schema(home: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(home / XSD))


def remarks(home: Path, folder: Path, documents: dict[str, str]) -> list[str]:
    """What the peers have to say against some documents."""
    said: list[str] = []
    for name, text in documents.items():
        (folder / f"{name}.bpmn").write_text(text, encoding="utf-8")
        if not schema(home).validate(etree.fromstring(text.encode())):
            said.append(f"{name}: {schema(home).error_log}")
    files = [str(folder / f"{name}.bpmn") for name in documents]
    done = subprocess.run(
        ["node", str(ROOT / "tests/site/judge.cjs"), str(home), *files],
        capture_output=True,
        text=True,
        check=True,
    )
    return said + [
        f"{Path(file).stem}: {one}" for file, found in json.loads(done.stdout).items() for one in found
    ]


def test_nobody_has_a_remark_on_our_processes(home: Path, tmp_path: Path) -> None:
    assert len(ours()) > 5
    assert remarks(home, tmp_path, ours()) == []


@given(st.lists(flows.sound(), min_size=20, max_size=20))
@few
def test_nobody_has_a_remark_on_a_sound_process(
    home: Path, tmp_path_factory: pytest.TempPathFactory, made: Any
) -> None:
    documents = {f"made-{number}": bpmn.document(*flows.handbook(steps)) for number, steps in enumerate(made)}
    assert remarks(home, tmp_path_factory.mktemp("bpmn"), documents) == []


@given(st.lists(flows.wild(), min_size=20, max_size=20))
@few
def test_even_a_wild_process_is_valid_and_keeps_its_drawing(
    home: Path, tmp_path_factory: pytest.TempPathFactory, made: Any
) -> None:
    documents = {f"made-{number}": bpmn.document(*flows.handbook(steps)) for number, steps in enumerate(made)}
    found = remarks(home, tmp_path_factory.mktemp("bpmn"), documents)
    # what is wrong with the process itself is wrong in BPMN too: steps that nothing leads to, and no way that ends
    wrong = (" no-implicit-start ", " end-event-required ")
    assert [one for one in found if not any(rule in one for rule in wrong)] == []


def test_an_answer_and_a_need_that_lead_to_one_step_are_two_ways_into_it(home: Path, tmp_path: Path) -> None:
    steps: list[dict[str, Any]] = [
        {"id": "a", "title": "Go", "responsible": "analyst"},
        {"id": "b", "decision": "Go?", "responsible": "analyst", "needs": ["a"], "options": [{"when": "Yes", "to": "c"}, {"when": "So", "to": "c"}]},
        {"id": "c", "title": "Go", "responsible": "analyst", "needs": ["a", "b"]},
    ]  # fmt: skip
    alone = [*steps[:2], {**steps[2], "needs": ["b"]}]  # and here they are one
    made = {name: bpmn.document(*flows.handbook(found)) for name, found in (("two", steps), ("one", alone))}
    assert remarks(home, tmp_path, made) == []


def test_a_remark_would_be_seen(home: Path, tmp_path: Path) -> None:
    text = ours()["go-no-go"]
    broken = {
        "id": text.replace('id="step-collect"', 'id="1 collect"'),
        "drawing": text.replace('bpmnElement="step-fix"', 'bpmnElement="step-none"'),
        "schema": text.replace("<bpmn:laneSet", "<bpmn:lanes").replace("</bpmn:laneSet", "</bpmn:lanes"),
    }
    found = remarks(home, tmp_path, broken)
    assert {one.partition(":")[0] for one in found} == set(broken)


@pytest.mark.browser
def test_bpmn_js_opens_every_process_with_all_that_is_in_it(home: Path, browser: Browser) -> None:
    opens = (
        "async text => { document.body.innerHTML = '<div id=here style=\"width:900px;height:700px\"></div>';"
        " const viewer = new BpmnJS({container: '#here'}); const {warnings} = await viewer.importXML(text);"
        " return [warnings.map(String), viewer.get('elementRegistry').filter(one => one.type !== 'label').length] }"
    )
    page = browser.new_page()
    page.add_script_tag(path=home / "node_modules/bpmn-js/dist/bpmn-viewer.production.min.js")
    for text in ours().values():
        shapes = text.count("<bpmndi:BPMNShape ") + text.count("<bpmndi:BPMNEdge ")
        assert page.evaluate(opens, text) == [[], shapes + 1]  # one is the plane
    page.close()


STEPS: list[dict[str, Any]] = [
    {"id": "write", "title": "Write it", "responsible": "analyst", "instructions": "One page.\n\nNo <more> & no less."},
    {"id": "decide", "decision": "Good?", "responsible": "lawyer", "options": [{"when": "Yes", "to": "tell"}, {"when": "No", "to": "write"}]},
    {"id": "tell", "title": "Tell everybody", "responsible": "analyst", "automation": "full", "duration": "2d"},
]  # fmt: skip


def test_a_process_is_written_like_this() -> None:
    text = bpmn.document(*flows.handbook(STEPS, trigger={"every": "quarter"}))
    model = text.partition("  <bpmndi:BPMNDiagram")[0].partition('exporter="handbook">\n')[2]
    assert model == (Path(__file__).parent / "written.bpmn").read_text(encoding="utf-8")


PERIODS = {
    "week": "R/P1W",
    "quarter": "R/P3M",
    "FREQ=WEEKLY;BYDAY=TH": "R/P1W",
    "FREQ=MONTHLY;INTERVAL=2": "R/P2M",
}


@pytest.mark.parametrize(("every", "cycle"), PERIODS.items(), ids=list(PERIODS))
def test_a_rhythm_becomes_a_timer(every: str, cycle: str) -> None:
    root = etree.fromstring(bpmn.document(*flows.handbook(STEPS, trigger={"every": every})).encode())
    assert [found.text for found in root.iter(f"{MODEL}timeCycle")] == [cycle]


HOSTILE = [
    '</bpmn:process><x a="1">',
    "a\x00b\x1b\x9f\ufffe",
    "]]>",
    "&lt;&#0;&x;",
    "\n\t\r \u2028",
    "{{ x }} 🎉",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_stays_text(hostile: str) -> None:
    escaped = bpmn.escaped(hostile)
    read = etree.fromstring(f'<x a="{escaped}">{escaped}</x>')
    expected = "".join(letter if letter not in "\x00\x1b\ufffe" else " " for letter in hostile)
    assert (read.text, read.get("a")) == (expected, expected)


@given(st.text(), st.text())
def test_no_title_breaks_the_file(title: str, answer: str) -> None:
    steps = [{**STEPS[0], "title": "Write it"}, STEPS[1], STEPS[2]]
    handbook, process = flows.handbook(steps)
    changed = process.replaced(title=title, outcome=answer)
    root = etree.fromstring(bpmn.document(handbook, changed).encode())
    assert root.find(f"{MODEL}process") is not None
