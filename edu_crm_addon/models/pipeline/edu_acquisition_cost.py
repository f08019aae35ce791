from odoo import api, fields, models


class EduAcquisitionCost(models.Model):
    """Money spent to win prospects: one payment for a source, maybe of one campaign.

    Typed in by managers. Reports divide it by the leads and enrollments of the source.
    """

    _name = "edu.acquisition.cost"
    _description = "Acquisition cost"
    _order = "date desc, id desc"
    _rec_name = "source_id"
    _check_company_auto = True

    date = fields.Date(
        required=True,
        index=True,
        default=lambda self: self.env.company._edu_today(),
    )
    source_id = fields.Many2one(
        "utm.source", required=True, index=True, ondelete="restrict"
    )
    campaign_id = fields.Many2one(
        "utm.campaign", index="btree_not_null", ondelete="restrict"
    )
    # In the currency of the company, as it was booked.
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        required=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    note = fields.Char()

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A cost is an amount above zero."
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for cost in self:
            cost.currency_id = cost.company_id.currency_id

    @api.depends("source_id", "date")
    def _compute_display_name(self):
        for cost in self:
            cost.display_name = f"{cost.source_id.display_name}, {cost.date}"
