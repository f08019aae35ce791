from odoo import api, fields, models

from ...logic import points as rule

PLANNED, RUNNING, ENDED = "planned", "running", "ended"
PROGRAM_STATES = [
    (PLANNED, "Planned"),
    (RUNNING, "Running"),
    (ENDED, "Ended"),
]


class LoyaltyProgram(models.Model):
    """A loyalty plan: what it is for, its period, and how far it has come."""

    _inherit = "loyalty.program"

    edu_goal = fields.Text(string="Goal of the program", translate=True)
    edu_goal_members = fields.Integer(string="Members wanted")
    edu_state = fields.Selection(
        PROGRAM_STATES, string="Program state", compute="_compute_edu_state"
    )
    edu_member_count = fields.Integer(
        string="Members", compute="_compute_edu_member_figures"
    )
    edu_member_share = fields.Float(
        string="Of the members wanted", compute="_compute_edu_member_figures"
    )
    edu_outstanding_points = fields.Float(
        string="Outstanding points",
        compute="_compute_edu_member_figures",
        digits=(16, rule.DIGITS),
    )
    edu_outstanding_cost = fields.Monetary(
        string="Cost of outstanding",
        compute="_compute_edu_member_figures",
        help="Outstanding points at the cost of a point.",
    )

    _edu_goal_members = models.Constraint(
        "CHECK (edu_goal_members >= 0)", "A goal cannot be negative."
    )

    @api.depends("date_from", "date_to", "active")
    def _compute_edu_state(self):
        for program in self:
            today = (program.company_id or self.env.company)._edu_today()
            if not program.active or (program.date_to and program.date_to < today):
                program.edu_state = ENDED
            elif program.date_from and program.date_from > today:
                program.edu_state = PLANNED
            else:
                program.edu_state = RUNNING

    @api.depends("edu_goal_members", "edu_point_cost", "coupon_ids.points")
    def _compute_edu_member_figures(self):
        # sudo: how many members a program has is no secret
        groups = (
            self.env["loyalty.card"]
            .sudo()
            ._read_group(
                [("program_id", "in", self.ids), ("edu_is_member", "=", True)],
                ["program_id"],
                ["__count", "points:sum"],
            )
        )
        figures = {program.id: row for program, *row in groups}
        for program in self:
            count, points = figures.get(program._origin.id, (0, 0.0))
            wanted = program.edu_goal_members
            program.edu_member_count = count
            program.edu_member_share = count / wanted if wanted else 0.0
            program.edu_outstanding_points = points
            program.edu_outstanding_cost = points * program.edu_point_cost
