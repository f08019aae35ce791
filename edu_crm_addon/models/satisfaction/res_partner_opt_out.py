from odoo import fields, models

from ...const import GROUP_READONLY


class ResPartner(models.Model):
    """Who does not want to be asked is not asked; who is asked may be interviewed."""

    _inherit = "res.partner"

    edu_no_surveys = fields.Boolean(
        string="No surveys",
        groups=GROUP_READONLY,
        help="Is invited to no survey. The link in each invitation sets this, too.",
    )

    def action_edu_enter_answer(self):
        """Interview this contact: a learner under age is asked through who pays."""
        self.ensure_one()
        self.check_access("read")
        payer = self.edu_payer_id
        context = {"default_partner_id": (payer or self).id}
        if payer and payer != self:
            context["default_learner_id"] = self.id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "edu_crm_addon.edu_survey_interview_action"
        )
        action["context"] = context
        return action
