"""The finished PDF: accessible, complete, the same each time, with its data inside."""

import dataclasses
import hashlib
import io
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from app.domain.report.pages import Report
from app.render.pdf import Attachment, Pdf, TypesettingFailed, render_pdf, typeset
from tests.render import sample_reports
from tests.render.pdf import reading

pytestmark = pytest.mark.slow  # sets every sample, and has it checked

ROOT = Path(__file__).parents[3]
ASSESSMENT = Attachment("assessment.yaml", "format: mythmark/assessment@1\nteam: Prévision\n".encode())
SAMPLES: dict[str, Callable[[], Report]] = {
    name: getattr(sample_reports, name)
    for name in ("typical", "empty", "minimal", "extreme", "crowded", "scripts", "many_questions")
}
each_sample = pytest.mark.parametrize("name", SAMPLES)


@cache
def made(name: str) -> Pdf:
    return render_pdf(SAMPLES[name](), [ASSESSMENT])


@each_sample
def test_every_sample_compiles_without_a_warning(name: str) -> None:
    pdf = made(name)
    assert pdf.data.startswith(b"%PDF-1.7")
    assert pdf.pages == len(reading.page_texts(pdf.data))


@each_sample
def test_the_accessibility_checker_finds_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(made(name).data)
    checked = subprocess.run(
        [Path(sys.executable).with_name("pdfua"), "check", path], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "no findings" in checked.stdout


@pytest.mark.parametrize("name", ["typical", "empty", "minimal", "extreme", "crowded", "many_questions"])
def test_every_text_of_the_report_is_on_a_page(name: str) -> None:
    assert reading.missing(SAMPLES[name](), made(name).data) == []


def test_the_search_for_missing_texts_bites() -> None:
    other = dataclasses.replace(sample_reports.empty(), subject="x", title="This title is nowhere")
    assert "This title is nowhere" in reading.missing(other, made("empty").data)


@each_sample
def test_the_sponsor_has_exactly_one_page(name: str) -> None:
    texts = reading.page_texts(made(name).data)
    assert texts[1].startswith("For the sponsor")
    assert texts[2].startswith("Contents")


def test_what_the_sponsors_page_leaves_out_is_in_the_appendix() -> None:
    assert "The sponsor\u2019s page in full" in "".join(reading.page_texts(made("crowded").data))
    assert "The sponsor\u2019s page in full" not in "".join(reading.page_texts(made("typical").data))


def test_the_bookmarks_name_the_sections_and_their_headlines() -> None:
    marks = reading.bookmarks(made("typical").data)
    assert [title for depth, title in marks if depth == 1] == [
        "For the sponsor", "Contents", "Where we stand", "The myths", "Where we disagree", "The roadmap",
        "Change over time", "Appendix",
    ]  # fmt: skip
    assert (2, "Strong pipes, thin records") in marks


def test_the_pages_are_about_as_many_as_a_reader_can_bear() -> None:
    assert 20 <= made("typical").pages <= 30


def test_each_page_after_the_cover_has_its_number() -> None:
    texts = reading.page_texts(made("typical").data)
    assert [text.split()[-1] for text in texts[1:]] == [str(number) for number in range(2, len(texts) + 1)]


@pytest.mark.parametrize("name", ["typical", "empty", "extreme"])
def test_every_figure_has_its_alternative(name: str) -> None:
    report, said = SAMPLES[name](), reading.alternatives(made(name).data)
    wanted = list(reading.strings(report, reading.ALTERNATIVES))
    assert wanted
    missing = [
        alt for alt in wanted if alt and alt not in said and reading.squeezed(alt) not in map(reading.squeezed, said)
    ]
    assert missing == ([report.sponsor.stage.ladder_alt] if report.sponsor.stage.ladder is None else [])


def test_the_numbers_of_every_figure_are_a_table_with_header_cells() -> None:
    pdf = made("typical").data
    with pikepdf.open(io.BytesIO(pdf)) as document:
        kinds = [
            str(item.S)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item
        ]
    assert kinds.count("/Table") >= len(list(reading.figures(sample_reports.typical())))
    assert kinds.count("/TH") > kinds.count("/Table")


def test_the_assessment_comes_back_out_as_it_went_in() -> None:
    pack = Attachment("questionnaire.yaml", b"format: mythmark/questionnaire@1\n", relationship="data")
    again = Attachment("questionnaire.yaml", b"another\n")
    pdf = render_pdf(sample_reports.empty(), [ASSESSMENT, pack, again])
    assert reading.attachments(pdf.data) == {
        "assessment.yaml": ("/Source", ASSESSMENT.data),
        "questionnaire.yaml": ("/Data", pack.data),
        "questionnaire-2.yaml": ("/Source", again.data),
    }


def test_a_report_may_travel_without_its_data() -> None:
    assert reading.attachments(render_pdf(sample_reports.empty()).data) == {}


def test_the_document_says_what_it_is_and_when() -> None:
    with pikepdf.open(io.BytesIO(made("typical").data)) as document:
        info, meta = document.docinfo, document.open_metadata()
        assert str(info["/Title"]) == "Demand forecasting, third quarter 2026"
        assert str(info["/CreationDate"]).startswith("D:20260930")
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("3", "A", "1")
        assert str(document.Root.Lang).startswith("en")
        assert str(info["/Author"]) == "Example Retail"


def test_only_shipped_fonts_are_used() -> None:
    with pikepdf.open(io.BytesIO(made("scripts").data)) as document:
        fonts = {
            str(item.FontName)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
    assert fonts
    assert all("Source" in font or "Noto" in font for font in fonts), fonts


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_pdf(SAMPLES["typical"](), [ASSESSMENT]) == made("typical")


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import hashlib, sys; from app.render.pdf import render_pdf; from tests.render import sample_reports;"
        "print(hashlib.sha256(render_pdf(sample_reports.typical()).data).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert other.stdout.strip() == hashlib.sha256(render_pdf(sample_reports.typical()).data).hexdigest()


def test_emoji_and_control_characters_are_marked_and_listed() -> None:
    pdf = made("scripts")
    assert "U+1F680 ROCKET (3 times)" in pdf.replaced
    assert "U+0007 control character (1 time)" in pdf.replaced
    text = "".join(reading.page_texts(pdf.data))
    assert "Rocket \u25a1 and bell\u25a1" in text
    assert all(reading.squeezed(line) in reading.squeezed(text) for line in pdf.replaced)
    assert made("typical").replaced == ()


def test_names_in_every_script_stay_in_the_text() -> None:
    text = reading.squeezed("".join(reading.page_texts(made("scripts").data)))
    for name in ("需求预测", "需要予測", "수요", "Ζήτηση", "Прогноз", "พยากรณ์"):
        assert name in text, name


def test_arabic_reads_from_right_to_left() -> None:
    first, second, third = sample_reports.scripts().cover.organization.split()
    places = reading.cover_places(made("scripts").data)
    assert places[first] > places[second] > places[third]


def test_a_warning_fails_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = {
        **typeset._templates(),
        "style.typ": typeset._templates()["style.typ"].replace(b'"Noto Sans Thai"', b'"No Such Face"'),
    }
    monkeypatch.setattr(typeset, "_templates", lambda: templates)
    with pytest.raises(TypesettingFailed, match="no such face"):
        render_pdf(sample_reports.empty())


def test_a_figure_without_alternative_fails_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = {
        **typeset._templates(),
        "parts.typ": typeset._templates()["parts.typ"].replace(b"width: scaled, alt: alt", b"width: scaled"),
    }
    monkeypatch.setattr(typeset, "_templates", lambda: templates)
    with pytest.raises(TypesettingFailed, match="alt"):
        render_pdf(sample_reports.typical())


def test_text_is_never_read_as_markup() -> None:
    trap = '#panic("no") *bold* $x$ \\ = heading <label> @ref `raw` // comment'
    report = sample_reports.named(trap, trap, sample_reports.empty())
    assert reading.missing(report, render_pdf(report).data) == []


def test_speed_is_printed_not_asserted(capsys: pytest.CaptureFixture[str]) -> None:
    report = sample_reports.named("Example Retail", "Another team")
    begin = time.perf_counter()
    pdf = render_pdf(report)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{pdf.pages} pages, {len(pdf.data) // 1024} KiB, warm {time.perf_counter() - begin:.2f} s\n"
        )
    assert pdf.pages > 20
