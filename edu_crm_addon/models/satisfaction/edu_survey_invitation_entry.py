from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import GROUP_AGENT
from .edu_survey_invitation import DONE, SKIPPED


class EduSurveyInvitation(models.Model):
    """What staff does with an invitation: pass the link on, or enter the answer."""

    _inherit = "edu.survey.invitation"

    # sudo: whoever may see the invitation may pass its link on. Not of an anonymous
    # wave: who has the link could read a half-filled sheet and know whose it is.
    link = fields.Char(
        string="Personal link",
        compute="_compute_link",
        compute_sudo=True,
        groups=GROUP_AGENT,
        help="Whoever opens it answers as this person.",
    )

    @api.depends("token", "state", "is_anonymous")
    def _compute_link(self):
        for invitation in self:
            has_link = (
                invitation.id
                and invitation.state not in (DONE, SKIPPED)
                and not invitation.is_anonymous
            )
            invitation.link = has_link and invitation._get_url()

    def action_enter_answer(self):
        """Ask by which method the person is interviewed, then show the questions."""
        self.ensure_one()
        if self.is_anonymous or self.state == DONE:
            raise UserError(self.env._("There is no answer to enter."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "edu_crm_addon.edu_survey_interview_action"
        )
        action["context"] = {"default_invitation_id": self.id}
        return action
