from odoo import fields, models
from odoo.tools import SQL

from ..logic import complaint as steps
from ..logic import deadline as rule

# Nothing is asked of these.
OUT = (steps.WITHDRAWN, steps.MERGED)


class EduComplaintReport(models.Model):
    """Where the figures come from: complaints, with their promises of round one."""

    _inherit = "edu.complaint.report"

    @property
    def _table_query(self):
        return SQL("%s %s", self._select(), self._from())

    def _select(self):
        return SQL(
            """
            SELECT c.id, c.id AS complaint_id, c.received_at, c.closed_at, c.kind,
                   c.state, c.type_id, c.matter_id, c.channel, c.partner_id,
                   c.is_anonymous, c.course_id, t.edu_course_stage_id AS stage_id,
                   c.team_id, c.user_id, c.recorded_by_id, c.level, c.severity, c.scope,
                   c.priority, c.complexity, c.verdict, c.cause_id, c.answer,
                   c.answer_by, c.is_first_contact, c.company_id,
                   c.round > 1 AS is_reopened,
                   c.state NOT IN %(out)s AS is_counted,
                   1 AS complaint_count,
                   (c.state = 'closed' OR c.round > 1)::int AS finished_count,
                   (c.round > 1)::int AS reopened_count,
                   COALESCE(c.is_first_contact, FALSE)::int AS first_contact_count,
                   d.original_due_at AS decide_due_at,
                   (d.original_due_at IS NOT NULL)::int AS decide_count,
                   (%(due)s)::int AS decide_due_count,
                   (%(kept)s)::int AS decide_kept_count,
                   (%(due)s AND NOT %(kept)s)::int AS decide_late_count,
                   CASE WHEN %(due)s THEN (%(kept)s)::int END AS timeliness_rate,
                   CASE WHEN %(due)s THEN (NOT %(kept)s)::int END AS late_rate,
                   (d.extended_due_at IS NOT NULL)::int AS extended_count,
                   CASE WHEN d.original_due_at IS NOT NULL
                        THEN (d.extended_due_at IS NOT NULL)::int
                        END AS extension_rate,
                   CASE WHEN c.state = 'closed' OR c.round > 1
                        THEN (c.round > 1)::int END AS reopen_rate,
                   c.cost_total * COALESCE(money.rate, 1) AS cost,
                   %(currency)s AS currency_id,
                   s.rating, (s.rating IS NOT NULL)::int AS rating_count,
                   %(promises)s, %(days)s
            """,
            out=OUT,
            due=self._is_due("d"),
            kept=self._is_kept("d"),
            currency=self.env.company.currency_id.id,
            promises=self._promises(),
            days=self._days(),
        )

    def _from(self):
        """Complaints with their first decision and, counted, the other promises.

        What was dropped in time was not owed; what was missed before counts all the
        same. A laterally joined row costs nothing where it is not asked for.
        """
        return SQL(
            """
            FROM edu_complaint c
            LEFT JOIN product_product p ON p.id = c.course_id
            LEFT JOIN product_template t ON t.id = p.product_tmpl_id
            LEFT JOIN edu_complaint_round r ON r.complaint_id = c.id AND r.number = 1
            LEFT JOIN (VALUES %(rates)s) AS money (company_id, rate)
                   ON money.company_id = c.company_id
            LEFT JOIN rating_rating s ON s.id = c.rating_request_id AND s.consumed
            LEFT JOIN LATERAL (
                SELECT original_due_at, extended_due_at, done_at
                  FROM edu_complaint_deadline
                 WHERE complaint_id = c.id AND kind = 'decide' AND round = 1
                   AND (dropped_at IS NULL OR missed_at IS NOT NULL)
                   AND c.state NOT IN %(out)s
              ORDER BY started_at, id
                 LIMIT 1
            ) d ON TRUE
            LEFT JOIN LATERAL (
                SELECT %(counts)s
                  FROM edu_complaint_deadline o
                 WHERE o.complaint_id = c.id AND o.kind <> 'decide' AND o.round = 1
                   AND (o.dropped_at IS NULL OR o.missed_at IS NOT NULL)
                   AND c.state NOT IN %(out)s
            ) n ON TRUE
            """,
            out=OUT,
            rates=SQL(", ").join(self.env["edu.lead.report.mixin"]._company_rates()),
            counts=SQL(", ").join(self._counts()),
        )

    # ------------------------------------------------------------------ promises
    def _is_due(self, alias):
        """Return whether a promise counts: it was kept, or its date is over."""
        done, due = self._moments(alias)
        return SQL("COALESCE(%s IS NOT NULL OR %s < %s, FALSE)", done, due, self._now())

    def _is_kept(self, alias):
        done, due = self._moments(alias)
        return SQL("COALESCE(%s <= %s, FALSE)", done, due)

    def _moments(self, alias):
        return SQL.identifier(alias, "done_at"), SQL.identifier(
            alias, "original_due_at"
        )

    def _now(self):
        return fields.Datetime.now()

    def _other_kinds(self):
        return [kind for kind in rule.KINDS if kind != rule.DECIDE]

    def _counts(self):
        for kind in self._other_kinds():
            for name, condition in (("due", self._is_due), ("kept", self._is_kept)):
                yield SQL(
                    "COUNT(*) FILTER (WHERE o.kind = %s AND %s) AS %s",
                    kind,
                    condition("o"),
                    SQL.identifier(f"{kind}_{name}"),
                )

    def _promises(self):
        """Return the columns of what is promised besides the decision."""
        columns = []
        for kind in self._other_kinds():
            due, kept = (SQL.identifier("n", f"{kind}_{n}") for n in ("due", "kept"))
            names = {
                SQL.identifier(f"{kind}_due_count"): due,
                SQL.identifier(f"{kind}_kept_count"): kept,
                SQL.identifier(f"{kind}_rate"): SQL(
                    "%s::float / NULLIF(%s, 0)", kept, due
                ),
            }
            columns += [SQL("%s AS %s", value, name) for name, value in names.items()]
        return SQL(", ").join(columns)

    # ------------------------------------------------------------------ days
    def _days(self):
        """Return the columns of calendar days from reception to each step.

        The first decision counts, and a plan only if it is that of the first round.
        """
        moments = {
            "record": SQL("c.recorded_at"),
            "assess": SQL("c.assessed_at"),
            "plan": SQL("CASE WHEN c.round = 1 THEN c.planned_at END"),
            "decide": SQL(
                "CASE WHEN c.round = 1 THEN c.decided_at ELSE r.decided_at END"
            ),
            "close": SQL("CASE WHEN c.state = 'closed' THEN c.closed_at END"),
        }
        return SQL(", ").join(
            SQL(
                "EXTRACT(EPOCH FROM %s - c.received_at)::float / 86400 AS %s",
                moment,
                SQL.identifier(f"days_to_{step}"),
            )
            for step, moment in moments.items()
        )
