"""Every chart, as the report draws it and at its limits."""

import os
import pickle
import re
import subprocess
import sys
import time
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.report.figures import Chart, FamilyMark, MythPlane, MythPoint, Strip, StripChart
from app.render.charts import Drawing, draw, has_narrow
from app.render.charts.ink import INKS, Ink
from app.render.charts.placing import Box
from tests.render.charts.reading import elements, labels, tag
from tests.render.charts.samples import SAMPLES
from tests.render.charts.stress import STRESS

ALL = {**SAMPLES, **STRESS}
#: As a phone gets them; what is claimed of all drawings is claimed of these as well.
PHONE = {f"{name}-narrow": chart for name, chart in ALL.items() if has_narrow(chart)}
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl")
REPOSITORY = Path(__file__).parents[3]
DIGEST = """
import hashlib
from app.render.charts import draw
from tests.render.charts.samples import SAMPLES
from tests.render.charts.stress import STRESS
drawn = [draw(chart, figure_id=name) for name, chart in {**SAMPLES, **STRESS}.items()]
print(hashlib.sha256("".join(d.svg("a") + d.print_svg() for d in drawn).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def drawings() -> dict[str, Drawing]:
    wide = {name: draw(chart, figure_id=f"f-{name}") for name, chart in ALL.items()}
    return wide | {name: draw(chart, figure_id=f"f-{name}", narrow=True) for name, chart in PHONE.items()}


@pytest.mark.parametrize("name", [*ALL, *PHONE])
def test_the_page_carries_no_style_script_or_colour(name: str, drawings: dict[str, Drawing]) -> None:
    svg = drawings[name].svg("What it says")
    for element in elements(svg):
        assert tag(element) in {"svg", "defs", "pattern", "path", "rect", "circle", "text", "tspan"}
        assert "style" not in element.attrib
        assert "stroke" not in element.attrib
        assert element.get("fill", "none") in {"none", f"url(#f-{name}-hatch)"}
        values = [value for key, value in element.attrib.items() if key not in {"aria-label", "fill", "id"}]
        assert not any(COLOUR.search(value) for value in values)
        assert not any(key.startswith("on") for key in element.attrib)


@pytest.mark.parametrize("name", ALL)
def test_print_carries_values_and_no_classes(name: str, drawings: dict[str, Drawing]) -> None:
    for element in elements(drawings[name].print_svg()):
        assert "class" not in element.attrib
        assert "style" not in element.attrib
        if tag(element) == "text":
            assert element.get("font-family") == "'Source Sans 3'"
            assert element.get("font-weight") in {"400", "600", "700"}
            assert element.get("fill", "").startswith("#")
        if tag(element) in {"path", "rect", "circle"}:
            assert "fill" in element.attrib or "stroke" in element.attrib


@pytest.mark.parametrize("name", [*ALL, *PHONE])
def test_no_label_is_cut_by_the_edge(name: str, drawings: dict[str, Drawing]) -> None:
    drawing = drawings[name]
    for text, box in labels(drawing.svg("a")):
        assert box.within(Box(-0.5, -0.5, drawing.width + 0.5, drawing.height + 0.5)), (text, box)


@pytest.mark.parametrize("name", [*ALL, *PHONE])
def test_no_label_lies_on_another(name: str, drawings: dict[str, Drawing]) -> None:
    for (one, first), (other, second) in combinations(labels(drawings[name].svg("a")), 2):
        assert not first.meets(second), (one, first, other, second)


@pytest.mark.parametrize("name", [*ALL, *PHONE])
def test_every_mark_lies_inside_the_drawing(name: str, drawings: dict[str, Drawing]) -> None:
    drawing = drawings[name]
    for element in elements(drawing.svg("a")):
        if tag(element) == "rect":
            x, y = float(element.get("x", "")), float(element.get("y", ""))
            assert x >= 0
            assert y >= 0
            assert x + float(element.get("width", "")) <= drawing.width + 0.01
            assert y + float(element.get("height", "")) <= drawing.height + 0.01


@pytest.mark.parametrize("name", PHONE)
def test_a_phone_gets_a_drawing_it_need_not_scale(name: str, drawings: dict[str, Drawing]) -> None:
    assert drawings[name].width == 328
    sizes = [
        float(element.get("font-size", "")) for element in elements(drawings[name].svg("a")) if tag(element) == "text"
    ]
    assert all(13 <= size <= 20 for size in sizes), sizes


def test_sizes_are_those_of_the_layout(drawings: dict[str, Drawing]) -> None:
    sizes = {name: (drawings[name].width, drawings[name].height) for name in SAMPLES}
    assert sizes["bars"] == (860, 258)
    assert sizes["heat"] == (860, 600)
    assert sizes["plane"] == (860, 600)
    assert sizes["say-do"] == (860, 118)
    assert sizes["gantt"] == (860, 898)
    assert sizes["dumbbell-compact"] == (406, 170)
    assert sizes["ladder"] == (240, 192)
    assert sizes["cover"] == (818, 724)


def test_the_text_alternative_is_its_name_and_is_escaped() -> None:
    root = elements(draw(SAMPLES["ladder"], figure_id="f").svg('Stage "1" & <b>\x00\nnext'))[0]
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Stage "1" & <b>  next'


def test_ids_carry_the_figure_and_are_legal() -> None:
    svg = draw(SAMPLES["heat"], figure_id="f heat/1").svg("a")
    ids = [element.get("id") for element in elements(svg) if element.get("id")]
    assert ids == ["f-heat-1-hatch"]
    assert 'fill="url(#f-heat-1-hatch)"' in svg


def test_a_name_keeps_its_characters_unless_xml_forbids_them(drawings: dict[str, Drawing]) -> None:
    words = " ".join(text for text, _ in labels(drawings["dumbbell-long"].svg("a")))
    assert "bell \ufffd null \ufffd" in words
    assert "$x" not in words or "$x_1^2$" in words
    assert "\u0645\u0631\u0627\u0642\u0628\u0629" in words
    assert "<" in words


def test_a_drawing_travels_between_processes(drawings: dict[str, Drawing]) -> None:
    drawing = drawings["plane"]
    assert pickle.loads(pickle.dumps(drawing)).svg("a") == drawing.svg("a")  # noqa: S301 - our own bytes


@pytest.mark.slow
def test_two_processes_draw_the_same_bytes_and_leave_no_files(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        home = tmp_path / seed
        home.mkdir()
        known = {"PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": seed, "HOME": str(home), "PATH": os.environ["PATH"]}
        run = subprocess.run(
            [sys.executable, "-W", "error", "-c", DIGEST], env=known, cwd=REPOSITORY, capture_output=True, check=True
        )
        digests.add(run.stdout)
        assert list(home.iterdir()) == []
    assert len(digests) == 1


@pytest.mark.slow
def test_timing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = []
    for name, chart in SAMPLES.items():
        times = []
        for _ in range(5):
            start = time.perf_counter()
            draw(chart, figure_id="f").svg("a")
            times.append(time.perf_counter() - start)
        lines.append(f"{name:18} {sorted(times)[2] * 1000:6.1f} ms")
    with capsys.disabled():
        print("", *lines, sep="\n")  # noqa: T201 - figures to read, not to assert
    assert len(lines) == len(SAMPLES)


def test_the_example_labels_every_myth(drawings: dict[str, Drawing]) -> None:
    words = [text for text, _ in labels(drawings["plane"].svg("a"))]
    assert all(point.label in words for point in _plane(SAMPLES["plane"]).points)
    assert "9 myths" in words


def test_a_phone_finds_every_myth_by_its_number(drawings: dict[str, Drawing]) -> None:
    words = [text for text, _ in labels(drawings["plane-aside-narrow"].svg("a"))]
    assert all(words.count(str(number)) == 2 for number in range(1, 17))
    words = [text for text, _ in labels(drawings["plane-narrow"].svg("a"))]
    assert all(point.label in words for point in _plane(SAMPLES["plane"]).points)
    assert words.index("governance is optional") < words.index("it is easy") < words.index("too expensive")


@pytest.mark.parametrize(
    "medians", [(0.0, 0.0, 0.0, 0.5), (2.0, 2.0, 2.5, 2.5), (3.5, 4.0, 4.0, 4.0), (1.0, 1.5, 2.0, 2.5)]
)
@pytest.mark.parametrize("narrow", [False, True])
def test_marks_of_families_keep_apart(medians: tuple[float, ...], *, narrow: bool) -> None:
    families = tuple(FamilyMark("builders", f"family {at}", median) for at, median in enumerate(medians))
    strip = Strip("Release approval", (1, 1, 1, 1, 1), 1, 1, None, families, None, contested=False)
    drawing = draw(StripChart((strip,)), figure_id="f", narrow=narrow)
    places = sorted(float(e.get("cx", "")) for e in elements(drawing.svg("a")) if tag(e) == "circle")
    assert len(places) == 4
    assert all(after - before >= 15.9 for before, after in pairwise(places))
    assert places[0] >= 6


def test_points_without_opinions_lie_below_the_plane(drawings: dict[str, Drawing]) -> None:
    dots = [element for element in elements(drawings["plane-aside"].svg("a")) if tag(element) == "circle"]
    assert sum(float(dot.get("cy", "")) > 600 for dot in dots) == 8
    assert len(dots) == 16


POINTS = st.builds(
    MythPoint,
    label=st.text("abcdefgh ijW", min_size=1, max_size=40),
    do=st.floats(0, 100),
    say=st.one_of(st.none(), st.floats(0, 100)),
    cell=st.sampled_from(("debunked", "believed", "contested", "behaviour-only")),
    in_focus=st.booleans(),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(POINTS, max_size=18))
def test_labels_of_any_plane_keep_apart(points: list[MythPoint]) -> None:
    plane = MythPlane(tuple(points), 50.0, 37.5, 62.5)
    drawing = draw(plane, figure_id="f")
    boxes = list(labels(drawing.svg("a")))
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not first.meets(second), (one, other)
    assert all(box.left >= 0 and box.right <= drawing.width and box.bottom <= drawing.height for _, box in boxes)
    circles = [mark for mark in drawing.marks if getattr(mark, "tag", "") == "circle"]
    assert len(circles) == len(points)


def test_every_ink_has_a_sentinel_of_its_own() -> None:
    assert sorted(INKS.values(), key=lambda ink: ink.name) == sorted(Ink, key=lambda ink: ink.name)
    assert len({(ink.classes, ink.printed) for ink in Ink}) == len(Ink)


def _plane(chart: Chart) -> MythPlane:
    assert isinstance(chart, MythPlane)
    return chart
