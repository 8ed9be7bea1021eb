"""A linter for a page of ours: an HTML parser that keeps what the claims need, and a list of what is wrong."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest"}
NEEDS_LABEL = {"input", "select", "textarea"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "span", "b", "small", "caption"}
BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "section", "article", "figure", "details", "h1", "h2", "h3", "h4"}


@dataclass
class Element:
    """One element with its attributes, its text and its children's names."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""
    children: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Reads a page; ``faults`` holds what is not well formed, ``text`` everything a reader can meet."""

    def __init__(self, source: str) -> None:
        """Parse ``source`` at once."""
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._open: list[Element] = []
        self._words: list[str] = []
        self.feed(source)
        self.close()
        self.faults += [f"<{element.tag}> is never closed" for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element, and complain about doubled attributes and blocks where only words may stand."""
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        parents = tuple(element.tag for element in self._open)
        element = Element(tag, {name: value or "" for name, value in attrs}, parents)
        if parents and parents[-1] in PHRASING_ONLY and tag in BLOCKS:
            self.faults.append(f"<{tag}> inside <{parents[-1]}>")
        if self._open:
            self._open[-1].children.append(tag)
        self.elements.append(element)
        self._words += [element.attributes[name] for name in ("aria-label", "content") if name in element.attributes]
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Self-closed elements of SVG are opened and closed."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close exactly what is open."""
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1].tag if self._open else 'nothing'}")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add words to all elements around them."""
        for element in self._open:
            element.text += data
        if not any(element.tag in {"style", "script"} for element in self._open):
            self._words.append(data)

    @property
    def text(self) -> str:
        """All words of the page, with one space between any two."""
        return " ".join(" ".join(self._words).split())

    def all(self, tag: str) -> list[Element]:
        """All elements of one name."""
        return [element for element in self.elements if element.tag == tag]


def faults(source: str) -> list[str]:
    """Everything that is wrong with a page, one sentence each; empty for a good one."""
    page = Page(source)
    blanks = ["trailing blanks"] if re.search(r"[ \t]\n", source) else []
    return [*page.faults, *blanks, *_ids(page), *_headings(page), *_names(page), *_tables(page), *_sealed(page)]


def _ids(page: Page) -> list[str]:
    found = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    wrong = [f"id {id_!r} is there twice" for id_ in sorted({id_ for id_ in found if found.count(id_) > 1})]
    wrong += [f"id {id_!r} is not a plain name" for id_ in found if not re.fullmatch(r"[A-Za-z][\w-]*", id_)]
    for element in page.elements:
        targets = (
            element.attributes.get("aria-labelledby", "").split()
            + element.attributes.get("aria-describedby", "").split()
        )
        if element.attributes.get("href", "").startswith("#"):
            targets.append(element.attributes["href"][1:])
        targets += re.findall(r"url\(#([^)]*)\)", " ".join(element.attributes.values()))
        wrong += [
            f"<{element.tag}> points to {target!r}, which is not there" for target in targets if target not in found
        ]
    return wrong


def _headings(page: Page) -> list[str]:
    wrong = [] if len(page.all("h1")) == 1 else [f"{len(page.all('h1'))} h1 instead of one"]
    before = 0
    for element in page.elements:
        rank = HEADINGS.get(element.tag)
        if rank is None:
            continue
        if rank > before + 1:
            wrong.append(f"h{before} is followed by h{rank}: {element.text.strip()!r}")
        if not element.text.strip():
            wrong.append(f"an empty h{rank}")
        before = rank
    return wrong


def _names(page: Page) -> list[str]:
    wrong = []
    labelled = {element.attributes.get("for") for element in page.all("label")}
    for element in page.elements:
        named = element.attributes.get("aria-label", "").strip() or "aria-labelledby" in element.attributes
        if element.tag == "svg" and not named and element.attributes.get("aria-hidden") != "true":
            wrong.append("an svg without text alternative")
        if element.tag == "img" and "alt" not in element.attributes:
            wrong.append("an img without alt")
        if element.tag in NEEDS_LABEL and not named and element.attributes.get("id") not in labelled:
            wrong.append(f"<{element.tag}> without label")
        if element.tag == "details" and element.children[:1] != ["summary"]:
            wrong.append("details without summary")
        if element.tag in {"summary", "a", "button"} and not (element.text.strip() or named):
            wrong.append(f"<{element.tag}> without words")
        if "tabindex" in element.attributes and not named:
            wrong.append("a focusable region without name")
    if not any(element.attributes.get("lang") for element in page.all("html")):
        wrong.append("no language")
    return wrong


def _tables(page: Page) -> list[str]:
    wrong = [
        f"a table without caption: {table.text.split()[:3]}"
        for table in page.all("table")
        if table.children[:1] != ["caption"]
    ]
    return wrong + [
        f"th without scope: {cell.text!r}"
        for cell in page.all("th")
        if cell.attributes.get("scope") not in {"row", "col"}
    ]


def _sealed(page: Page) -> list[str]:
    wrong = []
    for element in page.elements:
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on"):
                wrong.append(f"<{element.tag}> has an inline {name}")
            if name in LOADING and not value.startswith("data:"):
                wrong.append(f"<{element.tag}> loads {value!r}")
        if element.tag in {"link", "iframe", "object", "embed", "base", "use", "image", "foreignobject", "form"}:
            wrong.append(f"<{element.tag}> has no place in a sealed page")
        if element.tag == "style" and re.search(r"@import|url\(\s*(?![\"']?(?:data:|#))", element.text):
            wrong.append("the style loads something")
    return wrong
