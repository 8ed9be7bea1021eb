"""What the templates are given: numbers one can go on with, every explanation once, a drawing for each chart."""

import dataclasses
import json
from fractions import Fraction

import pytest

from app.render.files import Attachment
from app.render.pdf.attachments import distinct
from app.render.pdf.page_values import explained, figure_text, page_values, points, share
from tests.render import sample_reports


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(7, 4), "1.75"),
        (Fraction(3), "3"),
        (Fraction(-1, 2), "\u22120.5"),
        (Fraction(8, 9), "8/9 = 0.8889"),
        (Fraction(1, 100_000), "1/100000 = 0"),
        (None, "not known"),
    ],
)
def test_a_printed_figure_is_exact_or_says_its_fraction(value: Fraction | None, text: str) -> None:
    assert figure_text(value) == text


def test_an_explanation_prints_each_input_with_its_weight() -> None:
    printed = explained(sample_reports.explanation("x", "Governance"))
    terms = printed["terms"]
    assert isinstance(terms, list)
    assert [term["value"] for term in terms] == ["1", "0", "1", "1", "1", "2", "1", "1", "0"]
    assert printed["value"] == "8/9 = 0.8889"


def test_an_explanation_that_stands_beside_a_figure_only_is_printed_too() -> None:
    values = json.loads(page_values(sample_reports.typical(), (), ())["report.json"])
    groups = {group["title"]: [item["title"] for item in group["items"]] for group in values["explanations"]}
    assert "Governance, supported" in groups["Further numbers"]
    printed = [title for titles in groups.values() for title in titles]
    assert len(printed) == len(set(printed))


def test_each_chart_is_a_file_and_names_its_own() -> None:
    files = page_values(sample_reports.typical(), (), ())
    drawings = {name for name in files if name.endswith(".svg")}
    assert len(drawings) == 11
    assert all(f'"{name}"'.encode() in files["report.json"] for name in drawings)


def test_the_radar_has_its_numbers_beside_it_and_the_others_theirs_in_the_appendix() -> None:
    values = json.loads(page_values(sample_reports.typical(), (), ())["report.json"])
    assert "radar" not in {numbers["id"] for numbers in values["numbers"]}
    assert {"dimensions", "heat", "plane", "strips", "gantt", "trend"} <= {it["id"] for it in values["numbers"]}


def test_points_outside_the_scale_do_not_leave_the_bar() -> None:
    assert (share(120.0), share(-3.0), share(None), points(78.4), points(None)) == (1.0, 0.0, None, "78", "")


def test_very_long_names_are_shortened_in_the_foot_only() -> None:
    report = sample_reports.named("O" * 200, "T" * 200)
    values = json.loads(page_values(report, (), ())["report.json"])
    assert len(values["foot"]) < 100
    assert values["cover"]["team"].replace("\u200b", "") == "T" * 200


def test_attachments_of_one_name_are_told_apart() -> None:
    files = [Attachment("pack.yaml", b"1"), Attachment("pack.yaml", b"2"), Attachment("pack.yaml", b"3")]
    assert [file.name for file in distinct(files)] == ["pack.yaml", "pack-2.yaml", "pack-3.yaml"]
    assert dataclasses.replace(files[0], name="a.bin").media_type == "application/octet-stream"
    assert files[0].media_type == "application/yaml"
