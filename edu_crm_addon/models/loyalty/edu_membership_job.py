from datetime import timedelta

from odoo import api, models

from .edu_membership import OPEN, PLANNED, RUNNING

REMINDER = "edu_crm_addon.mail_template_edu_membership_reminder"
LAYOUT = "mail.mail_notification_light"


class EduMembership(models.Model):
    """What happens to terms by itself: they begin, are reminded of, and end."""

    _inherit = "edu.membership"

    @api.model
    def _run_memberships(self):
        """Run the three steps; return whether all is done."""
        run = self.env["edu.job.failure"]._run_job
        model = type(self)
        return all(
            run(job, self._due(state, name, ahead), step)
            for job, state, name, ahead, step in (
                ("membership_begin", PLANNED, "date_from", None, model._begin_due),
                (
                    "membership_remind",
                    RUNNING,
                    "date_to",
                    "edu_membership_notice_days",
                    model._remind,
                ),
                ("membership_end", RUNNING, "date_to", None, model._end_due),
            )
        )

    @api.model
    def _due(self, state, name, ahead):
        """Return terms in ``state`` whose date has come, or is near, by company."""
        due = self.browse()
        companies = self._read_group([("state", "=", state)], ["company_id"])
        for (company,) in companies:
            day = company._edu_today()
            domain = [("state", "=", state), ("company_id", "=", company.id)]
            if ahead:
                day += timedelta(days=company[ahead])
                domain += [("reminded_on", "=", False)]
            due |= self.search([*domain, (name, "<=", day)], order="id")
        return due

    def _remind(self):
        """Remind members of the last day, once, unless the next term is there."""
        due = self.filtered(
            lambda term: (
                not term.reminded_on
                and term.company_id.edu_membership_notice_days
                and term.date_to >= term.company_id._edu_today()
                and not term._following(*OPEN)
            )
        )
        for company, terms in due.grouped("company_id").items():
            terms.reminded_on = company._edu_today()
        mailed = due.partner_id._edu_with_mail()
        members = due.filtered(lambda term: term.partner_id in mailed)
        if members:
            template = self.env.ref(REMINDER)
            template.send_mail_batch(members.ids, email_layout_xmlid=LAYOUT)
