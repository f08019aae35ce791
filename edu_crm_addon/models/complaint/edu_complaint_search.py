from odoo import fields, models
from odoo.fields import Domain


class EduComplaint(models.Model):
    """How a complaint is found by a word, however many there are."""

    _inherit = "edu.complaint"

    found_by = fields.Char(
        string="Found by",
        compute="_compute_found_by",
        search="_search_found_by",
        help="Its number, its subject, or the number of one that was merged into it.",
    )

    def _compute_found_by(self):
        for complaint in self:
            complaint.found_by = complaint.display_name

    def _search_found_by(self, operator, value):
        """Look the merged ones up first: PostgreSQL then combines its indexes."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        # sudo: only which one goes on; the rules decide on that one
        merged = self.sudo().search_fetch(
            [("merged_into_id", "!=", False), ("name", operator, value)],
            ["merged_into_id"],
        )
        return (
            Domain("name", operator, value)
            | Domain("subject", operator, value)
            | Domain("id", "in", merged.merged_into_id.ids)
        )

    def _creation_message(self):
        """Say it without asking the host for the name of the model."""
        self.ensure_one()
        return self.env._("Complaint created")
