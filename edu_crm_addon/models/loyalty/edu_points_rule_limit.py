from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...logic import award as rule
from ...logic import points

GIVEN = (points.PENDING, points.AVAILABLE)


class EduPointsRule(models.Model):
    """What an event has to be about, and how many points a rule gives at most.

    Limits count what the ledger says was given by the rule; nothing is stored beside
    it. Rules without limits cost nothing.
    """

    _inherit = "edu.points.rule"

    # What about
    stage_ids = fields.Many2many(
        "edu.stage", string="Education stages", help="Empty: all of them."
    )
    course_ids = fields.Many2many(
        "product.template",
        string="Courses",
        domain=[("service_tracking", "=", "edu_course")],
        help="Empty: all of them.",
    )
    # How many
    use_multiplier = fields.Boolean(
        string="Multiplied by level",
        help="Members of a higher level get more, as the level says.",
    )
    member_limit = fields.Integer(
        string="Most for a member and month", help="0: no limit."
    )
    month_limit = fields.Integer(string="Most for a month", help="0: no limit.")
    budget = fields.Integer(
        help="Points that are given at all; then the rule gives no more. 0: no limit."
    )
    given_points = fields.Float(
        string="Given so far", compute="_compute_given_points", digits=(16, 0)
    )

    _limits = models.Constraint(
        "CHECK (member_limit >= 0 AND month_limit >= 0 AND budget >= 0)",
        "Limits cannot be negative.",
    )

    def _compute_given_points(self):
        given = self._sums([("state", "in", GIVEN)], self)
        for earning in self:
            earning.given_points = given.get(earning._origin, 0.0)

    @api.constrains("points", "member_limit", "month_limit", "budget")
    def _check_limits(self):
        for earning in self:
            limits = (earning.member_limit, earning.month_limit, earning.budget)
            if any(limit and limit < earning.points for limit in limits):
                raise ValidationError(
                    self.env._(
                        "“%s” would never give anything: a limit is below its points.",
                        earning.name,
                    )
                )

    def _as_terms(self):
        self.ensure_one()
        return rule.Terms(
            id=self._origin.id or 0,
            points=self.points,
            stages=frozenset(self.stage_ids._origin.ids),
            courses=frozenset(self.course_ids._origin.ids),
            date_from=self.date_from or None,
            date_to=self.date_to or None,
            member_limit=self.member_limit,
            month_limit=self.month_limit,
            budget=self.budget,
            multiplies=self.use_multiplier,
        )

    # ------------------------------------------------------------------ given so far
    def _claim_limits(self):
        """Have one worker at a time count on the limits of these rules.

        A new version of the row: who has read the ledger before begins again.
        """
        limited = self.filtered(lambda r: r._as_terms().is_limited)
        if limited:
            limited.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "UPDATE edu_points_rule SET id = id WHERE id IN %s",
                    tuple(limited.ids),
                )
            )

    def _used(self, cards, today):
        """Return ``logic.award.Used`` of this month, one query for a kind of limit."""
        used = rule.Used()
        month = rule.month_of(today)
        # The first row of each award; moves to another account are no new award.
        this_month = [
            ("origin_id", "=", False),
            ("state", "in", GIVEN),
            ("date", ">=", today.replace(day=1)),
        ]
        if limited := self.filtered("member_limit"):
            domain = [*this_month, ("card_id", "in", cards.ids)]
            sums = limited._sums(domain, limited, "card_id")
            for (earning, card), given in sums.items():
                used.member[earning.id, month, card.id] = given
        if limited := self.filtered("month_limit"):
            for earning, given in self._sums(this_month, limited).items():
                used.month[earning.id, month] = given
        if limited := self.filtered("budget"):
            domain = [("state", "in", GIVEN)]
            for earning, given in self._sums(domain, limited).items():
                used.total[earning.id] = given
        return used

    @api.model
    def _sums(self, domain, rules, *more):
        """Return ``{rule: points}``, or by ``(rule, …)`` with more fields."""
        # sudo: limits count members nobody may read as well
        rows = (
            self.env["edu.points.entry"]
            .sudo()
            ._read_group(
                [
                    ("rule_id", "in", rules._origin.ids),
                    ("kind", "=", points.EARN),
                    *domain,
                ],
                ["rule_id", *more],
                ["points:sum"],
            )
        )
        return {(tuple(key) if more else key[0]): given for *key, given in rows}

    # ------------------------------------------------------------------ refusals
    def _refused_terms(self, code, claim, card):
        """Return what an entry says that a limit refused."""
        words = {
            rule.MEMBER: lambda env: env._(
                "Not given: you have got the most points of this kind for this month."
            ),
            rule.MONTH: lambda env: env._(
                "Not given: all points of this kind for this month are given."
            ),
            rule.BUDGET: lambda env: env._(
                "Not given: all points of this kind are given."
            ),
        }[code]
        reason = " ".join(filter(None, (claim.reason, card._edu_in_words(words))))
        return {"state": points.VOID, "reason": reason}
