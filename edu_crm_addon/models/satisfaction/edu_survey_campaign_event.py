from datetime import timedelta

from odoo import api, models
from odoo.fields import Date, Domain
from odoo.tools import SQL

from ...logic import survey_plan as rule
from ...logic.enrollment import SEATED

JOB = "survey_event"
# The record that is the event, and the field that says when it was.
MODELS = {
    "complaint_closed": ("edu.complaint", "closed_at"),
    "order_confirmed": ("sale.order", "date_order"),
    "enrollment_started": ("edu.enrollment", "date_start"),
    "enrollment_ending": ("edu.enrollment", "date_end"),
    "trial_attended": ("edu.trial.lesson", "start_at"),
}
BEFORE = ("enrollment_ending",)


class EduSurveyCampaign(models.Model):
    """A targeted campaign asks about events: each once, in the wave of the month.

    Nothing waits in the operations of the host: the job looks for what has happened
    since the first day of the campaign and was not asked about.
    """

    _inherit = "edu.survey.campaign"

    # ------------------------------------------------------------------ facts
    def _new_events(self):
        """Return the records of events to ask about today."""
        self.ensure_one()
        model, _date = MODELS[self.event]
        records = self.env[model]
        window = rule.event_window(
            self.company_id._edu_today(),
            self.date_from,
            self.event_days,
            before=self.event in BEFORE,
        )
        if not window:
            return records
        query = records._search(self._event_domain(*window))
        query.add_where(
            SQL(
                """
                NOT EXISTS (
                    SELECT FROM edu_survey_invitation i
                     WHERE i.campaign_id = %s AND i.event_key = %s || %s
                )
                """,
                self.id,
                f"{model},",
                SQL.identifier(query.table, "id"),
            )
        )
        return records.browse(query)

    def _event_domain(self, first, last):
        """Return the domain of the event's records from ``first`` to ``last`` day."""
        model, date = MODELS[self.event]
        if self.env[model]._fields[date].type == "datetime":
            midnight = self.company_id._edu_midnight
            period = Domain(date, ">=", midnight(first)) & Domain(
                date, "<", midnight(last + timedelta(days=1))
            )
        else:
            period = Domain(date, ">=", first) & Domain(date, "<=", last)
        states = {
            "complaint_closed": ["closed"],
            "order_confirmed": ["sale"],
            "enrollment_started": [*SEATED, "ended"],
            "enrollment_ending": list(SEATED),
            "trial_attended": ["attended"],
        }[self.event]
        return (
            period
            & Domain("company_id", "=", self.company_id.id)
            & Domain("state", "in", states)
        )

    def _event_row(self, record):
        """Return the values of whom to ask about ``record``; empty if it is nobody."""
        by_guardian = self.asked == "payer"
        enrollment = self.env["edu.enrollment"]
        learner = self.env["res.partner"]
        if self.event == "complaint_closed":
            person, learner = record.partner_id, record.learner_id
            enrollment = record.enrollment_id
        elif self.event == "order_confirmed":
            person, enrollments = record.partner_id, record.edu_enrollment_ids
            if len(enrollments.learner_id) == 1:
                learner, enrollment = enrollments.learner_id, enrollments[0]
        elif self.event == "trial_attended":
            learner = record.learner_id
            person = (by_guardian and record.contact_id) or learner or record.contact_id
        else:
            learner, enrollment = record.learner_id, record
            person = record.payer_id if by_guardian else learner
        if not person:
            return {}
        user = enrollment.user_id or record.user_id or person.user_id
        return {
            "partner_id": person.id,
            "learner_id": learner.id,
            "enrollment_id": enrollment.id,
            "user_id": user.id,
            "event_key": f"{record._name},{record.id}",
        }

    def _event_audience(self, rows):
        """Return those of ``rows`` whose learner, or who is asked, was picked.

        What happened makes somebody one to ask, also who is no customer yet.
        """
        everybody = [row["learner_id"] or row["partner_id"] for row in rows]
        domain = self._picked_domain() & Domain("id", "in", everybody)
        inside = set(self.env["res.partner"].search(domain).ids)
        return [row for row, who in zip(rows, everybody, strict=True) if who in inside]

    # ------------------------------------------------------------------ apply
    def _invite_events(self, records):
        """Ask about ``records``, in the wave of this month; safe to repeat."""
        self.ensure_one()
        rows = [row for record in records if (row := self._event_row(record))]
        rows = self._event_audience(rows)
        if rows and (wave := self._month_wave()):
            wave._invite_people(rows)

    def _month_wave(self):
        """Return the wave of the month; nothing if it is just being made elsewhere."""
        today = self.company_id._edu_today()
        period = f"{today:%Y-%m}"
        waves = self.env["edu.survey.wave"]
        wave = waves.search([("campaign_id", "=", self.id), ("period", "=", period)])
        if wave:
            return wave.filtered(lambda w: w.state == rule.OPEN)
        last = Date.add(rule.month_end(today), days=self.answer_days)
        return self._create_wave_once(period, state=rule.OPEN, date_end=last)

    @api.model
    def _ask_about_events(self):
        """Ask about what has happened; tell whether all is done."""
        found = self._find_events()
        is_done = True
        for model in dict.fromkeys(records._name for records in found.values()):
            events = {c: rows for c, rows in found.items() if rows._name == model}
            is_done = is_done and self._run_events(model, events)
        return is_done

    @api.model
    def _find_events(self):
        """Return ``{targeted campaign: records of its new events}``."""
        found = {}

        def gather(campaigns):
            found.update({campaign: campaign._new_events() for campaign in campaigns})

        targeted = self._running(("frequency", "=", "targeted"))
        self.env["edu.job.failure"]._run_job(JOB, targeted, gather)
        return found

    @api.model
    def _run_events(self, model, found):
        def ask(batch):
            for campaign, events in found.items():
                campaign._invite_events(events & batch)

        records = self.env[model].union(*found.values()).sorted("id")
        return self.env["edu.job.failure"]._run_job(JOB, records, ask)
