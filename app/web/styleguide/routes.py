"""``/styleguide`` and its sample pages; there only when asked for by setting or in debug."""

from fractions import Fraction

from flask import Blueprint, Response, abort

from app.domain.explain import Explanation
from app.store.errors import WrongSchema
from app.web.access import Role, allow
from app.web.forms import Form, sent
from app.web.fragments import after_write
from app.web.page import Link, Page, render_page, say
from app.web.shared import ConfirmPage, EmptyDashboardPage
from app.web.sign_in.forms import SignInForm
from app.web.sign_in.pages import SignInPage
from app.web.styleguide.forms import LEVELS, AnswerForm, SampleForm
from app.web.styleguide.pages import NAV, VIEWER, PhonePage, StyleguidePage, WallPage

blueprint = Blueprint("styleguide", __name__, url_prefix="/styleguide")

GUIDE = StyleguidePage(
    trail=(Link("Example Retail", "#main"), Link("Demand forecasting", "#main")),
    colours=tuple(
        (name, f"t-{name}")
        for name in ("paper", "surface", "ink", "muted", "line", "control", "accent", "tint", "band")
    ),
    teams=(
        ("Basket and offers", "2026-Q3, 9 people", (1.8, 1.4, 1.9, 1.6), None),
        ("Demand forecasting", "2026-Q3, 8 people", (1.33, 0.89, 2.0, 1.2), None),
        ("Price setting", "no full assessment yet", (None,) * 4, "Two pulses so far. Levels follow the workshop."),
        ("Search", "2026-Q3, 6 people", (0.4, None, 3.1, 3.8), None),
    ),
    progress=(("Monitoring", 10, 10), ("Governance", 4, 10), ("Automation", 1, 10), ("Collaboration", 0, 10)),
    explanation=Explanation(
        key="dimensions.governance.supported",
        title="Governance: 0.9",
        value=Fraction(8, 9),
        arithmetic="(1 + 0 + 1 + 1 + 1 + 2 + 1 + 1 + 0) / 9",
        terms=(),
        text=("Nine levels, added and divided; every question counts the same.",),
        rule="4.3",
    ),
)


@blueprint.get("")
@allow(Role.ANYONE)
def show() -> Response:
    """Show every part."""
    return render_page(GUIDE, form=SampleForm(data={"anonymous": True, "variant": "full"}))


@blueprint.post("")
@allow(Role.ANYONE)
def send() -> Response:
    """Take the sample form: 422 with what is wrong, or the two endings of a write."""
    form = SampleForm()
    if not sent(form):
        return render_page(GUIDE, form=form, fragment="sample_form")
    return after_write(GUIDE, fragment="sample_form", path="/styleguide", words="The sample was saved.", form=form)


@blueprint.get("/<sample>")
@allow(Role.ANYONE)
def sample(sample: str) -> Response:
    """Show a sample page."""
    if sample == "notices":
        for kind in ("done", "note", "problem"):
            say(f"A sentence of the kind {kind}.", kind)
        return render_page(GUIDE, form=SampleForm())
    if sample == "maintenance":
        raise WrongSchema("The database is one version behind.")
    if sample.isdecimal() and len(sample) == 3:
        abort(int(sample))
    pages = _samples()
    if sample not in pages:
        abort(404)
    value, form = pages[sample]
    return render_page(value, form=form)


def _samples() -> dict[str, tuple[Page, Form | None]]:
    """The sample pages by the last part of their address."""
    return {
        "dashboard-empty": (
            EmptyDashboardPage(title="Overview", viewer=VIEWER, nav=NAV, start="/sign-in", sample="/"),
            None,
        ),
        "sign-in": (
            SignInPage(action="/styleguide", others=(Link("Use a passkey", "#main"), Link("Company account", "#main"))),
            SignInForm(),
        ),
        "confirm": (
            ConfirmPage(
                title="Close this assessment for good?",
                text="Six questions are not answered; they count as not known. A closed assessment is final.",
                yes="Close it for good",
                action="/theme",
                back="/styleguide",
            ),
            None,
        ),
        "phone": (PhonePage(), AnswerForm(data={"answer": "2"})),
        "phone-waiting": (PhonePage(waiting=2), AnswerForm(data={"answer": "2"})),
        "wall": (
            WallPage(
                question="How is the decision made that a new or changed model may go live?",
                anchors=tuple(words for _, words in LEVELS),
                voted=12,
                joined=18,
            ),
            None,
        ),
    }
