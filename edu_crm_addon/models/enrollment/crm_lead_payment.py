from odoo import api, fields, models

from ...const import GROUP_READONLY
from .edu_enrollment_payment import AMOUNTS


class CrmLead(models.Model):
    """What the enrollments of a lead bring in, from their invoices."""

    _inherit = "crm.lead"

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

    def action_edu_open_receipts(self):
        """Open what is to be received from this opportunity."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_receipt_action",
            [("order_id", "in", self.edu_enrollment_ids.order_id.ids)],
            {},
        )
