from odoo import api, fields, models

from ...const import GROUP_READONLY
from ...logic.enrollment import CANCELED
from .edu_enrollment_payment import AMOUNTS


class CrmLead(models.Model):
    """What became of a lead: its enrollments, and what they bring in from their
    invoices. The order and its first payment bring the lead to its end.
    """

    _inherit = "crm.lead"

    # Enrollments
    edu_enrollment_ids = fields.One2many(
        "edu.enrollment", "lead_id", string="Enrollments", groups=GROUP_READONLY
    )
    edu_enrollment_count = fields.Integer(
        string="Number of enrollments",
        compute="_compute_edu_enrollment_count",
        groups=GROUP_READONLY,
    )
    # Amounts
    edu_amount_invoiced = fields.Monetary(
        string="Invoiced",
        currency_field="company_currency",
        compute="_compute_edu_amounts",
        groups=GROUP_READONLY,
    )
    edu_amount_paid = fields.Monetary(
        string="Paid",
        currency_field="company_currency",
        compute="_compute_edu_amounts",
        groups=GROUP_READONLY,
    )
    edu_amount_due = fields.Monetary(
        string="Still to pay",
        currency_field="company_currency",
        compute="_compute_edu_amounts",
        groups=GROUP_READONLY,
    )
    edu_amount_overdue = fields.Monetary(
        string="Overdue",
        currency_field="company_currency",
        compute="_compute_edu_amounts",
        groups=GROUP_READONLY,
    )

    @api.depends("edu_enrollment_ids")
    def _compute_edu_enrollment_count(self):
        counts = self.env["edu.enrollment"]._count_by("lead_id", self)
        for lead in self:
            lead.edu_enrollment_count = counts.get(lead._origin, 0)

    @api.depends("edu_enrollment_ids", "company_currency")
    def _compute_edu_amounts(self):
        for lead in self:
            enrollments = lead.edu_enrollment_ids
            for name in AMOUNTS:
                lead[f"edu_{name}"] = sum(
                    enrollment.currency_id._convert(
                        enrollment[name],
                        lead.company_currency or enrollment.currency_id,
                        enrollment.company_id,
                        enrollment.date_start,
                    )
                    for enrollment in enrollments
                )

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

    def action_edu_open_receipts(self):
        """Open what is to be received from this opportunity."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_receipt_action",
            [("order_id", "in", self.edu_enrollment_ids.order_id.ids)],
            {},
        )

    def _has_clear_wish(self):
        """Who is enrolled wants to learn."""
        # sudo: the rule holds for a salesperson without education role too
        return super()._has_clear_wish() or any(
            enrollment.state != CANCELED
            for enrollment in self.sudo().edu_enrollment_ids
        )
