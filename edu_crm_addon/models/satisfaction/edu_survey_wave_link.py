import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import GROUP_AGENT
from .edu_survey_invitation import SKIPPED
from .qr_code import qr_svg


class EduSurveyWave(models.Model):
    """One link for a whole class, to be printed as a QR code.

    In an anonymous wave whoever has it answers, and counts as nobody's invitation. In
    any other it leads those who log in to their own invitation.
    """

    _inherit = "edu.survey.wave"

    token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    # sudo: the link is meant to hang on the wall of a classroom
    link = fields.Char(
        string="Link for a class",
        compute="_compute_link",
        compute_sudo=True,
        groups=GROUP_AGENT,
        help="For all of a class. Whoever opens it answers without a name, or logs in.",
    )

    _token_unique = models.UniqueIndex(
        "(token) WHERE token IS NOT NULL", "A link leads to one wave."
    )

    @api.depends("token")
    def _compute_link(self):
        for wave in self:
            base = wave.company_id.get_base_url()
            wave.link = wave.token and f"{base}/survey/wave/{wave.token}"

    def action_make_link(self):
        """Make the link, which works while the wave is open."""
        self.check_access("write")
        for wave in self:
            # sudo: nobody reads or writes the bare token
            if not wave.sudo().token:
                wave.sudo().token = secrets.token_urlsafe(18)
        return True

    def action_drop_link(self):
        """Let the link lead nowhere from now on."""
        self.check_access("write")
        # sudo: nobody reads or writes the bare token
        self.sudo().token = False
        return True

    def action_print_link(self):
        """Print the link as a QR code, one page for each wave."""
        self.action_make_link()
        return self.env.ref("edu_crm_addon.edu_survey_wave_report").report_action(self)

    def _link_svg(self):
        """Return the link as the picture of a QR code."""
        return qr_svg(self.link)

    def _find_by_token(self, token):
        """Return the wave of a link, as superuser."""
        # sudo: the link is the right; nobody is logged in
        return self.sudo().search([("token", "=", token)], limit=1) if token else self

    def _find_invitations(self, partner):
        """Return, as superuser, what ``partner`` is asked in this wave."""
        # sudo: customers have no rights on invitations
        found = self.env["edu.survey.invitation"].sudo()
        return found.search(
            [("wave_id", "=", self.id), ("partner_id", "=", partner.id)]
        ).filtered(lambda i: i.state != SKIPPED or i._answer_status() == "ready")

    def _begin_unnamed_answer(self):
        """Return a new answer of an anonymous wave, as superuser, of nobody known."""
        self.ensure_one()
        if not self.is_anonymous or not self._takes_answers():
            raise UserError(self.env._("This survey takes no answer without a name."))
        return self.survey_id._edu_begin_unnamed(
            {
                "edu_wave_id": self.id,
                "edu_is_anonymous": True,
                "edu_method": self.method,
            }
        )
