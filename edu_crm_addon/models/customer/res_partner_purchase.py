from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY

PAID = ("paid", "in_payment")


class ResPartner(models.Model):
    """What a customer bought, by invoices that are fully paid, in the current company.

    An invoice annulled by a credit note was never a purchase; money given back for a
    purchase that stands is shown beside it, as refunds. Each figure counts exactly the
    records its button opens, so it follows what the user may read.
    """

    _inherit = "res.partner"

    edu_purchase_count = fields.Integer(
        string="Purchases", compute="_compute_edu_purchases", groups=GROUP_READONLY
    )
    edu_purchase_amount = fields.Monetary(
        string="Purchased",
        compute="_compute_edu_purchases",
        currency_field="edu_company_currency_id",
        groups=GROUP_READONLY,
    )
    edu_refund_amount = fields.Monetary(
        string="Refunded",
        compute="_compute_edu_purchases",
        currency_field="edu_company_currency_id",
        groups=GROUP_READONLY,
    )
    edu_first_purchase_on = fields.Date(
        string="First purchase on",
        compute="_compute_edu_purchases",
        groups=GROUP_READONLY,
    )
    edu_last_purchase_on = fields.Date(
        string="Last purchase on",
        compute="_compute_edu_purchases",
        groups=GROUP_READONLY,
    )
    edu_company_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the figures",
        compute="_compute_edu_company_currency_id",
        groups=GROUP_READONLY,
    )

    @api.depends_context("company")
    def _compute_edu_company_currency_id(self):
        self.edu_company_currency_id = self.env.company.currency_id

    @api.depends_context("company", "uid")
    def _compute_edu_purchases(self):
        figures = self._purchase_figures()
        for partner in self:
            invoices, refunds = figures.get(partner._origin.id, ((), ()))
            partner.edu_purchase_count = sum(row[0] for row in invoices)
            partner.edu_purchase_amount = sum(row[1] for row in invoices)
            partner.edu_refund_amount = -sum(row[1] for row in refunds)
            partner.edu_first_purchase_on = min((r[2] for r in invoices), default=False)
            partner.edu_last_purchase_on = max((r[3] for r in invoices), default=False)

    def _purchase_figures(self):
        """Return ``{partner id: (invoice rows, refund rows)}`` of the customers.

        A row is (count, signed amount, first date, last date) of one contact; an
        organization has those of its contacts too.
        """
        if not self._origin or not self.env["account.move"].has_access("read"):
            return {}
        organizations = self.sudo()._organization_by_contact()
        rows = self.env["account.move"]._read_group(
            self._purchase_domain("out_invoice", "out_refund"),
            ["partner_id", "move_type"],
            [
                "__count",
                "amount_total_signed:sum",
                "invoice_date:min",
                "invoice_date:max",
            ],
        )
        figures = {}
        for buyer, move_type, *row in rows:
            for partner_id in {buyer.id, organizations.get(buyer.id)} - {None}:
                sides = figures.setdefault(partner_id, ([], []))
                sides[move_type == "out_refund"].append(row)
        return figures

    def _purchase_domain(self, *move_types):
        """Return the domain of the documents behind the purchase figures."""
        # sudo: an organization's contacts, archived ones too, bought for it
        contacts = self.sudo()._organization_by_contact()
        return (
            Domain("partner_id", "in", [*self._origin.ids, *contacts])
            & Domain("company_id", "=", self.env.company.id)
            & Domain("move_type", "in", move_types)
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", PAID)
            # The credit note of an annulled invoice is as little a refund as that
            # invoice was a purchase.
            & (
                Domain("reversed_entry_id", "=", False)
                | Domain("reversed_entry_id.payment_state", "!=", "reversed")
            )
        )

    def action_edu_view_purchases(self):
        return self._purchase_action(self.env._("Purchases"), "out_invoice")

    def action_edu_view_refunds(self):
        return self._purchase_action(self.env._("Refunds"), "out_refund")

    def _purchase_action(self, name, move_type):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": list(self._purchase_domain(move_type)),
            "context": {"create": False, "default_move_type": move_type},
        }
