"""The report as a file: valid, sealed, complete, and the same bytes each time."""

import base64
import dataclasses
import hashlib
import re
from collections.abc import Iterator
from typing import get_args

import pytest

from app.domain.report.figures import Chart
from app.domain.report.pages import KeyEntry, Report
from app.render.files import SLOT
from app.render.html import render_html, report_body
from app.render.html.page import SECTIONS
from app.render.html.texts import visible
from app.render.in_process import InProcess
from tests.html.judge import newly_invalid
from tests.render.html.markup import Page, faults
from tests.render.html.samples import SAMPLES
from tests.render.html.typical import typical

# Half a second each: whole reports are written and read.
pytestmark = pytest.mark.slow

#: Names for programs, not words for readers.
UNSAID = {"id", "ids", "key", "rule", "cell", "mark", "variant", "chart", "field", "say_do", "ladder"}


def said(value: object) -> Iterator[str]:
    """Every string of a value that a reader should meet."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from said(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, get_args(Chart)):
        for part in dataclasses.fields(value):
            if part.name not in UNSAID:
                yield from said(getattr(value, part.name))


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=[] if name == "typical" else pytest.mark.slow) for name in sorted(SAMPLES)],
)
def sample(request: pytest.FixtureRequest) -> tuple[Report, str]:
    """Each sample with its page."""
    report = SAMPLES[request.param]()
    return report, render_html(report).decode("utf-8")


def test_the_page_has_no_fault(sample: tuple[Report, str]) -> None:
    assert faults(sample[1]) == []
    assert newly_invalid(sample[1]) == []


def test_every_word_of_the_report_is_on_the_page(sample: tuple[Report, str]) -> None:
    report, page = sample
    text = Page(page).text
    missing = {words for words in said(report) if " ".join(visible(words).split()) not in text}
    assert missing == set()


def test_the_same_report_gives_the_same_bytes(sample: tuple[Report, str]) -> None:
    assert render_html(sample[0]).decode("utf-8") == sample[1]


def test_the_policy_allows_exactly_the_style_and_the_script_inside(sample: tuple[Report, str]) -> None:
    page = Page(sample[1])
    policy = next(e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes)
    for tag in ("style", "script"):
        (element,) = page.all(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_the_policy_stands_before_what_it_governs() -> None:
    page = render_html(typical()).decode()
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_the_contents_list_names_every_section(sample: tuple[Report, str]) -> None:
    page = Page(sample[1])
    links = [e.attributes["href"] for e in page.all("a") if "nav" in e.parents]
    assert links == [f"#{section.id}" for section in SECTIONS]


def test_the_application_may_add_downloads_and_the_file_has_none() -> None:
    body = InProcess().body(typical())
    before, after = body.split(SLOT)
    assert before.rstrip().endswith("</ol>")
    assert '<main id="main">' in after
    assert "btn" not in "".join(e.attributes.get("class", "") for e in Page(render_html(typical()).decode()).elements)


def test_the_body_needs_no_style_of_its_own() -> None:
    body = report_body(typical())
    assert "<style" not in body
    assert "<script" not in body
    assert " style=" not in body


def test_markup_in_words_stays_words() -> None:
    page = render_html(SAMPLES["extreme"]()).decode("utf-8")
    assert "<script>alert" not in page
    assert len(Page(page).all("script")) == 1


def test_faces_are_carried_for_the_scripts_in_use_only() -> None:
    plain = render_html(typical()).decode().count("data:font/woff2")
    many = render_html(SAMPLES["extreme"]()).decode().count("data:font/woff2")
    assert plain == 2  # the sans and the serif in Latin
    assert many == 5  # and Latin extended, Greek, Cyrillic


def test_every_mark_of_a_key_is_drawn() -> None:
    marks = get_args(KeyEntry.__dataclass_fields__["mark"].type)
    report = typical()
    heat = dataclasses.replace(report.stand.heat, key=tuple(KeyEntry(mark, f"means {mark}") for mark in marks))
    page = Page(report_body(dataclasses.replace(report, stand=dataclasses.replace(report.stand, heat=heat))))
    hidden = [e for e in page.all("svg") if e.attributes.get("aria-hidden") == "true" and "ul" in e.parents]
    assert all(e.children for e in hidden)
    assert all(f"means {mark}" in page.text for mark in marks)


def test_a_chart_is_drawn_for_windows_and_for_phones_under_one_name() -> None:
    drawings = [e.attributes for e in Page(report_body(typical())).all("svg") if e.attributes.get("role") == "img"]
    wide, narrow = (
        [(e["aria-label"], e["width"]) for e in drawings if e.get("class") == form]
        for form in ("for-wide", "for-narrow")
    )
    assert [name for name, _ in wide] == [name for name, _ in narrow]
    assert len(wide) > 8
    assert {width for _, width in narrow} == {"328"}
    assert sum("class" not in e for e in drawings) == 2  # the ladder and the emblem are small enough for every window


def test_an_explanation_prints_its_arithmetic_its_terms_and_its_rule() -> None:
    body = report_body(typical())
    assert "(1 + 0 + 1 + 1 + 1 + 2 + 1 + 1 + 0) / 9 = 8/9 = 0.889" in body
    assert '<a href="#rule-4-3">The rule (4.3)</a>' in body
    assert '<th scope="col" class="num">Weight</th>' in body


def test_a_rule_without_method_section_is_named_without_link() -> None:
    body = report_body(typical())
    assert "Rule 5.0" in body
    assert "#rule-5-0" not in body


def test_a_section_that_two_rules_share_is_linked_once() -> None:
    assert report_body(typical()).count('id="rule-4-3"') == 1


def test_only_web_addresses_become_links() -> None:
    report = typical()
    first = dataclasses.replace(report.appendix.references[0], url="javascript:alert(1)")
    body = report_body(dataclasses.replace(report, appendix=dataclasses.replace(report.appendix, references=(first,))))
    assert "javascript:alert(1)" in body
    assert 'href="javascript' not in body


def test_users_words_find_their_own_direction() -> None:
    page = Page(render_html(SAMPLES["extreme"]()).decode())
    (title,) = page.all("h1")
    assert title.attributes["dir"] == "auto"
    assert all(
        e.attributes.get("dir") == "auto" for e in page.elements if "said" in e.attributes.get("class", "").split()
    )


def test_every_figure_offers_its_numbers() -> None:
    page = Page(report_body(typical()))
    numbers = [e for e in page.all("summary") if e.text.startswith("Show the numbers")]
    assert len(numbers) == len(page.all("figure")) == 9


def test_no_two_reasons_sound_alike() -> None:
    heard = [" ".join(e.text.split()) for e in Page(report_body(typical())).all("summary")]
    assert sorted({words for words in heard if heard.count(words) > 1}) == []


def test_numeric_columns_stand_on_the_right() -> None:
    page = Page(report_body(typical()))
    assert re.search(r'<td class="num">0\.250</td>', report_body(typical()))
    assert all(e.attributes.get("scope") for e in page.all("th"))
