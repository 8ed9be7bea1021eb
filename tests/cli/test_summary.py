"""The summary fits a terminal, whatever the report holds."""

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len

from app.cli.summary import print_summary, summary
from app.domain.report.figures import BarsChart
from app.domain.report.pages import Report
from app.services.example import example


@pytest.fixture(scope="module")
def report() -> Report:
    return example().report


def _swollen(report: Report) -> Report:
    """The same report with more and longer of everything."""
    sponsor, stage = report.sponsor, report.sponsor.stage
    assert sponsor.bars is not None
    assert isinstance(sponsor.bars.chart, BarsChart)
    bars = replace(sponsor.bars.chart.bars[0], name="監視" * 30, claimed=4.0)
    figure = replace(sponsor.bars, chart=replace(sponsor.bars.chart, bars=(bars,) * 20))
    cards = tuple(
        replace(card, name="Long " * 50, cell_name=f"Cell {number} " * 3)
        for number, card in enumerate(report.myths.cards)
    )
    steps = replace(sponsor.next_quarter, steps=sponsor.next_quarter.steps * 5)
    blockers = tuple(replace(row, text="Word " * 90) for row in stage.blockers) * 5
    swollen = replace(
        sponsor, stage=replace(stage, blockers=blockers), bars=figure, next_quarter=steps, headline="Head " * 60
    )
    return replace(report, team="長い名前" * 50, sponsor=swollen, myths=replace(report.myths, cards=cards))


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_a_swollen_report_still_fits_forty_lines_of_the_terminal(report: Report, width: int) -> None:
    lines = summary(_swollen(report), ["r.pdf"], width)
    assert len(lines) <= 40
    assert max(cell_len(text) for text, _ in lines) <= width


def test_why_there_is_no_stage_is_said_in_full(report: Report) -> None:
    """measurement.md 4.14: an organization with no live model is told so kindly, not in half a sentence."""
    say = "Every question asks how live models are run, so none was scored. " * 3
    stage = replace(report.sponsor.stage, number=None, say=say, blockers=())
    texts = [text for text, _ in summary(replace(report, sponsor=replace(report.sponsor, stage=stage)), [], 100)]
    assert say.strip() in " ".join(texts)
    assert max(map(cell_len, texts)) <= 100


def test_what_is_left_out_is_counted(report: Report) -> None:
    texts = [text for text, _ in summary(_swollen(report), [], 100)]
    assert f"  and {5 * len(report.sponsor.stage.blockers) - 6} more in the report" in texts


def test_an_unpublished_dimension_says_why_and_draws_no_bar(report: Report) -> None:
    figure = report.sponsor.bars
    assert figure is not None
    assert isinstance(figure.chart, BarsChart)
    bare = replace(figure.chart.bars[0], supported=None, claimed=None, note="too few answers")
    sponsor = replace(report.sponsor, bars=replace(figure, chart=replace(figure.chart, bars=(bare,))))
    line = next(t for t, _ in summary(replace(report, sponsor=sponsor), [], 100) if "too few answers" in t)
    assert "█" not in line


def test_claimed_above_supported_is_drawn_hollow(report: Report) -> None:
    figure = report.sponsor.bars
    assert figure is not None
    assert isinstance(figure.chart, BarsChart)
    bar = replace(figure.chart.bars[0], supported=1.0, claimed=3.0)
    sponsor = replace(report.sponsor, bars=replace(figure, chart=replace(figure.chart, bars=(bar,))))
    line = next(t for t, _ in summary(replace(report, sponsor=sponsor), [], 100) if "░" in t)
    assert line.count("░") == 2 * line.count("█")
    assert "3.0 claimed" in line


def test_a_report_without_a_stage_says_so(report: Report) -> None:
    stage = replace(report.sponsor.stage, number=None, say="There is nothing to measure yet.", blockers=())
    bare = replace(report, sponsor=replace(report.sponsor, stage=stage, bars=None))
    texts = [text for text, _ in summary(bare, [], 100)]
    assert "There is nothing to measure yet." in texts
    assert not any("█" in text for text in texts)


def test_every_file_written_is_named_in_full(report: Report) -> None:
    name = "folder/" + "long-" * 60 + "name.pdf"
    assert summary(report, [name], 80)[-1][0] == f"Written: {name}"


def test_where_there_is_no_terminal_there_is_no_colour(report: Report) -> None:
    stream = io.StringIO()
    print_summary(report, [], stream)
    assert "\x1b" not in stream.getvalue()
    assert stream.getvalue().count("\n") == len(summary(report, [], 100))
