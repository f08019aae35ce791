from odoo import api, fields, models

from ...logic import low_score as rule
from ..complaint.working_time import WorkingTime

CALL = "edu_crm_addon.mail_activity_type_satisfaction_low_score"


class EduSatisfactionFollowUp(models.Model):
    """How a follow-up comes to be: once per answer, with a call or a complaint.

    The call is due on the next working day (SAT-24). Who answered without a name is not
    followed up: nobody knows whom to call.
    """

    _inherit = "edu.satisfaction.follow.up"

    @api.model
    def _follow(self, scores):
        """Follow up those of the new ``scores`` that are low; safe to repeat."""
        low = self._low_answers(scores)
        if not low:
            return self.browse()
        followed = self.search([("input_id", "in", [sheet.id for sheet in low])])
        for sheet in followed.input_id:
            del low[sheet]
        quiet = {"mail_create_nosubscribe": True, "mail_create_nolog": True}
        words = self._words(low)
        follow_ups = self.with_context(**quiet).create(
            [
                {**self._prepare_follow_up(rows, found), "words": words.get(sheet)}
                for sheet, (rows, found) in low.items()
            ]
        )
        complaints = follow_ups.filtered(
            lambda f: f.campaign_id.follow_up == "complaint"
        )
        complaints._complain()
        (follow_ups - complaints)._ask_to_call()
        return follow_ups

    @api.model
    def _scores_to_follow(self, scores):
        """Return the scores of the answers that are low and whose name is known."""
        found = scores.browse()
        for rows, _low in self._low_answers(scores).values():
            found |= rows
        return found

    @api.model
    def _low_answers(self, scores):
        """Return ``{sheet: (its scores, what is low)}`` of those to follow up."""
        answers = {}
        named = scores.filtered(
            lambda s: (
                s.input_id
                and s.partner_id
                and s.has_experience
                and not s.is_anonymous
                and not s.is_reask
            )
        )
        for sheet, rows in named.grouped("input_id").items():
            campaign = rows.campaign_id[:1]
            up_to = campaign._low_up_to() if campaign else None
            values = {row.dimension: row.experience for row in rows}
            if up_to is not None and (found := rule.low(values, up_to)):
                answers[sheet] = (rows, found)
        return answers

    @api.model
    def _prepare_follow_up(self, rows, low):
        row = rows[:1]
        campaign = row.campaign_id
        return {
            "company_id": row.company_id.id,
            "partner_id": row.partner_id.id,
            "learner_id": row.learner_id.id,
            "input_id": row.input_id.id,
            "campaign_id": campaign.id,
            "wave_id": row.wave_id.id,
            "user_id": self._who_follows(row).id,
            "score": low.score,
            "low_score": campaign.low_score,
            "low_dimensions": ",".join(low.dimensions),
            "date": row.date,
            "date_due": self._next_working_day(row.company_id),
        }

    @api.model
    def _who_follows(self, row):
        """Return the adviser, or whose campaign it is if there is none."""
        for user in (row.user_id, row.campaign_id.user_id):
            if user.active and not user.share and row.company_id in user.company_ids:
                return user
        return self.env["res.users"]

    @api.model
    def _words(self, sheets):
        """Return what the customers wrote in words of their own, by answer sheet."""
        lines = self.env["survey.user_input.line"].search(
            [
                ("user_input_id", "in", [sheet.id for sheet in sheets]),
                ("answer_type", "in", ("text_box", "char_box")),
            ]
        )
        return {
            sheet: "\n\n".join(
                (line.value_text_box or line.value_char_box or "").strip()
                for line in given
            )
            for sheet, given in lines.grouped("user_input_id").items()
        }

    @api.model
    def _next_working_day(self, company):
        now = fields.Datetime.now()
        calendar = company.resource_calendar_id
        due = WorkingTime(self.env).due(calendar, company, now, 1)
        return company._edu_today(due)

    # ------------------------------------------------------------------ what is done
    def _ask_to_call(self):
        """Give the responsible a call to make; until the due date, or from now on."""
        called = self.filtered("user_id")
        if not called:
            return
        type_id = self.env.ref(CALL).id
        model_id = self.env["ir.model"]._get_id(self._name)
        # sudo: answers come from outside, and the call is for somebody else
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": follow_up.id,
                    "res_name": follow_up.display_name,
                    "activity_type_id": type_id,
                    "automated": True,
                    "date_deadline": follow_up._call_until(),
                    "user_id": follow_up.user_id.id,
                    "summary": follow_up._call_words(),
                }
                for follow_up in called
            ]
        )

    def _call_until(self):
        self.ensure_one()
        today = self.company_id._edu_today()
        if self.date_due and self.date_due >= today:
            return self.date_due
        return self._next_working_day(self.company_id)

    def _call_words(self):
        self.ensure_one()
        reader = self.with_context(lang=self.user_id.lang or self.env.lang)
        return reader.env._(
            "A low score: call the customer (%s)", reader.dimension_text
        )

    def _move_activities(self):
        """The call is for who is responsible now, and until the date given now."""
        # sudo: whoever hands it over may not change what others have to do
        for follow_up in self.sudo().filtered(lambda f: f.activity_ids):
            vals = {
                "user_id": follow_up.user_id.id,
                "date_deadline": follow_up.date_due,
            }
            calls = follow_up.activity_ids.filtered("automated")
            calls.write({name: value for name, value in vals.items() if value})

    def _complain(self):
        """Make a complaint of each: its handler answers to the customer."""
        if not self:
            return
        complaints = self.env["edu.complaint"].create(
            [follow_up._prepare_complaint() for follow_up in self]
        )
        for follow_up, complaint in zip(self, complaints, strict=True):
            follow_up.write({"complaint_id": complaint.id})

    def _prepare_complaint(self):
        self.ensure_one()
        lang = self.company_id.partner_id.lang or self.env.lang
        school = self.with_context(lang=lang)
        about = school.env._("Low score in a survey: %s", school.dimension_text)
        return {
            "subject": about,
            "description": self.words or about,
            "channel": "survey",
            "type_id": self.campaign_id.complaint_type_id.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "learner_id": self.learner_id.id,
            "recorded_by_id": False,
        }
