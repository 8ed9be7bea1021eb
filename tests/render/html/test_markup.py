"""The linter bites: each fault that it claims to see is shown to it once."""

import pytest

from tests.render.html.markup import faults

GOOD = '<html lang="en"><head><title>x</title></head><body><h1 id="a">One</h1>{}</body></html>'


def test_a_good_page_has_no_faults() -> None:
    assert faults(GOOD.format('<h2>Two</h2><p><a href="#a">to the top</a></p>')) == []


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("<h1>Two</h1>", "2 h1 instead of one"),
        ("<h3>Deep</h3>", "h1 is followed by h3"),
        ("<h2> </h2>", "an empty h2"),
        ('<p id="a">x</p>', "is there twice"),
        ('<p id="1 2">x</p>', "is not a plain name"),
        ('<a href="#b">x</a>', "points to 'b'"),
        ('<p aria-labelledby="b">x</p>', "points to 'b'"),
        ('<svg aria-label="x"><rect fill="url(#b)"/></svg>', "points to 'b'"),
        ("<svg></svg>", "an svg without text alternative"),
        ('<img src="data:,">', "an img without alt"),
        ("<input>", "<input> without label"),
        ("<details><p>x</p></details>", "details without summary"),
        ('<div tabindex="0">x</div>', "a focusable region without name"),
        ('<a href="#a"></a>', "<a> without words"),
        ("<table><tr><td>x</td></tr></table>", "a table without caption"),
        ("<table><caption>c</caption><tr><th>x</th></tr></table>", "th without scope"),
        ('<p style="color:red">x</p>', "inline style"),
        ('<p onclick="x()">x</p>', "inline onclick"),
        ('<script src="https://cdn.example/x.js"></script>', "loads 'https://cdn.example/x.js'"),
        ('<link rel="stylesheet" href="x.css">', "<link> has no place"),
        ('<style>p { background: url("https://cdn.example/x.png") }</style>', "the style loads something"),
        ("<p>x</p> \n", "trailing blanks"),
        ("<p><div>x</div></p>", "<div> inside <p>"),
        ("<div><p>x</div>", "</div> closes p"),
        ('<p class="a" class="b">x</p>', "an attribute twice"),
    ],
)
def test_a_fault_is_seen(bad: str, said: str) -> None:
    assert any(said in fault for fault in faults(GOOD.format(bad)))


def test_a_missing_language_is_seen() -> None:
    assert "no language" in faults("<html><body><h1>x</h1></body></html>")
