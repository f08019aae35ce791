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
        person = self._edu_interviewed()
        context = {"default_partner_id": person.id}
        if person != self:
            context["default_learner_id"] = self.id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "edu_crm_addon.edu_survey_interview_action"
        )
        action["context"] = context
        return action

    def _edu_interviewed(self):
        """Return who speaks for this contact: who pays, or a guardian, or itself."""
        payer = self.edu_payer_id or self
        company = self.company_id or self.env.company
        if payer == self and self._edu_needs_guardian(company._edu_today()):
            return self.edu_guardian_link_ids.guardian_id[:1] or self
        return payer
