"""A link as a picture, drawn as SVG: it needs no program that paints pixels."""

from markupsafe import Markup
from reportlab.graphics.barcode.qr import QrCodeWidget

# Of a code, so that a reader finds it.
BORDER = 4
# Up to 15 % of what is printed may be dirty.
LEVEL = "M"


def qr_svg(text):
    """Return ``text`` as the markup of an SVG that fills its place."""
    code = QrCodeWidget(text, barLevel=LEVEL).qr
    code.make()
    size = code.getModuleCount()
    dark = "".join(
        f"M{column + BORDER} {row + BORDER}h1v1h-1z"
        for row in range(size)
        for column in range(size)
        if code.isDark(row, column)
    )
    side = size + 2 * BORDER
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %(side)s %(side)s"'
        ' width="420" height="420" shape-rendering="crispEdges">'
        '<rect width="%(side)s" height="%(side)s" fill="#fff"/>'
        '<path d="%(dark)s"/></svg>'
    ) % {"side": side, "dark": dark}
