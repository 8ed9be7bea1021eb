"""What a mark is drawn with: its classes on the page, its light values in print, its sentinel for matplotlib."""

from enum import Enum

Attributes = tuple[tuple[str, str], ...]

_INK = "#1b2430"
_MUTED = "#566273"
_LINE = "#d9dde3"
_CONTROL = "#6b7684"
_ACCENT = "#1f4e79"
_EDGE = "#9fb3c8"
_GROUND = "#ffffff"


def _fill(colour: str) -> Attributes:
    return (("fill", colour),)


def _stroke(colour: str, width: str, *, dash: str = "", fill: str = "") -> Attributes:
    found = [("fill", fill)] if fill else []
    found += [("stroke", colour), ("stroke-width", width)]
    if dash:
        found.append(("stroke-dasharray", dash))
    return tuple(found)


class Ink(Enum):
    """Each member: (classes on the page, attributes in print). Colours live here and in the tokens, nowhere else.

    matplotlib draws a member in its sentinel colour, which stands for the member and is never seen.
    """

    AXIS = ("c-axis", _stroke(_LINE, "1"))
    AXIS_STRONG = ("c-axis-strong", _stroke(_CONTROL, "1"))
    RULE = ("c-ink", _stroke(_INK, "2"))
    FLOOR = ("c-floor", _stroke(_INK, "1.5"))
    TARGET = ("c-target", _stroke(_CONTROL, "1.5", dash="2 3"))
    LEADER = ("c-leader", _stroke(_CONTROL, "1", fill="none"))
    CASE = ("c-case", _stroke(_GROUND, "4", fill="none"))
    RANGE = ("c-range", _fill("#d6e2ee"))
    SUPPORTED = ("c-supported", _fill(_ACCENT))
    CLAIMED = ("c-claimed", _stroke(_ACCENT, "2", fill="none"))
    HATCH = ("hatch", ())  # a pattern, not a class: see Drawing
    UNKNOWN_EDGE = ("c-unknown-edge", _stroke(_CONTROL, "1", fill="none"))
    TRACK = ("c-track", _stroke(_LINE, "1", fill=_GROUND))
    GATE = ("c-gate", _stroke(_INK, "2.5", fill="none"))
    NA = ("c-cell-na", _stroke(_EDGE, "1", dash="3 3", fill=_GROUND))
    CELL_0 = ("lv0 c-cell", _stroke(_EDGE, "1", fill="#eef3f8"))
    CELL_1 = ("lv1 c-cell", _stroke(_EDGE, "1", fill="#c3d7ea"))
    CELL_2 = ("lv2 c-cell", _stroke(_EDGE, "1", fill="#86aed3"))
    CELL_3 = ("lv3 c-cell", _stroke(_EDGE, "1", fill="#3a75ad"))
    CELL_4 = ("lv4 c-cell", _stroke(_EDGE, "1", fill="#1d4a7a"))
    FIELD_0 = ("lv0", _fill("#e6edf4"))  # a shade darker: on the cover it lies on paper, not on white
    FIELD_1 = ("lv1", _fill("#c3d7ea"))
    FIELD_2 = ("lv2", _fill("#86aed3"))
    FIELD_3 = ("lv3", _fill("#3a75ad"))
    FIELD_4 = ("lv4", _fill("#1d4a7a"))
    FIELD_NA = ("c-cell-na", _stroke(_EDGE, "1.5", dash="5 5", fill="none"))
    FIELD_EDGE = ("c-unknown-edge", _stroke(_EDGE, "1.5", fill="none"))
    PLAN_GATE = ("c-plan-gate", _fill(_ACCENT))
    PLAN = ("c-plan", _stroke(_ACCENT, "1", fill="#86aed3"))
    BEFORE = ("c-before", _stroke(_CONTROL, "2", fill=_GROUND))
    AFTER = ("c-after", _fill(_ACCENT))
    NOISE = ("c-noise", _fill(_CONTROL))
    VOTES = ("c-votes", _fill("#3a75ad"))
    FLAG = ("c-flag", _fill(_INK))
    BUILDERS = ("f-builders", _fill(_ACCENT))
    RUNNERS = ("f-runners", _fill("#b4531a"))
    DECIDERS = ("f-deciders", _fill("#5b4a9c"))
    OTHERS = ("f-others", _fill(_MUTED))
    DOT_DEBUNKED = ("v-debunked c-dot", _stroke(_GROUND, "2", fill="#1f6f54"))
    DOT_IN_TRANSITION = ("v-in-transition c-dot", _stroke(_GROUND, "2", fill="#4f6b8a"))
    DOT_SAID = ("v-said-not-done c-dot", _stroke(_GROUND, "2", fill="#b4531a"))
    DOT_DONE = ("v-done-not-believed c-dot", _stroke(_GROUND, "2", fill="#5b4a9c"))
    DOT_BELIEVED = ("v-believed c-dot", _stroke(_GROUND, "2", fill="#9b2335"))
    DOT_CONTESTED = ("f-others c-dot", _stroke(_GROUND, "2", fill=_MUTED))
    DOT_OPEN = ("c-noise c-dot", _stroke(_GROUND, "2", fill=_CONTROL))
    STOP = ("stop", _stroke(_CONTROL, "2", fill=_GROUND))
    STOP_ON = ("stop-on", _stroke(_ACCENT, "2", fill=_ACCENT))
    STOP_NEXT = ("stop-next", _stroke(_ACCENT, "2", dash="3 2.5", fill=_GROUND))
    GROUND = ("", _fill(_GROUND))  # print only; on the page the label's own casing does the same
    TEXT = ("", _fill(_INK))
    MUTED = ("c-muted", _fill(_MUTED))
    ON_0 = ("on0", _fill(_INK))
    ON_1 = ("on1", _fill(_INK))
    ON_2 = ("on2", _fill(_INK))
    ON_3 = ("on3", _fill(_GROUND))
    ON_4 = ("on4", _fill(_GROUND))
    DEBUNKED = ("v-debunked", _fill("#1f6f54"))
    IN_TRANSITION = ("v-in-transition", _fill("#4f6b8a"))
    SAID = ("v-said-not-done", _fill("#b4531a"))
    DONE = ("v-done-not-believed", _fill("#5b4a9c"))
    BELIEVED = ("v-believed", _fill("#9b2335"))

    def __init__(self, classes: str, printed: Attributes) -> None:
        """Keep the class attribute of the page (empty for none) and the presentation attributes of print."""
        self.classes = classes
        self.printed = printed


#: The stroke of a hatch, on the page and in print.
HATCH_LINE = ("c-hatch", _stroke(_CONTROL, "1.25"))

CELLS = (Ink.CELL_0, Ink.CELL_1, Ink.CELL_2, Ink.CELL_3, Ink.CELL_4)
FIELDS = (Ink.FIELD_0, Ink.FIELD_1, Ink.FIELD_2, Ink.FIELD_3, Ink.FIELD_4)
ON = (Ink.ON_0, Ink.ON_1, Ink.ON_2, Ink.ON_3, Ink.ON_4)

_FIRST = 0x0A0000
SENTINELS: dict[Ink, str] = {ink: f"#{_FIRST + place:06x}" for place, ink in enumerate(Ink)}
INKS: dict[str, Ink] = {colour: ink for ink, colour in SENTINELS.items()}
