from odoo import api, fields, models

from ...const import GROUP_READONLY


class CrmLead(models.Model):
    """What became of a lead: its enrollments."""

    _inherit = "crm.lead"

    edu_enrollment_ids = fields.One2many(
        "edu.enrollment", "lead_id", string="Enrollments", groups=GROUP_READONLY
    )
    edu_enrollment_count = fields.Integer(
        string="Number of enrollments",
        compute="_compute_edu_enrollment_count",
        groups=GROUP_READONLY,
    )

    @api.depends("edu_enrollment_ids")
    def _compute_edu_enrollment_count(self):
        counts = self.env["edu.enrollment"]._count_by("lead_id", self)
        for lead in self:
            lead.edu_enrollment_count = counts.get(lead._origin, 0)

    def action_edu_open_enrollments(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_enrollment_action", [("lead_id", "=", self.id)]
        )

    def action_edu_enroll(self):
        """Ask for learner and course, and make the quotation."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enroll"),
            "res_model": "edu.lead.enroll",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_lead_id": self.id},
        }
