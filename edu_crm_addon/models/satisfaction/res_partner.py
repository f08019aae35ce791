from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import GROUP_LEADER, GROUP_READONLY
from ...logic import satisfaction as rule
from ..customer.res_partner import ResPartner as Customer

TRENDS = [
    (rule.UP, "Rising"),
    (rule.SAME, "Unchanged"),
    (rule.DOWN, "Falling"),
    (rule.NONE, "First score"),
]
ZONES = [
    (rule.AT_RISK, "At risk"),
    (rule.INDIFFERENT, "Indifferent"),
    (rule.LOYAL, "Loyal"),
]
FIGURES = (
    "edu_satisfaction",
    "edu_satisfaction_on",
    "edu_satisfaction_gap",
    "edu_satisfaction_trend",
    "edu_satisfaction_zone",
)


class ResPartner(models.Model):
    """How satisfied the contact was last: by its own answer, or one about it.

    Follows from the scores of overall satisfaction, and is stored to be searched and
    listed. A contact that never answered has no date; zero is a score. The index is of
    the latest score of each content, weighted as the company does.

    Who does not want to be asked is not asked; who is asked may be interviewed.
    """

    _inherit = "res.partner"
    _edu_derived_fields = Customer._edu_derived_fields | {*FIGURES}

    edu_satisfaction = fields.Float(
        string="Satisfaction",
        readonly=True,
        copy=False,
        digits=(5, 1),
        aggregator="avg",
        groups=GROUP_READONLY,
        help="The latest score of overall satisfaction, 0 to 100.",
    )
    edu_satisfaction_on = fields.Date(
        string="Satisfaction as of",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    edu_satisfaction_gap = fields.Float(
        string="Compared with expectation",
        readonly=True,
        copy=False,
        digits=(5, 1),
        aggregator="avg",
        groups=GROUP_READONLY,
        help="Experience minus expectation; below zero the customer is dissatisfied.",
    )
    edu_satisfaction_trend = fields.Selection(
        TRENDS,
        string="Satisfaction trend",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
        help="Compared with the score before; less than 5 points are no change.",
    )
    edu_satisfaction_zone = fields.Selection(
        ZONES,
        string="Satisfaction zone",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
        help="What the score lets expect of loyalty; the settings say from where on.",
    )
    edu_satisfaction_index = fields.Float(
        string="Satisfaction index",
        compute="_compute_edu_satisfaction_index",
        digits=(5, 1),
        groups=GROUP_READONLY,
        help="The latest score of each content, weighted as the settings say.",
    )
    edu_score_count = fields.Integer(
        string="Satisfaction scores",
        compute="_compute_edu_score_count",
        groups=GROUP_LEADER,
    )
    edu_invitation_count = fields.Integer(
        string="Survey invitations",
        compute="_compute_edu_invitation_count",
        groups=GROUP_READONLY,
        help="As the one who answers or as learner, as far as you may see them.",
    )
    edu_no_surveys = fields.Boolean(
        string="No surveys",
        groups=GROUP_READONLY,
        help="Is invited to no survey. The link in each invitation sets this, too.",
    )

    # ------------------------------------------------------------------ scores
    @api.depends("edu_satisfaction_on")
    @api.depends_context("company")
    def _compute_edu_satisfaction_index(self):
        values = self._latest_experiences()
        weights = self.env.company._satisfaction_weights()
        for partner in self:
            known = values.get(partner._origin.id, {})
            partner.edu_satisfaction_index = rule.index(known, weights) or 0

    def _latest_experiences(self):
        """Return ``{partner id: {dimension: score}}`` in the current company."""
        if not self._origin.ids:
            return {}
        self.env["edu.satisfaction.score"].flush_model()
        query = SQL(
            """
            SELECT who.id, content.dimension, latest.experience
              FROM UNNEST(%(ids)s) AS who(id)
        CROSS JOIN UNNEST(%(dimensions)s) AS content(dimension)
              JOIN LATERAL (%(latest)s LIMIT 1) latest ON TRUE
             WHERE latest.company_id = %(company)s
            """,
            ids=self._origin.ids,
            dimensions=list(rule.DIMENSIONS),
            latest=self._latest_scores_query(SQL("content.dimension"), limit=1),
            company=self.env.company.id,
        )
        values = {}
        for partner_id, dimension, score in self.env.execute_query(query):
            values.setdefault(partner_id, {})[dimension] = score
        return values

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_score_count(self):
        counts = dict.fromkeys(self._origin, 0)
        rows = self.env["edu.satisfaction.score"]._read_group(
            self._edu_score_domain(), ["partner_id", "learner_id"], ["__count"]
        )
        for asked, learner, count in rows:
            for partner in asked | learner:
                if partner in counts:
                    counts[partner] += count
        for partner in self:
            partner.edu_score_count = counts.get(partner._origin, 0)

    def _edu_score_domain(self):
        ids = self._origin.ids
        return ["|", ("partner_id", "in", ids), ("learner_id", "in", ids)]

    def action_edu_open_scores(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_satisfaction_score_action",
            self._edu_score_domain(),
            {"search_default_experience": 0},
        )

    # ------------------------------------------------------------------ invitations
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_invitation_count(self):
        counts = dict.fromkeys(self._origin, 0)
        rows = self.env["edu.survey.invitation"]._read_group(
            self._edu_invitation_domain(), ["partner_id", "learner_id"], ["__count"]
        )
        for asked, learner, count in rows:
            for partner in asked | learner:
                if partner in counts:
                    counts[partner] += count
        for partner in self:
            partner.edu_invitation_count = counts.get(partner._origin, 0)

    def _edu_invitation_domain(self):
        ids = self._origin.ids
        about = Domain("partner_id", "in", ids) | Domain("learner_id", "in", ids)
        return about & Domain("state", "!=", "skipped")

    def action_edu_open_invitations(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_survey_invitation_action", self._edu_invitation_domain()
        )

    def action_edu_enter_answer(self):
        """Interview this contact: a learner under age is asked through who pays."""
        self.ensure_one()
        self.check_access("read")
        person = self._edu_interviewed()
        context = {"default_partner_id": person.id}
        if person != self:
            context["default_learner_id"] = self.id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "edu_crm_addon.edu_survey_interview_action"
        )
        action["context"] = context
        return action

    def _edu_interviewed(self):
        """Return who speaks for this contact: who pays, or a guardian, or itself."""
        payer = self.edu_payer_id or self
        company = self.company_id or self.env.company
        if payer == self and self._edu_needs_guardian(company._edu_today()):
            return self.edu_guardian_link_ids.guardian_id[:1] or self
        return payer

    # ------------------------------------------------------------------ figures
    def _refresh_satisfaction(self):
        """Take the figures from the latest two scores, by one plain update."""
        if not self.ids:
            return
        self.env["edu.satisfaction.score"].flush_model()
        self.env["res.company"].flush_model(["edu_at_risk_below", "edu_loyal_from"])
        self.flush_recordset(FIGURES)
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner partner
                   SET edu_satisfaction = figures.score,
                       edu_satisfaction_on = figures.date,
                       edu_satisfaction_gap = figures.gap,
                       edu_satisfaction_trend = figures.trend,
                       edu_satisfaction_zone = figures.zone
                  FROM (%s) figures
                 WHERE partner.id = figures.id
                   AND (partner.edu_satisfaction, partner.edu_satisfaction_on,
                        partner.edu_satisfaction_gap, partner.edu_satisfaction_trend,
                        partner.edu_satisfaction_zone) IS DISTINCT FROM
                       (figures.score, figures.date,
                        figures.gap, figures.trend,
                        figures.zone)
                """,
                self._satisfaction_figures_query(),
            )
        )
        self.invalidate_recordset(FIGURES, flush=False)
        self.modified(FIGURES)

    def _satisfaction_figures_query(self):
        return SQL(
            """
            SELECT who.id, latest.experience AS score, latest.date, latest.gap,
                   CASE WHEN latest.id IS NULL THEN NULL
                        WHEN before.id IS NULL THEN %(none)s
                        WHEN latest.experience - before.experience >= %(step)s
                        THEN %(up)s
                        WHEN before.experience - latest.experience >= %(step)s
                        THEN %(down)s
                        ELSE %(same)s END AS trend,
                   CASE WHEN latest.id IS NULL THEN NULL
                        WHEN latest.experience < company.edu_at_risk_below
                        THEN %(at_risk)s
                        WHEN latest.experience >= company.edu_loyal_from
                        THEN %(loyal)s
                        ELSE %(indifferent)s END AS zone
              FROM UNNEST(%(ids)s) AS who(id)
         LEFT JOIN LATERAL (%(latest)s LIMIT 1) latest ON TRUE
         LEFT JOIN LATERAL (%(latest)s LIMIT 1 OFFSET 1) before ON TRUE
         LEFT JOIN res_company company ON company.id = latest.company_id
            """,
            none=rule.NONE,
            up=rule.UP,
            down=rule.DOWN,
            same=rule.SAME,
            step=rule.TREND_STEP,
            at_risk=rule.AT_RISK,
            indifferent=rule.INDIFFERENT,
            loyal=rule.LOYAL,
            ids=self.ids,
            latest=self._latest_scores_query(SQL("%s", rule.OVERALL)),
        )

    def _latest_scores_query(self, dimension, limit=2):
        """Return the scores by, or about, the contact ``who.id``, the latest first."""
        queries = [
            SQL(
                """
                (SELECT id, date, company_id, experience, gap
                   FROM edu_satisfaction_score
                  WHERE %s = who.id
                    AND partner_id IS NOT NULL
                    AND dimension = %s
                    AND has_experience
               ORDER BY date DESC, id DESC
                  LIMIT %s)
                """,
                person,
                dimension,
                limit,
            )
            for person in (SQL("partner_id"), SQL("COALESCE(learner_id, partner_id)"))
        ]
        return SQL("%s UNION %s ORDER BY date DESC, id DESC", *queries)
