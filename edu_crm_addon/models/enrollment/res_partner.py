from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY
from ...logic.enrollment import CANCELED


class ResPartner(models.Model):
    """What a person learns, and what it pays for others; the contracts it signed, or
    that others signed for it.

    A learner whose guardian buys is a buyer too: the orders count for both.
    """

    _inherit = "res.partner"

    edu_enrollment_ids = fields.One2many(
        "edu.enrollment", "learner_id", string="Enrollments", groups=GROUP_READONLY
    )
    edu_paid_for_ids = fields.Many2many(
        "edu.enrollment",
        string="Enrollments paid for others",
        compute="_compute_edu_paid_for_ids",
        groups=GROUP_READONLY,
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
    edu_contract_count = fields.Integer(
        string="Number of contracts",
        compute="_compute_edu_contract_count",
        groups=GROUP_READONLY,
    )

    @api.depends("edu_enrollment_ids")
    def _compute_edu_enrollment_counts(self):
        enrollments = self.env["edu.enrollment"]
        own = enrollments._count_by("learner_id", self)
        paid = enrollments._count_by("payer_id", self)
        for partner in self:
            partner.edu_enrollment_count = own.get(partner._origin, 0)
            partner.edu_paid_enrollment_count = paid.get(partner._origin, 0)

    @api.depends("edu_enrollment_ids")
    def _compute_edu_paid_for_ids(self):
        enrollments = self.env["edu.enrollment"].search(
            [("payer_id", "in", self._origin.ids)]
        )
        paid = enrollments.filtered(lambda e: e.learner_id != e.payer_id)
        by_payer = paid.grouped("payer_id")
        for partner in self:
            partner.edu_paid_for_ids = by_payer.get(partner._origin, False)

    def _compute_edu_contract_count(self):
        contracts = self.env["edu.contract"].search(self._edu_contract_domain())
        for partner in self:
            known = partner._origin
            partner.edu_contract_count = len(
                contracts.filtered(
                    lambda c, known=known: known in c.partner_id | c.learner_ids
                )
            )

    def _edu_contract_domain(self):
        people = self._origin.ids
        return Domain("partner_id", "in", people) | Domain("learner_ids", "in", people)

    def action_edu_open_enrollments(self):
        return self._edu_enrollments_action("learner_id")

    def action_edu_open_paid_enrollments(self):
        return self._edu_enrollments_action("payer_id")

    def _edu_enrollments_action(self, name):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_enrollment_action", [(name, "=", self.id)]
        )

    def action_edu_open_contracts(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_contract_action", list(self._edu_contract_domain()), {}
        )

    def _count_by_customer(self, model, family, domain, *columns):
        rows = super()._count_by_customer(model, family, domain, *columns)
        if model == "sale.order" and columns:
            self._add_orders_of_guardians(rows)
        return rows

    def _add_orders_of_guardians(self, rows):
        """Count the enrollments that others paid as orders of the learner."""
        for learner, payer, company, begun_on, count in self.env[
            "edu.enrollment"
        ]._read_group(
            [("learner_id", "in", self._origin.ids), ("state", "!=", CANCELED)],
            ["learner_id", "payer_id", "company_id"],
            ["date_start:max", "order_id:count_distinct"],
        ):
            if payer != learner and count:
                begun_at = datetime.combine(begun_on, datetime.min.time())
                rows.setdefault(learner.id, []).append((company, begun_at, count))

    @api.model
    def _buyers_by_last_order(self, company, relationships, operator, moment):
        buyers = super()._buyers_by_last_order(company, relationships, operator, moment)
        groups = self.env["edu.enrollment"]._read_group(
            [
                ("state", "!=", CANCELED),
                ("company_id", "=", company.id),
                ("learner_id.edu_relationship", "in", relationships),
            ],
            ["learner_id"],
            having=[("date_start:max", operator, moment.date())],
        )
        return buyers.union(*(learner for (learner,) in groups))

    def _edu_looked_after_by(self, user):
        """Also who advises an enrollment of the learner, or may take one over."""
        enrollments = self.env["edu.enrollment"].search(
            [("learner_id", "in", self.ids), ("user_id", "in", [user.id, False])]
        )
        return super()._edu_looked_after_by(user) | enrollments.learner_id

    def _edu_with_pages(self):
        rows = self.env["edu.enrollment"]._count_by("learner_id", self)
        return super()._edu_with_pages().union(*rows)
