from odoo import fields, models
from odoo.fields import Domain

from ...logic.enrollment import DRAFT, ONBOARDING


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

    def write(self, vals):
        changed = self.filtered(
            lambda kind: (
                "is_required" in vals and kind.is_required != bool(vals["is_required"])
            )
        )
        result = super().write(vals)
        if changed:
            # sudo: the rule holds for every enrollment, whoever sets it
            enrollments = self.env["edu.enrollment"].sudo()
            enrollments.search(
                Domain("state", "in", (DRAFT, ONBOARDING))
                & Domain("document_ids.document_type_id", "in", changed.ids)
            )._review_onboarding()
        return result
