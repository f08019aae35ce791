from odoo import api, models
from odoo.exceptions import UserError

from ...logic import survey_plan as rule
from .edu_survey_campaign import CANCELED, DONE, DRAFT, RUNNING

# What the waves of a campaign have in common, so that they can be compared.
FIXED = frozenset(
    {
        "anonymous_by",
        "company_id",
        "event",
        "frequency",
        "interval_unit",
        "is_anonymous",
        "survey_id",
    }
)


class EduSurveyCampaign(models.Model):
    """draft -> running -> done, or canceled; ``write`` obeys, whoever asks.

    A campaign that has asked anybody never is a draft again.
    """

    _inherit = "edu.survey.campaign"

    @api.model_create_multi
    def create(self, vals_list):
        campaigns = super().create(vals_list)
        # Data of the addon and of demonstrations begins in any state.
        if not self.env.su and campaigns.filtered(lambda c: c.state != DRAFT):
            raise UserError(self.env._("A survey campaign begins as a draft."))
        return campaigns

    def write(self, vals):
        if "state" in vals:
            self._check_may_become(vals["state"])
        if not FIXED.isdisjoint(vals):
            self._check_still_draft(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_waves(self):
        for campaign in self:
            if campaign.wave_ids:
                raise UserError(
                    self.env._(
                        "%(campaign)s has waves. Cancel it instead of deleting it.",
                        campaign=campaign.name,
                    )
                )

    # ------------------------------------------------------------------ actions
    def action_start(self):
        """Ask from now on; an ad hoc campaign begins its wave at once."""
        self.check_access("write")
        self._check_questionnaires()
        started = self._update_state((DRAFT,), RUNNING)
        started._plan_first_run()
        for campaign in started._asking_now():
            campaign._begin_wave(campaign._due_period())
        self._trigger_job()
        return True

    def action_finish(self):
        """Begin no more waves; those that are open go on until their last day."""
        self.check_access("write")
        self._update_state((RUNNING,), DONE)
        return True

    def action_resume(self):
        self.check_access("write")
        self._check_questionnaires()
        self._update_state((DONE,), RUNNING)._plan_first_run()
        self._trigger_job()
        return True

    def action_cancel(self):
        """Stop at once: nobody else is invited, open waves are closed."""
        self.check_access("write")
        canceled = self._update_state((DRAFT, RUNNING), CANCELED)
        canceled.wave_ids._close()
        return True

    def action_draft(self):
        self.check_access("write")
        self._update_state((RUNNING, CANCELED), DRAFT)
        return True

    # ------------------------------------------------------------------ states
    def _update_state(self, allowed, target):
        """Set the state of those campaigns that are in ``allowed``; return them."""
        changing = self.filtered(lambda campaign: campaign.state in allowed)
        if changing:
            changing.write({"state": target})
        return changing

    def _check_may_become(self, target):
        states = dict(self._fields["state"]._description_selection(self.env))
        for campaign in self.filtered(lambda c: c.state != target):
            if not rule.may_become(campaign.state, target):
                raise UserError(
                    self.env._(
                        "The campaign %(campaign)s is %(state)s and cannot become "
                        "%(target)s.",
                        campaign=campaign.name,
                        state=states[campaign.state],
                        target=states.get(target, target),
                    )
                )
            # sudo: of whatever company or team the invited are
            if target == DRAFT and campaign.sudo().wave_ids.invitation_ids:
                raise UserError(
                    self.env._(
                        "%(campaign)s has asked people already. Copy it instead.",
                        campaign=campaign.name,
                    )
                )

    def _check_still_draft(self, vals):
        for campaign in self.filtered(lambda c: c.state != DRAFT):
            if campaign._is_changed_by(vals):
                raise UserError(
                    self.env._(
                        "The questionnaire, the frequency, the company and anonymity "
                        "of %(campaign)s are fixed: its waves are compared. Copy it "
                        "to ask something else.",
                        campaign=campaign.name,
                    )
                )

    def _is_changed_by(self, vals):
        self.ensure_one()
        for name in FIXED & vals.keys():
            present = self._fields[name].convert_to_write(self[name], self)
            if (present or False) != (vals[name] or False):
                return True
        return False

    def _check_questionnaires(self):
        """Refuse to ask nothing, or with what is put away."""
        # sudo: questionnaires are the host's, with rights of their own
        for campaign in self.filtered(lambda c: c.state != CANCELED):
            survey = campaign.sudo().survey_id
            if not survey.active or not survey.question_ids:
                raise UserError(
                    self.env._(
                        "The questionnaire “%(survey)s” of %(campaign)s is archived "
                        "or has no questions.",
                        survey=survey.display_name,
                        campaign=campaign.name,
                    )
                )
            today = campaign.company_id._edu_today()
            if campaign.date_to and campaign.date_to < today:
                raise UserError(
                    self.env._(
                        "The last day of %(campaign)s is over.", campaign=campaign.name
                    )
                )
