from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from ...logic import survey_plan as rule
from .claim import claim
from .edu_survey_invitation import SENT, SKIPPED, WAITING
from .edu_survey_wave_fill import MAILED

INVITE = "edu_crm_addon.mail_template_edu_survey_invitation"
REMIND = "edu_crm_addon.mail_template_edu_survey_invitation_reminder"
LAYOUT = "mail.mail_notification_light"
UNANSWERED = ("sent", "opened", "partial")


class EduSurveyInvitation(models.Model):
    """Invitations and reminders go out in batches, each once.

    What is written and the mail are of one transaction: a job that is killed has sent
    both or none, and goes on with the rest.
    """

    _inherit = "edu.survey.invitation"

    # ------------------------------------------------------------------ facts
    @api.model
    def _person_facts(self, people, company, event_keys=()):
        """Return ``{(person id, event key or None): rule.Person}``."""
        last = self._last_asked(people, company)
        asked = self._asked_about(people, event_keys)
        blacklisted = self._blacklisted(people)
        result = {}
        for person in people:
            mail = email_normalize(person.email)
            for key in (None, *event_keys):
                result[person.id, key] = rule.Person(
                    is_archived=not person.active,
                    has_opted_out=person.edu_no_surveys,
                    is_blacklisted=mail in blacklisted,
                    has_mail=bool(mail),
                    is_event_asked=(person.id, key) in asked,
                    last_asked=last.get(person.id),
                )
        return result

    @api.model
    def _blacklisted(self, people):
        mails = {email_normalize(person.email) for person in people} - {False, None}
        # sudo: nobody else may read the list, and nothing but the mails is taken
        found = self.env["mail.blacklist"].sudo().search([("email", "in", list(mails))])
        return set(found.mapped("email"))

    @api.model
    def _last_asked(self, people, company):
        """Return ``{person id: day}`` of the last invitation, of whatever campaign.

        Who waits for one counts as asked on the first day of the wave.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT i.partner_id, MAX(i.sent_at),
                       MAX(w.date_start) FILTER (WHERE i.sent_at IS NULL)
                  FROM edu_survey_invitation i
                  JOIN edu_survey_wave w ON w.id = i.wave_id
                 WHERE i.partner_id IN %(people)s AND i.state <> 'skipped'
                   AND (i.sent_at IS NOT NULL OR w.state <> 'closed')
                 GROUP BY i.partner_id
                """,
                people=tuple(people.ids) or (0,),
            )
        )
        return self._days_by_id(rows, company)

    @api.model
    def _days_by_id(self, rows, company):
        """Return ``{id: day}`` of rows of id, moment of sending, and planned day."""
        return {
            key: max(
                day for day in (sent_at and company._edu_today(sent_at), planned) if day
            )
            for key, sent_at, planned in rows
        }

    @api.model
    def _asked_about(self, people, event_keys):
        """Return the pairs of person and event of which any campaign has asked."""
        if not event_keys:
            return set()
        found = self.search_fetch(
            [
                ("partner_id", "in", people.ids),
                ("event_key", "in", list(event_keys)),
                ("state", "!=", SKIPPED),
            ],
            ["partner_id", "event_key"],
        )
        return {(row.partner_id.id, row.event_key) for row in found}

    # ------------------------------------------------------------------ inviting
    def _send(self):
        """Invite those who wait in open waves; return who is invited now."""
        # sudo: tokens, rights to send and the rest periods of all campaigns
        waiting = self.sudo()._claim([("state", "=", WAITING)])
        for reason, rows in waiting._reasons().items():
            rows.write({"state": SKIPPED, "skip_reason": reason})
            waiting -= rows
        now = fields.Datetime.now()
        for day, rows in waiting.grouped(lambda i: i._reminder_day(0)).items():
            rows.write({"state": SENT, "sent_at": now, "next_reminder_on": day})
        waiting._mail(INVITE)
        return waiting.with_env(self.env)

    def _claim(self, domain):
        """Return those that still match and that no other worker is busy with."""
        mine = claim(self)
        mine.invalidate_recordset()
        return mine.filtered_domain([*domain, ("wave_id.state", "=", rule.OPEN)])

    def _reasons(self):
        """Return ``{reason: who is not asked after all}``; a lot may have happened."""
        result = {}
        for wave, rows in self.grouped("wave_id").items():
            facts = rows._facts_at_sending()
            for row in rows:
                reason = rule.skip_reason(
                    facts[row.id],
                    by_mail=row.method in MAILED,
                    rest_days=wave._rest_days(),
                    today=wave.company_id._edu_today(),
                )
                if reason:
                    result[reason] = result.get(reason, self.browse()) | row
        return result

    def _facts_at_sending(self):
        """Return ``{id: rule.Person}``; of several who wait the first counts."""
        blacklisted = self._blacklisted(self.partner_id)
        last = self._others_last_asked(self.company_id[:1])
        return {
            row.id: rule.Person(
                is_archived=not row.partner_id.active,
                has_opted_out=row.partner_id.edu_no_surveys,
                is_blacklisted=email_normalize(row.partner_id.email) in blacklisted,
                has_mail=bool(email_normalize(row.partner_id.email)),
                last_asked=last.get(row.id),
            )
            for row in self
        }

    def _others_last_asked(self, company):
        """Return ``{id: day}``: when who is asked was asked by another invitation."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT i.id, MAX(o.sent_at),
                       MAX(w.date_start) FILTER (WHERE o.sent_at IS NULL)
                  FROM edu_survey_invitation i
                  JOIN edu_survey_invitation o
                    ON o.partner_id = i.partner_id AND o.id <> i.id
                   AND o.state <> 'skipped'
                  JOIN edu_survey_wave w ON w.id = o.wave_id
                 WHERE i.id IN %(ids)s AND i.is_reask IS NOT TRUE
                   AND (o.sent_at IS NOT NULL OR w.state = 'open' AND o.id < i.id)
                 GROUP BY i.id
                """,
                ids=tuple(self.ids) or (0,),
            )
        )
        return self._days_by_id(rows, company)

    def _mail(self, template):
        mailed = self.filtered(lambda invitation: invitation.method in MAILED)
        if mailed:
            self.env.ref(template).send_mail_batch(
                mailed.ids, email_layout_xmlid=LAYOUT
            )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The mail has the link: who reads it could answer as the person asked.

        Nobody has the right to change invitations, and so nobody reads their mails.
        """
        return dict.fromkeys(self, "write")

    def _after_mailed(self, *, is_sent):
        """Note that the mail of these has gone out, or has not."""
        if is_sent:
            lost = self.filtered(lambda i: i.skip_reason == "not_delivered")
            lost.write({"state": SENT, "skip_reason": False})
        else:
            # Who has a first mail already was asked, whatever came of the reminder.
            lost = self.filtered(lambda i: i.state == SENT and not i.reminders)
            lost.write({"state": SKIPPED, "skip_reason": "not_delivered"})

    # ------------------------------------------------------------------ reminding
    def _remind(self):
        """Remind those whose day has come, once for each step; return them."""
        # sudo: as for inviting
        due = self.sudo()._claim([("state", "in", UNANSWERED)])
        due = due.filtered(lambda i: i._is_reminder_due())
        stopped = due._stopped()
        stopped.write({"next_reminder_on": False})
        due -= stopped
        groups = due.grouped(
            lambda i: (i.reminders + 1, i._reminder_day(i.reminders + 1))
        )
        for (number, day), rows in groups.items():
            rows.write({"reminders": number, "next_reminder_on": day})
        due._mail(REMIND)
        return due.with_env(self.env)

    def _is_reminder_due(self):
        self.ensure_one()
        day = self.next_reminder_on
        return bool(day and day <= self.company_id._edu_today())

    def _stopped(self):
        """Return those who are not reminded any more, whatever was planned."""
        facts = self._facts_at_sending()
        return self.filtered(
            lambda row: rule.skip_reason(
                facts[row.id],
                by_mail=True,
                rest_days=0,
                today=row.company_id._edu_today(),
            )
        )

    def _reminder_day(self, sent):
        """Return when to remind next, after so many reminders."""
        self.ensure_one()
        campaign, wave = self.campaign_id, self.wave_id
        if self.method not in MAILED:
            return False
        return (
            rule.next_reminder(
                sent,
                most=campaign.reminder_max,
                days=campaign.reminder_days,
                today=wave.company_id._edu_today(),
                last=wave.date_end,
            )
            or False
        )

    @api.model
    def _to_send(self):
        """Return who waits in open waves, in the order of the waves."""
        return self.search(
            [("state", "=", WAITING), ("wave_id.state", "=", rule.OPEN)], order="id"
        )

    @api.model
    def _to_remind(self):
        """Return whose reminder is due, by the day of each company."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT i.id FROM edu_survey_invitation i
                  JOIN edu_survey_wave w ON w.id = i.wave_id AND w.state = 'open'
                  JOIN res_company c ON c.id = i.company_id
                 WHERE i.state IN %(states)s AND i.next_reminder_on <= %(today)s
                 ORDER BY i.next_reminder_on, i.id
                """,
                states=UNANSWERED,
                today=self.env["res.company"]._edu_today_sql("c"),
            )
        )
        return self.browse(invitation_id for (invitation_id,) in rows)
