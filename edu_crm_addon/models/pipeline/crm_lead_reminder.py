from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY
from ...logic import follow_up as rule
from .crm_lead_next_step import LATE_REMINDER, LIMIT_REMINDER

# The host subscribes each owner in turn: a batch had better be of few of them.
BY_OWNER = "user_id, team_id, id"


class CrmLead(models.Model):
    """Reminders to the owner of a lead, each exactly once.

    One when the follow-up is late, once per episode: the episode ends when somebody
    gets in contact or plans something. One when the lead stays in its stage for longer
    than the stage allows, once per stay. Where there is no owner the team leader is
    told; where there is neither, nobody is, until there is somebody.
    """

    _inherit = "crm.lead"

    edu_reminded_at = fields.Datetime(
        string="Reminded of follow-up",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=GROUP_READONLY,
    )
    edu_limit_reminded_at = fields.Datetime(
        string="Reminded of stage limit",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
    )

    def write(self, vals):
        if "stage_id" in vals:
            # sudo: who moves the lead need not see when its owner was reminded
            reminded = self.sudo().filtered("edu_limit_reminded_at")
            reminded._end_reminders(LIMIT_REMINDER, "edu_limit_reminded_at")
        return super().write(vals)

    # ------------------------------------------------------------------ cron
    @api.model
    def _cron_edu_follow_up(self):
        """Daily: remind of late follow-ups and of time limits. Safe to repeat."""
        run = self.env["edu.job.failure"]._run_job
        for job, records, step in (
            ("lead_follow_up", self._leads_to_remind, type(self)._remind_of_follow_up),
            ("lead_stage_limit", self._leads_over_limit, type(self)._remind_of_limit),
        ):
            if not run(job, records(), step):
                break

    @api.model
    def _leads_to_remind(self):
        """Return the leads that are late, or in an episode that may be over."""
        reminded = Domain("edu_reminded_at", "!=", False)
        leads = self.with_context(active_test=False)
        found = leads.search(self._late_domain() | reminded, order=BY_OWNER)
        return found.with_env(self.env)

    def _remind_of_follow_up(self):
        facts = self._follow_up_facts()
        days = {
            company: (company or self.env.company)._edu_today()
            for company in {lead.company_id for lead in self}
        }
        todo = self.grouped(
            lambda lead: rule.reminder(facts[lead], days[lead.company_id])
        )
        settled = todo.get(rule.SETTLE, self.browse())
        settled._end_reminders(LATE_REMINDER, "edu_reminded_at")
        late = todo.get(rule.REMIND, self.browse()).filtered(
            lambda lead: lead._responsible()
        )
        late._end(LATE_REMINDER)
        late._remind(LATE_REMINDER, "edu_reminded_at")

    @api.model
    def _leads_over_limit(self):
        """Return the leads longer in their stage than it allows, not yet told of."""
        return self.search(
            Domain("edu_limit_reminded_at", "=", False)
            & Domain("is_rotting", "=", True)
            & self._followed_up_domain(),
            order=BY_OWNER,
        ).filtered(lambda lead: lead._responsible())

    def _remind_of_limit(self):
        self._remind(LIMIT_REMINDER, "edu_limit_reminded_at")

    # ------------------------------------------------------------------ reminders
    def _remind(self, type_xmlid, stamp):
        """Schedule a reminder for today on each lead, and stamp it."""
        by_user = self.grouped(lambda lead: (lead._responsible(), lead.company_id))
        for (user, company), leads in by_user.items():
            today = (company or self.env.company)._edu_today()
            leads._schedule(user, type_xmlid, date_deadline=today)
        if self:
            self[stamp] = fields.Datetime.now()

    def _end_reminders(self, type_xmlid, stamp):
        """Forget an episode: the reminder is obsolete, the next one is told again."""
        if self:
            self._end(type_xmlid)
            self[stamp] = False

    def _end(self, type_xmlid):
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(type_xmlid)
        self._open_reminders(type_id).unlink()
