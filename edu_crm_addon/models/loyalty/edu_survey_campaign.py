from odoo import api, fields, models
from odoo.fields import Domain


class EduSurveyCampaign(models.Model):
    """Campaigns whose audience are members, or those of some levels."""

    _inherit = "edu.survey.campaign"

    members_only = fields.Boolean(
        string="Members only",
        help="Customers who are members or, in a family wallet, whose guardian is one.",
    )
    level_ids = fields.Many2many("res.partner.grade", string="Levels")

    @api.depends("members_only", "level_ids")
    def _compute_audience_count(self):
        return super()._compute_audience_count()

    def _picked_domain(self):
        domain = super()._picked_domain()
        if not self.members_only:
            return domain
        card = Domain("edu_is_member", "=", True)
        card &= Domain("company_id", "=", self.company_id.id)
        member = Domain("edu_card_ids", "any", card)
        if self.level_ids:
            member &= Domain("grade_id", "in", self.level_ids.ids)
        if self.company_id.edu_family_wallet:
            guardian = Domain("guardian_id", "any", member)
            member |= Domain("edu_guardian_link_ids", "any", guardian)
        return domain & member
