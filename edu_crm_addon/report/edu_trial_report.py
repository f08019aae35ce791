from odoo import fields, models
from odoo.tools import SQL, LazyTranslate

from ..models.pipeline.edu_trial_lesson_state import OUTCOMES, STATES

_lt = LazyTranslate(__name__)

WITHOUT_ROOM = _lt("Without room")
WITHOUT_COURSE = _lt("Without course")
WITHOUT_ADVISER = _lt("Without adviser")
WITHOUT_TEAM = _lt("Without team")
WITHOUT_SOURCE = _lt("Without source")
# A rate of leads: how many different ones in the first column, of those in the second.
LEAD_RATES = {
    "enrollment_rate:avg": ("enrolled_lead_count", "attended_lead_count"),
    "conversion_rate:avg": ("enrolled_lead_count", "lead_count"),
}


class EduTrialReport(models.Model):
    """Trial lessons, and what came of them: attended, enrolled.

    One row per lesson that was not canceled. Leads are counted once per group and in
    the total, however many lessons they had. Rates are weighted: of the lessons with a
    result those attended; of the leads who attended those won.
    """

    _name = "edu.trial.report"
    _description = "Trial lesson analysis"
    _auto = False
    _order = "id"
    _rec_name = "lesson_id"
    _depends = {
        "edu.trial.lesson": [
            "lead_id",
            "learner_id",
            "teacher_id",
            "room_id",
            "course_id",
            "user_id",
            "team_id",
            "source_id",
            "company_id",
            "state",
            "outcome",
            "rating",
            "start_at",
        ],
        "crm.lead": ["won_status"],
    }

    # Measures
    trial_count = fields.Integer(string="Trial lessons", readonly=True)
    attended_count = fields.Integer(string="Attended", readonly=True)
    missed_count = fields.Integer(string="Missed", readonly=True)
    lead_count = fields.Integer(
        string="Leads with a trial lesson", aggregator="count_distinct", readonly=True
    )
    attended_lead_count = fields.Integer(
        string="Leads who attended", aggregator="count_distinct", readonly=True
    )
    enrolled_lead_count = fields.Integer(
        string="Leads enrolled", aggregator="count_distinct", readonly=True
    )
    attendance_rate = fields.Float(
        string="Attendance rate",
        aggregator="avg",
        readonly=True,
        help="Attended lessons of those attended or missed.",
    )
    enrollment_rate = fields.Float(
        string="Enrollment rate",
        aggregator="avg",
        readonly=True,
        help="Leads won of the leads who attended.",
    )
    conversion_rate = fields.Float(
        string="Trial to enrollment",
        aggregator="avg",
        readonly=True,
        help="Leads who attended and were won, of all leads with a trial lesson.",
    )
    rating = fields.Float(string="Average rating", aggregator="avg", readonly=True)
    # Dimensions
    lesson_id = fields.Many2one("edu.trial.lesson", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    learner_id = fields.Many2one("res.partner", readonly=True)
    teacher_id = fields.Many2one("res.partner", readonly=True)
    room_id = fields.Many2one("edu.room", readonly=True, falsy_value_label=WITHOUT_ROOM)
    course_id = fields.Many2one(
        "product.template", readonly=True, falsy_value_label=WITHOUT_COURSE
    )
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        readonly=True,
        falsy_value_label=WITHOUT_ADVISER,
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales team",
        readonly=True,
        falsy_value_label=WITHOUT_TEAM,
    )
    source_id = fields.Many2one(
        "utm.source", readonly=True, falsy_value_label=WITHOUT_SOURCE
    )
    company_id = fields.Many2one("res.company", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    start_at = fields.Datetime(string="Time", readonly=True)

    def action_open_lesson(self):
        """Open the lesson itself: a line of the report has no form of its own."""
        self.ensure_one()
        return self.lesson_id.get_formview_action()

    def _read_group_select(self, aggregate_spec, query):
        """A rate of a group is that of its leads, never an average of rates.

        The attendance rate is right as it is: each lesson with a result weighs one.
        """
        if aggregate_spec not in LEAD_RATES:
            return super()._read_group_select(aggregate_spec, query)
        part, whole = LEAD_RATES[aggregate_spec]
        return SQL(
            "COUNT(DISTINCT %s)::float / NULLIF(COUNT(DISTINCT %s), 0)",
            self._field_to_sql(self._table, part, query),
            self._field_to_sql(self._table, whole, query),
        )

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    def _select(self):
        return SQL(
            """
            SELECT t.id, t.id AS lesson_id, t.lead_id, t.learner_id, t.teacher_id,
                   t.room_id, t.course_id, t.user_id, t.team_id, t.source_id,
                   t.company_id, t.state, t.outcome, t.start_at,
                   1 AS trial_count,
                   (t.state = 'attended')::int AS attended_count,
                   (t.state = 'missed')::int AS missed_count,
                   t.lead_id AS lead_count,
                   CASE WHEN t.state = 'attended'
                        THEN t.lead_id END AS attended_lead_count,
                   CASE WHEN t.state = 'attended' AND l.won_status = 'won'
                        THEN t.lead_id END AS enrolled_lead_count,
                   CASE t.state WHEN 'attended' THEN 1.0
                                WHEN 'missed' THEN 0.0 END AS attendance_rate,
                   CASE WHEN t.state = 'attended'
                        THEN (l.won_status = 'won')::int END AS enrollment_rate,
                   (t.state = 'attended' AND l.won_status = 'won')::int
                        AS conversion_rate,
                   CASE WHEN t.state = 'attended'
                        THEN t.rating::numeric END AS rating
            """
        )

    def _from(self):
        return SQL("FROM edu_trial_lesson t JOIN crm_lead l ON l.id = t.lead_id")

    def _where(self):
        return SQL("WHERE t.state <> 'canceled'")
