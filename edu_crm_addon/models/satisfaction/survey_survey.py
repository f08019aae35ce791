from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import GROUP_READONLY, MODULE

HOST_ROLE = "survey.group_survey_user"


class SurveySurvey(models.Model):
    """Questionnaires of satisfaction are surveys of the host.

    The host's buttons lead to campaigns and waves: they know whom to ask, and whom
    not again so soon. Who has no education role, or other surveys, finds the buttons
    as they were.
    """

    _name = "survey.survey"
    _inherit = ["survey.survey", "edu.role.mixin"]

    edu_is_satisfaction = fields.Boolean(
        string="Satisfaction questionnaire",
        groups=GROUP_READONLY,
        help="Offered to survey campaigns of Education CRM.",
    )

    def _compute_survey_statistic(self):
        # Who may read questionnaires but no answers sees the screens of the host, too.
        if self.env["survey.user_input"].has_access("read"):
            return super()._compute_survey_statistic()
        self.answer_count = self.answer_done_count = self.success_count = 0
        self.answer_score_avg = self.success_ratio = 0
        return None

    def write(self, vals):
        if not vals.get("edu_is_satisfaction", True):
            self._edu_check_released()
        if not vals.get("active", True):
            self._edu_check_not_asked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_edu_answered(self):
        if answered := self._edu_answered():
            raise UserError(
                self.env._(
                    "“%(questionnaire)s” has answers and cannot be deleted. Archive "
                    "it instead.",
                    questionnaire=answered[0].title,
                )
            )

    def action_send_survey(self):
        if not self._edu_has_campaigns("create"):
            return super().action_send_survey()
        self.check_validity()
        return {
            **self._edu_action("edu_survey_campaign_action"),
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_survey_id": self.id},
        }

    def action_result_survey(self):
        by_host = self.env.user.has_group(HOST_ROLE)
        if by_host or not self._edu_has_campaigns("read"):
            return super().action_result_survey()
        return {
            **self._edu_action("edu_survey_wave_action"),
            "domain": [("survey_id", "=", self.id)],
        }

    def _edu_has_campaigns(self, operation):
        self.ensure_one()
        return (
            self.env["edu.survey.campaign"].has_access(operation)
            and self.edu_is_satisfaction
        )

    def _edu_action(self, name):
        return self.env["ir.actions.act_window"]._for_xml_id(f"{MODULE}.{name}")

    def _edu_answered(self):
        """Return the satisfaction questionnaires that somebody began to answer."""
        # sudo: answers that the user may not read count as well
        sheets = self.env["survey.user_input"].sudo()
        groups = sheets._read_group(
            [
                ("survey_id", "in", self.ids),
                ("survey_id.edu_is_satisfaction", "=", True),
                ("test_entry", "=", False),
                ("state", "!=", "new"),
            ],
            ["survey_id"],
        )
        return self.browse(survey.id for (survey,) in groups)

    def _edu_check_released(self):
        """Once asked, always a questionnaire: its answers are guarded by that."""
        # sudo: so do campaigns of other companies
        used = self.env["edu.survey.campaign"].sudo()
        used = used.search([("survey_id", "in", self.ids)], limit=1)
        if used or self._edu_answered():
            raise UserError(
                self.env._(
                    "A questionnaire with answers or campaigns stays a satisfaction "
                    "questionnaire."
                )
            )

    def _edu_check_not_asked(self):
        """A wave that is open needs its questionnaire: the links lead to it."""
        # sudo: so do waves of other companies
        campaigns = self.env["edu.survey.campaign"].sudo()
        asking = campaigns.search(
            [
                "|",
                "&",
                ("survey_id", "in", self.ids),
                ("state", "=", "running"),
                "&",
                ("wave_ids.survey_id", "in", self.ids),
                ("wave_ids.state", "=", "open"),
            ],
            limit=1,
        )
        if asking:
            raise UserError(
                self.env._(
                    "Customers are being asked with this questionnaire. Finish the "
                    "campaign first, or let it ask with another questionnaire."
                )
            )

    def _edu_begin(self, partner, vals):
        """Return a new answer of ``partner``, as superuser."""
        return self._edu_quietly()._create_answer(
            partner=partner, check_attempts=False, **vals
        )

    def _edu_begin_unnamed(self, vals):
        """Return a new answer of nobody, as superuser: not even its author is known."""
        nobody = self.with_user(self.env.ref("base.public_user"))
        return nobody._edu_quietly()._create_answer(check_attempts=False, **vals)

    def _edu_quietly(self):
        # sudo: customers have no rights on questionnaires, and agents none on answers
        return self.sudo().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
