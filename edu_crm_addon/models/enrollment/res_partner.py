from odoo import api, fields, models

from ...const import GROUP_READONLY


class ResPartner(models.Model):
    """What a person learns, and what it pays for others.

    A learner whose guardian buys is a buyer too: the orders count for both.
    """

    _inherit = "res.partner"

    edu_enrollment_ids = fields.One2many(
        "edu.enrollment", "learner_id", string="Enrollments", groups=GROUP_READONLY
    )
    edu_enrollment_count = fields.Integer(
        string="Own enrollments",
        compute="_compute_edu_enrollment_counts",
        groups=GROUP_READONLY,
    )
    edu_paid_enrollment_count = fields.Integer(
        string="Enrollments paid for",
        compute="_compute_edu_enrollment_counts",
        groups=GROUP_READONLY,
    )

    @api.depends("edu_enrollment_ids")
    def _compute_edu_enrollment_counts(self):
        enrollments = self.env["edu.enrollment"]
        people = self._origin.ids
        own = dict(
            enrollments._read_group(
                [("learner_id", "in", people)], ["learner_id"], ["__count"]
            )
        )
        paid = dict(
            enrollments._read_group(
                [("payer_id", "in", people)], ["payer_id"], ["__count"]
            )
        )
        for partner in self:
            partner.edu_enrollment_count = own.get(partner._origin, 0)
            partner.edu_paid_enrollment_count = paid.get(partner._origin, 0)

    def action_edu_open_enrollments(self):
        return self._edu_enrollments_action("learner_id")

    def action_edu_open_paid_enrollments(self):
        return self._edu_enrollments_action("payer_id")

    def _edu_enrollments_action(self, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "edu_crm_addon.edu_enrollment_action"
        )
        action["domain"] = [(name, "=", self.id)]
        action["context"] = {"create": False}
        return action
