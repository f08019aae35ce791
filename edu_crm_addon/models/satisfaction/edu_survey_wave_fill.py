from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

from ...logic import survey_plan as rule
from ...logic.enrollment import LIVE

# Methods by which a link is mailed; otherwise staff asks in person.
MAILED = ("questionnaire", "online_survey")
# Noted when a wave begins; times of anonymous answers are cut to its first day.
BEGUN_WITH = frozenset(
    {"company_id", "date_start", "is_reask", "method", "period", "user_id"}
)


class EduSurveyWave(models.Model):
    """How people come into a wave, and how it ends.

    A draft is being filled. A closed wave takes no answers any more and is never opened
    again, for what was published of it would change.
    """

    _inherit = "edu.survey.wave"

    @api.model_create_multi
    def create(self, vals_list):
        waves = super().create(vals_list)
        if not self.env.su and waves.filtered(lambda w: w.state != rule.WAVE_DRAFT):
            raise UserError(self.env._("A wave begins as a draft."))
        return waves

    def write(self, vals):
        if "state" in vals:
            self._check_may_become(vals["state"])
        if not self.env.su and not BEGUN_WITH.isdisjoint(vals):
            raise UserError(
                self.env._(
                    "What a wave began with does not change: first day, method …"
                )
            )
        return super().write(vals)

    def action_close(self):
        """Take no more answers, although the last day has not come."""
        self.check_access("write")
        self._close()
        return True

    def _close(self):
        closed = self._update_state((rule.WAVE_DRAFT, rule.OPEN), rule.CLOSED)
        if closed:
            closed._after_closed()
        return closed

    def _update_state(self, allowed, target):
        """Set the state of those waves that are in ``allowed``; return them."""
        changing = self.filtered(lambda wave: wave.state in allowed)
        if changing:
            changing.write({"state": target})
        return changing

    def _check_may_become(self, target):
        for wave in self:
            if wave.state != target and target not in rule.NEXT_OF_WAVE[wave.state]:
                raise UserError(
                    self.env._(
                        "The wave %(wave)s is closed or open and does not go back.",
                        wave=wave.name,
                    )
                )

    def _after_closed(self):
        """Hook: these waves take no more answers."""

    # ------------------------------------------------------------------ facts
    def _invite(self, customers):
        """Put those of ``customers`` into the wave who are not in it; return the new.

        Who is not to be asked is in it as well, with the reason.
        """
        self.ensure_one()
        asked = self.campaign_id._people_asked(customers)
        return self._invite_people(self._learning(asked))

    def _learning(self, asked):
        """Return what is known of each customer when it is asked, as values."""
        customers = self.env["res.partner"].union(*asked)
        enrollments = self._enrollments(customers)
        rows = []
        for customer, person in asked.items():
            enrollment = enrollments.get(customer, self.env["edu.enrollment"])
            learns = customer != person or enrollment or customer.edu_guardian_link_ids
            rows.append(
                {
                    "partner_id": person.id,
                    "learner_id": customer.id if learns else False,
                    "enrollment_id": enrollment.id,
                    "user_id": (
                        enrollment.user_id or customer.user_id or person.user_id
                    ).id,
                }
            )
        return rows

    def _enrollments(self, customers):
        """Return ``{learner: enrollment}``: one that runs, else the latest."""
        campaign = self.campaign_id
        found = self.env["edu.enrollment"].search(
            [
                ("learner_id", "in", customers.ids),
                ("company_id", "=", campaign.company_id.id),
                ("state", "!=", "canceled"),
            ],
            order="date_start, id",
        )
        return {
            enrollment.learner_id: enrollment
            for enrollment in found.sorted(
                lambda e: (e.course_id in campaign.course_ids, e.state in LIVE)
            )
        }

    # ------------------------------------------------------------------ decide
    def _invite_people(self, rows):
        """Make the invitations of ``rows`` that are not there yet; return them.

        :param rows: values with ``partner_id``, ``learner_id``, maybe ``event_key`` …
        """
        self.ensure_one()
        rows = self._not_yet_in(rows)
        people = self.env["res.partner"].browse(row["partner_id"] for row in rows)
        facts = self.env["edu.survey.invitation"]._person_facts(
            people,
            self.company_id,
            {row["event_key"] for row in rows if row.get("event_key")},
        )
        today, rest_days = self.company_id._edu_today(), self._rest_days()
        vals_list, taken = [], set()
        for row, person in zip(rows, people, strict=True):
            reason = rule.skip_reason(
                facts[person.id, row.get("event_key") or None],
                by_mail=self.method in MAILED,
                rest_days=rest_days,
                today=today,
            )
            # Of two children of a guardian one is asked about now.
            if not reason and rest_days and person in taken:
                reason = rule.CAPPED
            if not reason:
                taken.add(person)
            vals_list.append(self._prepare_invitation_vals(row, person, reason))
        return self._insert(vals_list)

    def _rest_days(self):
        return self.company_id.edu_survey_rest_days

    def _prepare_invitation_vals(self, row, person, reason):
        return {
            "wave_id": self.id,
            "method": self.method,
            "role": self._role(person, row.get("learner_id")),
            "state": "skipped" if reason else "waiting",
            "skip_reason": reason,
            **row,
        }

    @api.model
    def _role(self, person, learner_id):
        if person.is_company:
            return "organization"
        if learner_id and learner_id != person.id:
            return "guardian"
        return "learner" if learner_id else "customer"

    def _not_yet_in(self, rows):
        found = self.env["edu.survey.invitation"].search_fetch(
            [
                ("wave_id", "=", self.id),
                ("partner_id", "in", [row["partner_id"] for row in rows]),
            ],
            ["partner_id", "learner_id", "event_key"],
        )
        known = {(i.partner_id.id, i.learner_id.id, i.event_key) for i in found}
        new = []
        for row in rows:
            key = (row["partner_id"], row["learner_id"], row.get("event_key") or False)
            if key not in known:
                known.add(key)
                new.append(row)
        return new

    # ------------------------------------------------------------------ apply
    def _insert(self, vals_list):
        """Create the invitations that nobody else has made in the meantime."""
        try:
            return self._insert_at_once(vals_list)
        except UniqueViolation:
            invitations = self.env["edu.survey.invitation"]
        for vals in vals_list:
            try:
                invitations |= self._insert_at_once([vals])
            except UniqueViolation:
                continue
        return invitations

    def _insert_at_once(self, vals_list):
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            return self.env["edu.survey.invitation"].create(vals_list)

    # ------------------------------------------------------------------ the end
    @api.model
    def _ended(self):
        """Return the waves whose last day is over."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT w.id FROM edu_survey_wave w
                  JOIN res_company c ON c.id = w.company_id
                 WHERE w.state <> 'closed' AND w.date_end < %s ORDER BY w.id
                """,
                self.env["res.company"]._edu_today_sql("c"),
            )
        )
        return self.browse(wave_id for (wave_id,) in rows)
