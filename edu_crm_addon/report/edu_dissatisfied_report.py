from odoo import api, fields, models
from odoo.tools import SQL

from ..const import GROUP_LEADER
from ..logic import low_score as rule
from ..models.satisfaction.edu_satisfaction_follow_up import STATES

# A share of a group: the sum of the first column by that of the second.
SHARES = {
    "silent_share:avg": ("silent_count", "known_count"),
    "recovered_share:avg": ("recovered_count", "again_count"),
}


class EduDissatisfiedReport(models.Model):
    """Answers with a low score: who kept silent, who was called, who was won back.

    One row per answer in which a score is at or under the campaign's low score, the
    second question and ratings apart. Silent is who did not complain 90 days before or
    after it; complaints that the school made of the answer are none. Before the 90 days
    are over that is not known, and the answer is not in the share. Shares are weighted.
    """

    _name = "edu.dissatisfied.report"
    _description = "Dissatisfied customers"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"
    _depends = {
        "edu.satisfaction.score": [
            "date",
            "company_id",
            "source",
            "has_experience",
            "experience",
            "dimension",
            "partner_id",
            "learner_id",
            "input_id",
            "user_id",
            "team_id",
            "stage_id",
            "type_id",
            "tier_id",
            "course_id",
            "teacher_id",
            "wave_id",
            "campaign_id",
            "role",
            "is_anonymous",
            "is_reask",
        ],
        "edu.survey.campaign": ["low_score"],
        "res.company": ["edu_low_score"],
        "edu.complaint": ["kind", "partner_id", "learner_id", "received_at"],
        "edu.satisfaction.follow.up": [
            "input_id",
            "complaint_id",
            "state",
            "new_score",
            "low_score",
            "date_new_score",
        ],
    }

    # Measures
    answer_count = fields.Integer(string="Low answers", readonly=True)
    score = fields.Float(
        string="Lowest score", aggregator="avg", digits=(5, 1), readonly=True
    )
    known_count = fields.Integer(
        string="Silence known",
        readonly=True,
        help="Low answers that are more than 90 days old. The share is of these.",
    )
    silent_count = fields.Integer(
        string="Kept silent",
        readonly=True,
        help="Of these, those without a complaint 90 days before or after.",
    )
    silent_share = fields.Float(
        string="Silent share, measured",
        aggregator="avg",
        readonly=True,
        help="Of our customers with a low score, who never complained within 90 days.",
    )
    textbook_share = fields.Float(
        string="Hidden share, by the textbook",
        aggregator="avg",
        readonly=True,
        help="The documents say that 70 % of dissatisfaction is hidden: to compare "
        "with, not measured here.",
    )
    handled_count = fields.Integer(string="Followed up", readonly=True)
    again_count = fields.Integer(
        string="Have answered again", readonly=True, help="To the second question."
    )
    recovered_count = fields.Integer(string="Won back", readonly=True)
    recovered_share = fields.Float(
        string="Recovered share",
        aggregator="avg",
        readonly=True,
        help="Won back, of those who have answered the second question.",
    )
    # When and who
    date = fields.Date(string="Answered on", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, groups=GROUP_LEADER
    )
    learner_id = fields.Many2one("res.partner", readonly=True, groups=GROUP_LEADER)
    role = fields.Selection(
        selection=lambda self: self._selection_of("role"),
        string="Respondent",
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Adviser", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    # About what
    campaign_id = fields.Many2one(
        "edu.survey.campaign", string="Survey campaign", readonly=True
    )
    wave_id = fields.Many2one("edu.survey.wave", readonly=True)
    course_id = fields.Many2one("product.product", readonly=True)
    teacher_id = fields.Many2one("res.partner", readonly=True)
    stage_id = fields.Many2one("edu.stage", string="Education stage", readonly=True)
    type_id = fields.Many2one(
        "edu.education.type", string="Education type", readonly=True
    )
    tier_id = fields.Many2one(
        "edu.customer.tier", string="Customer tier", readonly=True
    )
    # What became of it
    has_complained = fields.Boolean(
        string="Complained",
        readonly=True,
        help="Between 90 days before the answer and 90 days after it.",
    )
    is_current = fields.Boolean(
        string="Still dissatisfied",
        readonly=True,
        help="The customer's latest low answer, and no better one since.",
    )
    follow_up_id = fields.Many2one(
        "edu.satisfaction.follow.up",
        string="Follow-up",
        readonly=True,
        groups=GROUP_LEADER,
    )
    follow_up_state = fields.Selection(
        STATES, string="State of the follow-up", readonly=True
    )

    @api.model
    def _selection_of(self, name):
        scores = self.env["edu.satisfaction.score"]
        return scores._fields[name]._description_selection(self.env)

    # ------------------------------------------------------------------ query
    @property
    def _table_query(self):
        return SQL("%s %s", self._select(), self._from())

    @api.model
    def _select(self):
        return SQL(
            """
            SELECT low.*,
                   1 AS answer_count,
                   %(textbook)s::float AS textbook_share,
                   known.is_known::int AS known_count,
                   (known.is_known AND NOT talk.has_complained)::int AS silent_count,
                   CASE WHEN known.is_known
                        THEN (NOT talk.has_complained)::int::float END AS silent_share,
                   talk.has_complained,
                   low.number = 1 AND NOT better.is_better AS is_current,
                   follow_up.id AS follow_up_id,
                   follow_up.state AS follow_up_state,
                   COALESCE(follow_up.state <> 'open', FALSE)::int AS handled_count,
                   again.is_again::int AS again_count,
                   (again.is_again AND again.is_recovered)::int AS recovered_count,
                   CASE WHEN again.is_again
                        THEN again.is_recovered::int::float END AS recovered_share
            """,
            textbook=rule.TEXTBOOK_SHARE,
        )

    @api.model
    def _from(self):
        return SQL(
            """
              FROM (%(low)s) low
              JOIN res_company company ON company.id = low.company_id
         LEFT JOIN edu_satisfaction_follow_up follow_up
                ON follow_up.input_id = low.input_id
        CROSS JOIN LATERAL (
                SELECT low.date + %(days)s < %(today)s AS is_known) known
        CROSS JOIN LATERAL (
                SELECT %(complained)s AS has_complained) talk
        CROSS JOIN LATERAL (
                SELECT EXISTS (
                    SELECT 1 FROM edu_satisfaction_score later
                     WHERE later.partner_id = low.partner_id
                       AND later.dimension = 'overall'
                       AND later.date > low.date
                       AND later.learner_id IS NOT DISTINCT FROM low.learner_id
                       AND later.source = 'survey'
                       AND later.has_experience
                       AND later.experience > low.low_score) AS is_better) better
        CROSS JOIN LATERAL (
                SELECT follow_up.date_new_score IS NOT NULL AS is_again,
                       COALESCE(follow_up.new_score > follow_up.low_score, FALSE)
                            AS is_recovered) again
            """,
            low=self._low_answers(),
            days=rule.SILENT_DAYS,
            today=self.env["res.company"]._edu_today_sql("company"),
            complained=SQL(" OR ").join(
                self._complained(by, of)
                for by in ("partner_id", "learner_id")
                for of in ("partner_id", "learner_id")
            ),
        )

    @api.model
    def _low_answers(self):
        """Return one row for each answer that has a low score."""
        return SQL(
            """
            SELECT MIN(score.id) AS id,
                   score.date, score.company_id, score.partner_id, score.learner_id,
                   score.wave_id, score.campaign_id,
                   MIN(score.experience) AS score,
                   MAX(score.input_id) AS input_id,
                   MAX(score.user_id) AS user_id,
                   MAX(score.team_id) AS team_id,
                   MAX(score.role) AS role,
                   MAX(score.course_id) AS course_id,
                   MAX(score.teacher_id) AS teacher_id,
                   MAX(score.stage_id) AS stage_id,
                   MAX(score.type_id) AS type_id,
                   MAX(score.tier_id) AS tier_id,
                   MAX(COALESCE(campaign.low_score, company.edu_low_score))
                        AS low_score,
                   ROW_NUMBER() OVER (
                        PARTITION BY score.partner_id, score.learner_id
                        ORDER BY score.date DESC, MIN(score.id) DESC) AS number
              FROM edu_satisfaction_score score
              JOIN res_company company ON company.id = score.company_id
         LEFT JOIN edu_survey_campaign campaign ON campaign.id = score.campaign_id
             WHERE score.source = 'survey'
               AND score.partner_id IS NOT NULL
               AND score.is_anonymous IS NOT TRUE
               AND score.is_reask IS NOT TRUE
               AND score.has_experience
               AND score.experience
                   <= COALESCE(campaign.low_score, company.edu_low_score)
          GROUP BY score.date, score.company_id, score.partner_id, score.learner_id,
                   score.wave_id, score.campaign_id
            """
        )

    @api.model
    def _complained(self, by, of):
        """Return whether a complaint names ``by`` it the person ``of`` the answer."""
        return SQL(
            """
            EXISTS (
                SELECT 1 FROM edu_complaint complaint
                 WHERE complaint.%(by)s = low.%(of)s
                   AND complaint.kind = 'complaint'
                   AND complaint.received_at::date
                       BETWEEN low.date - %(days)s AND low.date + %(days)s
                   AND NOT EXISTS (
                       SELECT 1 FROM edu_satisfaction_follow_up made
                        WHERE made.complaint_id = complaint.id))
            """,
            by=SQL.identifier(by),
            of=SQL.identifier(of),
            days=rule.SILENT_DAYS,
        )

    # ------------------------------------------------------------------ shares
    def _read_group_select(self, aggregate_spec, query):
        """A share of a group is that of its sums, never an average of shares."""
        if aggregate_spec not in SHARES:
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(self._fields[aggregate_spec.partition(":")[0]], "read")
        part, whole = SHARES[aggregate_spec]
        return SQL(
            "SUM(%s)::float / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, part, query),
            self._field_to_sql(self._table, whole, query),
        )

    # ------------------------------------------------------------------ buttons
    def action_open_follow_up(self):
        """Open what was done about it; else the customer, to do something."""
        self.ensure_one()
        self.check_access("read")
        # sudo: which follow-up it is; its own rights decide who may see it
        follow_up = self.sudo().follow_up_id.with_env(self.env)
        if follow_up and follow_up.has_access("read"):
            return follow_up.get_formview_action()
        return self.partner_id.get_formview_action()
