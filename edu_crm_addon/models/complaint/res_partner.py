from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import GROUP_READONLY
from ...logic import complaint as rule

# Whose complaint it is: each of these contacts complained, for what staff should know.
WHO = ("partner_id", "learner_id", "payer_id")


class ResPartner(models.Model):
    """What a contact complained of, for oneself or for a child.

    Whoever complained recently is served with special care.
    """

    _inherit = "res.partner"

    edu_complaint_count = fields.Integer(
        string="Complaints",
        compute="_compute_edu_complaint_count",
        groups=GROUP_READONLY,
        help="As complainant or as learner, as far as you may see them.",
    )
    edu_recent_complaint = fields.Boolean(
        string="Recently complained",
        compute="_compute_edu_recent_complaint",
        search="_search_edu_recent_complaint",
        groups=GROUP_READONLY,
        help="A complaint of this customer came within the days that the company set.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_complaint_count(self):
        counts = dict.fromkeys(self._origin, 0)
        rows = self.env["edu.complaint"]._read_group(
            self._edu_complaint_domain(), ["partner_id", "learner_id"], ["__count"]
        )
        for complainant, learner, count in rows:
            for partner in complainant | learner:
                if partner in counts:
                    counts[partner] += count
        for partner in self:
            partner.edu_complaint_count = counts.get(partner._origin, 0)

    def _edu_complaint_domain(self):
        ids = self._origin.ids
        return Domain("partner_id", "in", ids) | Domain("learner_id", "in", ids)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_recent_complaint(self):
        domain = self._edu_recent_complaints() & Domain.OR(
            Domain(name, "in", self._origin.ids) for name in WHO
        )
        # Not as sudo: nobody learns here of a complaint that one may not see.
        complaints = self.env["edu.complaint"].search_fetch(domain, WHO)
        known = {complaint[name].id for name in WHO for complaint in complaints}
        for partner in self:
            partner.edu_recent_complaint = partner._origin.id in known

    def _search_edu_recent_complaint(self, operator, value):
        if operator != "in":
            return NotImplemented
        complaints = self.env["edu.complaint"]._search(self._edu_recent_complaints())
        return Domain.OR(
            Domain(
                "id", "in", complaints.subselect(SQL.identifier(complaints.table, name))
            )
            for name in WHO
        )

    @api.model
    def _edu_recent_complaints(self):
        """Return the domain of recent complaints, by the rule of each company."""
        now = fields.Datetime.now()
        recent = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "received_at", ">=", now - timedelta(company.edu_recent_complaint_days)
            )
            # sudo: the number of days is no secret
            for company in self.env.companies.sudo()
            if company.edu_recent_complaint_days
        )
        return recent & Domain("state", "not in", (rule.WITHDRAWN, rule.MERGED))

    def action_edu_open_complaints(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_complaint_action",
            self._edu_complaint_domain(),
            {"default_partner_id": self.id},
        )
