"""How long the whole report takes as PDF (S8), beside WeasyPrint, ReportLab and Chromium on the same content.

Run as ``python -m tests.load.bench_report``. WeasyPrint and Chromium print the HTML report, with the same text and
charts; ReportLab sets its text alone, which favours it. Medians of three, warm; the command is timed cold.
"""

import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from weasyprint import HTML

from app.formats.shelf import Shelf
from app.render.html import render_html
from app.render.pdf import render_pdf
from app.services.files import GivenFile
from app.services.report import make_result

RUNS = 3
EXAMPLE = Path(__file__).parents[2] / "questionnaires" / "examples" / "example-organization.yaml"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WARM_S = 0.6
COLD_S = 2.5
SHARE_OF_WEASYPRINT = 0.2


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of the work."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def with_reportlab(page: str) -> None:
    """The report's text as plain paragraphs."""
    style = getSampleStyleSheet()["Normal"]
    texts = re.findall(r">([^<>]{2,})<", re.sub(r"<(style|script|svg).*?</\1>", "", page, flags=re.DOTALL))
    story: list[object] = []
    for text in texts:
        story += [Paragraph(html.escape(html.unescape(text)), style), Spacer(1, 4)]
    SimpleDocTemplate(io.BytesIO()).build(story)


def with_chromium(program: str, page: Path) -> None:
    """Print the HTML report from the command line, as a person would script it."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    target = f"--print-to-pdf={page.with_suffix('.pdf')}"
    subprocess.run([program, *flags, target, page.as_uri()], check=True, capture_output=True, timeout=120)


def main() -> int:
    """Print the figures; 1 when the promise is broken."""
    given = GivenFile(EXAMPLE.name, EXAMPLE.read_bytes())
    report = make_result(given, (), Shelf(), lambda _: None).report
    pages = render_pdf(report, ()).pages
    ours = seconds(lambda: render_pdf(report, ()))
    page = render_html(report).decode()
    weasy = seconds(lambda: HTML(string=page).write_pdf(), runs=1)
    lab = seconds(lambda: with_reportlab(page))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(page)
        command = [sys.executable, "-m", "app", "report", str(EXAMPLE), "--pdf", str(file.with_suffix(".pdf"))]
        cold = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
        program = next(filter(None, map(shutil.which, CHROMIUM)), None)
        chrome = seconds(lambda: with_chromium(program, file)) if program else None
    sys.stdout.write(
        f"S8  report as PDF, {pages} pages, warm          {ours:7.2f} s   (promise {WARM_S})\n"
        f"S8  WeasyPrint on the same content        {weasy:7.2f} s   ours takes {ours / weasy:.3f} of it (promise"
        f" {SHARE_OF_WEASYPRINT})\n"
        f"S8  ReportLab, text alone                 {lab:7.2f} s   ours takes {ours / lab:.2f} of it\n"
    )
    if chrome is not None:
        sys.stdout.write(
            f"S8  Chromium print                        {chrome:7.2f} s   ours takes {ours / chrome:.2f} of it\n"
        )
    sys.stdout.write(f"S8  mythmark report --pdf, cold           {cold:7.2f} s   (promise {COLD_S})\n")
    return int(ours > WARM_S or ours > weasy * SHARE_OF_WEASYPRINT or cold > COLD_S)


if __name__ == "__main__":
    sys.exit(main())
