"""A QR code as an SVG that can be set into a page: one path, coloured by its classes and nothing inline."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from app.loading import when_used

if TYPE_CHECKING:
    import qrcode
else:
    qrcode = when_used("qrcode")

#: Light modules round the code; with fewer many readers do not find it.
QUIET = 4


def qr_svg(text: str, label: str) -> Markup:
    """Draw a code of ``text``; ``label`` is what somebody hears who does not see it.

    Coloured by ``qr-ground`` and ``qr-modules``, dark on light in both themes, since not every reader knows the
    reverse. As large as its box. Raises ValueError for a text that no code can hold.
    """
    modules = _modules(text)
    side = len(modules) + 2 * QUIET
    runs = "".join(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z" for x, y, width in _runs(modules))
    return Markup(  # noqa: S704 - numbers, and a label that is escaped
        f'<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{escape(label)}">'
        f'<rect class="qr-ground" width="{side}" height="{side}"/>'
        f'<path class="qr-modules" shape-rendering="crispEdges" d="{runs}"/></svg>'
    )


def _modules(text: str) -> Sequence[Sequence[bool]]:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(text.encode())
    code.make(fit=True)
    found: Sequence[Sequence[bool]] = code.get_matrix()
    return found


def _runs(modules: Sequence[Sequence[bool]]) -> Iterator[tuple[int, int, int]]:
    """Dark modules side by side as (column, row, width)."""
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            width = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if width:
                yield x, y, width
            x += width or 1
