from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY


class ResPartner(models.Model):
    """The surveys a contact was asked to answer, for oneself or about a learner."""

    _inherit = "res.partner"

    edu_invitation_count = fields.Integer(
        string="Survey invitations",
        compute="_compute_edu_invitation_count",
        groups=GROUP_READONLY,
        help="As the one who answers or as learner, as far as you may see them.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_invitation_count(self):
        counts = dict.fromkeys(self._origin, 0)
        rows = self.env["edu.survey.invitation"]._read_group(
            self._edu_invitation_domain(), ["partner_id", "learner_id"], ["__count"]
        )
        for asked, learner, count in rows:
            for partner in asked | learner:
                if partner in counts:
                    counts[partner] += count
        for partner in self:
            partner.edu_invitation_count = counts.get(partner._origin, 0)

    def _edu_invitation_domain(self):
        ids = self._origin.ids
        about = Domain("partner_id", "in", ids) | Domain("learner_id", "in", ids)
        return about & Domain("state", "!=", "skipped")

    def action_edu_open_invitations(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_survey_invitation_action", self._edu_invitation_domain()
        )
