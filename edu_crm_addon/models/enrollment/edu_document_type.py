from odoo import fields, models


class EduDocumentType(models.Model):
    """A kind of document that a learner hands in before a course begins.

    Courses list those they ask for. An optional one is asked for as well, but the
    enrollment begins without it.
    """

    _name = "edu.document.type"
    _description = "Document type"
    _inherit = "edu.catalogue.mixin"

    is_required = fields.Boolean(
        string="Required",
        default=True,
        help="The enrollment begins only when it has been accepted.",
    )
    validity_months = fields.Integer(
        string="Valid for",
        help="Months from the day it is accepted. 0: as long as nothing else is said.",
    )
    note = fields.Text(
        string="Hint for the family",
        translate=True,
        help="Shown where the document is uploaded.",
    )

    _validity_plausible = models.Constraint(
        "CHECK (validity_months BETWEEN 0 AND 1200)",
        "A document is valid for 0 to 1200 months.",
    )
