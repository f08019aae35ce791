from odoo import api, fields, models
from odoo.tools import SQL

from ..models.pipeline.crm_stage import STEPS

OUTCOMES = [
    ("open", "Still there"),
    ("advanced", "Moved on"),
    ("back", "Moved back"),
    ("lost", "Dropped out"),
    ("won", "Enrolled"),
]


class EduPipelineReport(models.Model):
    """How leads of education teams pass the stages: how many, how fast, how far.

    One row per lead and stage of the education pipeline that it has been in. What the
    host knows of the past are its tracked changes of the stage; they are read as it
    reads them (``mail.tracking.duration.mixin``): the first begins with the lead, each
    ends the stage before it, the present stage lasts until now, or until the lead was
    lost. Who is enrolled has arrived: the won stage takes no time and leads nowhere.

    What came of a stage is told by the lead's last stay in it, so that each row has one
    outcome: still there, lost there, moved on to a later stage, or back without return.
    """

    _name = "edu.pipeline.report"
    _description = "Education pipeline analysis"
    _inherit = "edu.lead.report.mixin"
    _auto = False
    _order = "entered_at desc, id desc"
    _percentages = {
        "enrollment_rate": ("won_count:count_distinct", "lead_count:count_distinct"),
        # Counting a rate counts the rows that have one.
        "conversion_rate": ("advanced_count:sum", "conversion_rate:count"),
        "drop_out_rate": ("lost_count:sum", "stage_id:count"),
    }
    _depends = {
        "crm.lead": [
            "active",
            "campaign_id",
            "company_id",
            "create_date",
            "date_closed",
            "date_deadline",
            "date_last_stage_update",
            "edu_intent",
            "edu_stage_ids",
            "expected_revenue",
            "lost_reason_id",
            "medium_id",
            "source_id",
            "stage_id",
            "team_id",
            "type",
            "user_id",
            "won_status",
        ],
        "crm.stage": [
            "edu_step",
            "is_won",
            "rotting_threshold_days",
            "sequence",
            "team_ids",
        ],
        "crm.team": ["edu_is_education"],
        "mail.message": ["model", "res_id"],
        "mail.tracking.value": ["field_id", "mail_message_id", "old_value_integer"],
        "utm.source": ["edu_route"],
    }

    # Measures
    days = fields.Float(
        string="Days in the stage",
        aggregator="avg",
        digits=(16, 1),
        readonly=True,
        help="All stays of the lead in the stage; the present one counts until now.",
    )
    conversion_rate = fields.Float(
        string="Conversion (%)",
        aggregator="avg",
        digits=(16, 1),
        readonly=True,
        help="Leads that moved on to a later stage, of all that were in this one.",
    )
    drop_out_rate = fields.Float(
        string="Drop-out (%)",
        aggregator="avg",
        digits=(16, 1),
        readonly=True,
        help="Leads lost in this stage, of all that were in it.",
    )
    advanced_count = fields.Integer(string="Moved on", readonly=True)
    lost_count = fields.Integer(string="Dropped out", readonly=True)
    current_count = fields.Integer(string="Still there", readonly=True)
    rotting_count = fields.Integer(
        string="Beyond the time limit",
        readonly=True,
        help="Open leads that are in the stage for longer than it allows.",
    )
    # Dimensions
    stage_id = fields.Many2one("crm.stage", readonly=True)
    edu_step = fields.Selection(STEPS, string="Education step", readonly=True)
    outcome = fields.Selection(OUTCOMES, string="Result", readonly=True)
    lost_reason_id = fields.Many2one("crm.lost.reason", readonly=True)
    is_current = fields.Boolean(string="Present stage", readonly=True)
    # Dates
    created_at = fields.Datetime(string="Lead created on", readonly=True)
    entered_at = fields.Datetime(string="Entered on", readonly=True)
    left_at = fields.Datetime(string="Left on", readonly=True)
    date_deadline = fields.Date(string="Expected closing", readonly=True)
    won_at = fields.Datetime(string="Won on", readonly=True)

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where_lead())

    # ------------------------------------------------------------------ SQL
    @api.model
    def _select(self):
        """The id is that of the change which ended the stage, else that of the lead."""
        return SQL(
            """
            SELECT CASE WHEN v.is_current THEN 2 * l.id + 1
                        ELSE 2 * v.change_id END AS id,
                   %(lead)s,
                   v.stage_id, s.edu_step, v.outcome, v.is_current,
                   v.entered_at, v.left_at, l.create_date AS created_at,
                   l.date_deadline,
                   CASE WHEN v.outcome = 'lost' THEN l.lost_reason_id END
                        AS lost_reason_id,
                   CASE WHEN l.won_status = 'won' THEN l.date_closed END AS won_at,
                   CASE WHEN s.is_won IS NOT TRUE THEN v.days END AS days,
                   CASE WHEN s.is_won IS NOT TRUE THEN
                       100.0 * (v.outcome = 'advanced')::int
                   END AS conversion_rate,
                   100.0 * (v.outcome = 'lost')::int AS drop_out_rate,
                   (v.outcome = 'advanced')::int AS advanced_count,
                   (v.outcome = 'lost')::int AS lost_count,
                   (v.outcome = 'open')::int AS current_count,
                   (v.outcome = 'open' AND %(rotting)s)::int AS rotting_count,
                   CASE WHEN v.outcome = 'open' THEN %(revenue)s END
                        AS expected_revenue,
                   CASE WHEN v.outcome = 'won' THEN %(revenue)s END AS won_revenue
            """,
            lead=self._select_lead(),
            rotting=self._is_rotting(),
            revenue=self._revenue_of_lead(),
        )

    @api.model
    def _from(self):
        return SQL(
            """
            %s
            JOIN (%s) v ON v.lead_id = l.id
            JOIN crm_stage s ON s.id = v.stage_id
            """,
            self._from_lead(),
            self._stages_of_leads(),
        )

    @api.model
    def _is_rotting(self):
        """As ``_compute_rotting`` of the host says of an open lead."""
        return SQL(
            """
            (l.type = 'opportunity' AND s.rotting_threshold_days <> 0
             AND COALESCE(l.date_last_stage_update, l.create_date)
                 + s.rotting_threshold_days * INTERVAL '1 day' < %s)
            """,
            self.env.cr.now(),
        )

    @api.model
    def _stages_of_leads(self):
        """One row per lead and stage: its stays together, and what came of the last."""
        return SQL(
            """
            SELECT lead_id, stage_id, BOOL_OR(is_current) AS is_current,
                   MAX(change_id) AS change_id,
                   MIN(LEAST(entered_at, left_at)) AS entered_at,
                   CASE WHEN NOT BOOL_OR(is_current) OR BOOL_OR(won_status = 'lost')
                        THEN MAX(left_at) END AS left_at,
                   SUM(GREATEST(EXTRACT(EPOCH FROM left_at - entered_at), 0)) / 86400
                        AS days,
                   CASE WHEN NOT BOOL_OR(is_current) THEN
                            CASE WHEN BOOL_AND(is_advanced) THEN 'advanced'
                                 ELSE 'back' END
                        WHEN BOOL_OR(won_status = 'lost') THEN 'lost'
                        WHEN BOOL_OR(won_status = 'won') THEN 'won'
                        ELSE 'open' END AS outcome
              FROM (%s) stays
             GROUP BY lead_id, stage_id
            """,
            self._stays(),
        )

    @api.model
    def _stays(self):
        """Stays in the stages of the pipeline, and whether a later one was reached.

        Stages of the teams a lead was with before are left out here, not earlier: the
        stay after them begins where they end.
        """
        return SQL(
            """
            SELECT spells.*,
                   COALESCE(MAX(steps.position) OVER later > steps.position, FALSE)
                        AS is_advanced
              FROM (%(spells)s) spells
              JOIN (%(steps)s) steps ON steps.id = spells.stage_id
            WINDOW later AS (
                PARTITION BY lead_id ORDER BY change_id
                ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
            )
            """,
            spells=self._spells(),
            steps=SQL(
                """
                SELECT s.id, ROW_NUMBER() OVER (ORDER BY s.sequence, s.id) AS position
                  FROM crm_stage s
                 WHERE EXISTS (
                     SELECT FROM crm_stage_crm_team_rel rel
                       JOIN crm_team t ON t.id = rel.crm_team_id
                      WHERE rel.crm_stage_id = s.id AND t.edu_is_education
                 )
                """
            ),
        )

    @api.model
    def _spells(self):
        """The life of a lead, cut where its stage changed; the present part comes last.

        A lost lead stayed until it was lost.
        """
        return SQL(
            """
            SELECT changes.*, l.won_status,
                   LAG(changes.left_at, 1, l.create_date) OVER (
                       PARTITION BY changes.lead_id ORDER BY changes.change_id
                   ) AS entered_at
              FROM (
                  SELECT m.res_id AS lead_id, v.old_value_integer AS stage_id,
                         v.id AS change_id, v.create_date AS left_at,
                         FALSE AS is_current
                    FROM mail_tracking_value v
                    JOIN mail_message m ON m.id = v.mail_message_id
                   WHERE v.field_id = %(field)s AND m.model = 'crm.lead'
                   UNION ALL
                  SELECT id, stage_id, NULL,
                         CASE WHEN won_status = 'lost'
                              THEN COALESCE(
                                  date_closed, date_last_stage_update, %(now)s
                              )
                              ELSE %(now)s END,
                         TRUE
                    FROM crm_lead
              ) changes
              JOIN crm_lead l ON l.id = changes.lead_id
              JOIN crm_team t ON t.id = l.team_id AND t.edu_is_education
            """,
            field=self.env["ir.model.fields"]._get_ids("crm.lead")["stage_id"],
            now=self.env.cr.now(),
        )
