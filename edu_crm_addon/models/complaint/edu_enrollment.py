from odoo import api, fields, models


class EduEnrollment(models.Model):
    """What was complained of in an enrollment."""

    _inherit = "edu.enrollment"

    complaint_ids = fields.One2many("edu.complaint", "enrollment_id")
    complaint_count = fields.Integer(compute="_compute_complaint_count")

    @api.depends("complaint_ids")
    def _compute_complaint_count(self):
        counts = dict(
            self.env["edu.complaint"]._read_group(
                [("enrollment_id", "in", self._origin.ids)],
                ["enrollment_id"],
                ["__count"],
            )
        )
        for enrollment in self:
            enrollment.complaint_count = counts.get(enrollment._origin, 0)

    def action_open_complaints(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_complaint_action",
            [("enrollment_id", "=", self.id)],
            {
                "default_enrollment_id": self.id,
                "default_learner_id": self.learner_id.id,
                "default_partner_id": self.payer_id.id,
            },
        )
