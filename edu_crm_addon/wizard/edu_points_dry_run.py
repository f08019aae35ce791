from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..logic import award as rule
from ..models.loyalty.edu_points_rule import EVENTS

DAYS = 90
# What can be tried, and is written to the rule in the end.
TRIED = (
    "points",
    "use_multiplier",
    "stage_ids",
    "course_ids",
    "member_limit",
    "month_limit",
    "budget",
)


class EduPointsDryRun(models.TransientModel):
    """A change of an earning rule, or a new one, tried on the last 90 days.

    Nothing is booked, and the rule stays as it is until the change is applied.
    """

    _name = "edu.points.dry.run"
    _description = "Dry run of an earning rule"

    rule_id = fields.Many2one("edu.points.rule", string="Earning rule", readonly=True)
    program_id = fields.Many2one(
        "loyalty.program", required=True, domain=[("edu_mode", "!=", False)]
    )
    currency_id = fields.Many2one(related="program_id.currency_id")
    name = fields.Char(help="Of the new rule, as members read it.")
    event = fields.Selection(
        selection=lambda self: self._event_selection(),
        required=True,
        default=EVENTS[0][0],
    )
    # What is tried
    points = fields.Integer(required=True)
    use_multiplier = fields.Boolean(string="Multiplied by level")
    stage_ids = fields.Many2many("edu.stage", string="Education stages")
    course_ids = fields.Many2many(
        "product.template",
        string="Courses",
        domain=[("service_tracking", "=", "edu_course")],
    )
    member_limit = fields.Integer(string="Most for a member and month")
    month_limit = fields.Integer(string="Most for a month")
    budget = fields.Integer()
    # What it would have meant
    days = fields.Integer(string="Days looked back", default=DAYS, required=True)
    is_done = fields.Boolean(string="Calculated", readonly=True)
    event_count = fields.Integer(string="Events", readonly=True)
    points_before = fields.Integer(string="Points, as it is", readonly=True)
    points_after = fields.Integer(string="Points, as tried", readonly=True)
    cost_before = fields.Monetary(string="Cost, as it is", readonly=True)
    cost_after = fields.Monetary(string="Cost, as tried", readonly=True)
    winner_count = fields.Integer(string="Members who get more", readonly=True)
    loser_count = fields.Integer(string="Members who get less", readonly=True)
    line_ids = fields.One2many(
        "edu.points.dry.run.line", "run_id", string="Members", readonly=True
    )

    _days_plausible = models.Constraint(
        "CHECK (days BETWEEN 1 AND 366)", "Look back from a day to a year."
    )

    @api.model
    def _event_selection(self):
        field = self.env["edu.points.rule"]._fields["event"]
        return field._description_selection(self.env)

    @api.model
    def default_get(self, fields):
        """Begin with the rule as it is."""
        vals = super().default_get(fields)
        earning = self.env["edu.points.rule"].browse(vals.get("rule_id"))
        if earning:
            for name in ("program_id", "event", "name", *TRIED):
                field = earning._fields[name]
                value = field.convert_to_write(earning[name], earning)
                vals[name] = value
        else:
            vals["program_id"] = self.env.company.edu_member_program_id.id
        return {name: value for name, value in vals.items() if name in fields}

    def action_compute(self):
        """Show what the last days would have been like."""
        self.ensure_one()
        self._check_may_change()
        self._apply_comparison(self._compare())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try a change"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_apply(self):
        """Write the change to the rule, or make the new one."""
        self.ensure_one()
        vals = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in TRIED
        }
        if self.rule_id:
            self.rule_id.write(vals)
            earning = self.rule_id
        else:
            earning = self.rule_id.create(
                {
                    **vals,
                    "name": self.name,
                    "event": self.event,
                    "program_id": self.program_id.id,
                }
            )
        return earning._get_records_action()

    def _check_may_change(self):
        if not self.env["edu.points.rule"].has_access("write"):
            raise AccessError(self.env._("Managers try changes of earning rules."))

    def _compare(self):
        today = self.program_id.company_id._edu_today()
        # sudo: what a manager weighs is the sum over all members of the program
        return self.rule_id.sudo()._dry_run(
            self._as_terms(),
            today - timedelta(days=self.days),
            today,
            event=self.event,
            program=self.program_id.sudo(),
        )

    def _as_terms(self):
        return rule.Terms(
            id=self.rule_id.id or 0,
            points=self.points,
            stages=frozenset(self.stage_ids.ids),
            courses=frozenset(self.course_ids.ids),
            member_limit=self.member_limit,
            month_limit=self.month_limit,
            budget=self.budget,
            multiplies=self.use_multiplier,
        )

    def _apply_comparison(self, found):
        cost = self.program_id.edu_point_cost
        changes = {**found.winners, **found.losers}
        self.write(
            {
                "is_done": True,
                "event_count": found.events,
                "points_before": found.before,
                "points_after": found.after,
                "cost_before": found.before * cost,
                "cost_after": found.after * cost,
                "winner_count": len(found.winners),
                "loser_count": len(found.losers),
                "line_ids": [
                    Command.clear(),
                    *(
                        Command.create({"partner_id": member, "change": points})
                        for member, points in changes.items()
                    ),
                ],
            }
        )


class EduPointsDryRunLine(models.TransientModel):
    """One member who would have got more or fewer points."""

    _name = "edu.points.dry.run.line"
    _description = "Member in a dry run"
    _order = "change desc, id"

    run_id = fields.Many2one(
        "edu.points.dry.run", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", string="Member", required=True)
    change = fields.Integer(string="More or fewer points")
