from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY


class ResPartner(models.Model):
    """What a contact complained of, for oneself or for a child."""

    _inherit = "res.partner"

    edu_complaint_count = fields.Integer(
        string="Complaints",
        compute="_compute_edu_complaint_count",
        groups=GROUP_READONLY,
        help="As complainant or as learner, as far as you may see them.",
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

    def action_edu_open_complaints(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_complaint_action",
            self._edu_complaint_domain(),
            {"default_partner_id": self.id},
        )
