from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...logic import trial

STATES = [
    (trial.PLANNED, "Planned"),
    (trial.CONFIRMED, "Confirmed"),
    (trial.ATTENDED, "Attended"),
    (trial.MISSED, "Missed"),
    (trial.CANCELED, "Canceled"),
]
OUTCOMES = [
    (trial.ENROLL, "Wants to enroll"),
    (trial.UNDECIDED, "Undecided"),
    (trial.NOT_INTERESTED, "Not interested"),
]
RATINGS = [
    ("0", "Not rated"),
    ("1", "Poor"),
    ("2", "Fair"),
    ("3", "Good"),
    ("4", "Very good"),
    ("5", "Excellent"),
]


class EduTrialLesson(models.Model):
    """planned -> confirmed -> attended, missed or canceled.

    ``logic/trial.py`` says what may follow what; ``write`` obeys it, whoever asks. A
    lesson was attended only with rating, feedback and outcome; a missed one says why.
    """

    _inherit = "edu.trial.lesson"

    state = fields.Selection(
        STATES,
        required=True,
        default=trial.PLANNED,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    rating = fields.Selection(RATINGS, default="0", copy=False)
    outcome = fields.Selection(OUTCOMES, copy=False, tracking=True)
    feedback = fields.Text(copy=False, help="How the lesson went, by the teacher.")
    missed_reason = fields.Char(string="Reason for missing", copy=False)
    is_result_late = fields.Boolean(
        string="Waiting for the result",
        compute="_compute_is_result_late",
        search="_search_is_result_late",
    )

    # A CHECK that comes to NULL passes, hence the COALESCE.
    _attended_has_result = models.Constraint(
        "CHECK (state <> 'attended' OR (COALESCE(rating, '0') <> '0' "
        "AND outcome IS NOT NULL AND COALESCE(btrim(feedback), '') <> ''))",
        "An attended trial lesson needs a rating, feedback and an outcome.",
    )
    _missed_has_reason = models.Constraint(
        "CHECK (state <> 'missed' OR COALESCE(btrim(missed_reason), '') <> '')",
        "Say why the trial lesson was missed.",
    )

    @api.depends("state", "stop_at")
    def _compute_is_result_late(self):
        now = fields.Datetime.now()
        for lesson in self:
            lesson.is_result_late = bool(
                lesson.state in trial.OPEN and lesson.stop_at and lesson.stop_at < now
            )

    def _search_is_result_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        ended = Domain("stop_at", "<", fields.Datetime.now())
        return Domain("state", "in", trial.OPEN) & ended

    # ------------------------------------------------------------------ states
    def action_confirm(self):
        self._update_state((trial.PLANNED,), trial.CONFIRMED)

    def action_attend(self):
        self._update_state((trial.CONFIRMED,), trial.ATTENDED)

    def action_miss(self):
        self._update_state((trial.CONFIRMED,), trial.MISSED)

    def action_cancel(self):
        self._update_state(trial.OPEN, trial.CANCELED)

    def action_reset(self):
        self._update_state((*trial.RESULTS, trial.CANCELED), trial.PLANNED)

    def _update_state(self, allowed, target):
        """Set the state of those lessons that are in ``allowed``; return them."""
        changing = self.filtered(lambda lesson: lesson.state in allowed)
        if changing:
            changing.write({"state": target})
        return changing

    def _check_may_become(self, target):
        for lesson in self:
            if not trial.may_become(lesson.state, target):
                states = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "Trial lesson %(lesson)s is %(state)s and cannot become "
                        "%(target)s.",
                        lesson=lesson.display_name,
                        state=states[lesson.state],
                        target=states.get(target, target),
                    )
                )
            if target in trial.RESULTS and lesson._is_of_a_later_day():
                raise UserError(
                    self.env._(
                        "Trial lesson %(lesson)s has not taken place yet.",
                        lesson=lesson.display_name,
                    )
                )

    def _is_of_a_later_day(self):
        company = self.company_id
        return company._edu_today(self.start_at) > company._edu_today()
