from odoo import models

from ...const import GROUP_AGENT


class SurveyUserInput(models.Model):
    """Tells the invitation how far its answer is."""

    _inherit = "survey.user_input"

    # Two tabs, or two workers, make one answer.
    _edu_invitation_once = models.UniqueIndex(
        "(edu_invitation_id) WHERE edu_invitation_id IS NOT NULL",
        "This invitation has its answer already.",
    )

    def write(self, vals):
        result = super().write(vals)
        # The host notes the page after each that was sent, the last one too.
        if vals.get("last_displayed_page_id"):
            self.filtered(
                lambda answer: answer.state == "in_progress"
            ).sudo().edu_invitation_id._set_partial()
        return result

    def _mark_done(self):
        # Before the host: of an anonymous answer nothing leads to the invitation later.
        self.sudo().edu_invitation_id._set_done()
        return super()._mark_done()

    def _set_interviewer(self, method, interviewer):
        """Note who types in the answer from now on, or that the customer does."""
        self.write(
            {
                "edu_method": method,
                "edu_interviewer_id": interviewer.id if interviewer else False,
            }
        )

    def _edu_may_fill_in(self):
        """Tell whether the user, who is not the contact of the answer, may fill it in.

        An interviewer may, who has begun it; an anonymous answer has no contact.
        """
        self.ensure_one()
        answer = self.sudo()
        if answer.edu_is_anonymous:
            asked = answer.edu_invitation_id.partner_id
            return not asked or asked == self.env.user.partner_id
        return answer.edu_interviewer_id == self.env.user and self.env.user.has_group(
            GROUP_AGENT
        )
