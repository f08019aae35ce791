from odoo import api, fields, models

from ...logic import points as rule

# What a template gives away, and which course of the school it stands for.
FREE_LESSON = "product_product_free_lesson_template"
GIFT_COURSE = "product_product_gift_course_template"
COUPON = "product_product_coupon_template"

PLANNED, RUNNING, ENDED = "planned", "running", "ended"
PROGRAM_STATES = [
    (PLANNED, "Planned"),
    (RUNNING, "Running"),
    (ENDED, "Ended"),
]


class LoyaltyProgram(models.Model):
    """A loyalty plan: its template, its goal, its period, and how far it has come.

    Templates are programs of nobody, archived for good, that “New program” copies. They
    come with the addon, one for each mode and one for coupons. A program made from one
    has nothing more to do with it: an upgrade changes no program of a school.
    """

    _inherit = "loyalty.program"

    # Template
    edu_is_template = fields.Boolean(
        string="Program template", readonly=True, copy=False
    )
    edu_template_note = fields.Text(
        string="About this template", translate=True, copy=False
    )
    # Goal
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

    _edu_template_sleeps = models.Constraint(
        "CHECK (NOT edu_is_template OR (active IS NOT TRUE AND company_id IS NULL))",
        "A template stays archived: make a program from it with “New program”.",
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

    def action_edu_use_template(self):
        """Ask for the name of the program to make."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._edu_open(
            "edu_program_new_action", []
        )
        action["context"] = {"default_template_id": self.id}
        return action

    def _edu_make(self, company, *, lesson=None, course=None, **values):
        """Return a program of ``company``, made from this template.

        :param lesson, course: products to give away; if none, courses are made for it
        """
        self.ensure_one()
        self.browse().check_access("create")
        # sudo: rules of a template are of no company, so nobody reads them
        template = self.sudo().with_company(company)
        program = template.copy(
            {
                "active": True,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                **values,
            }
        )
        program._edu_replace_gift(FREE_LESSON, lesson)
        program._edu_replace_gift(GIFT_COURSE, course)
        program._edu_replace_gift(COUPON)
        program._edu_replace_coupons()
        if program.edu_mode and not company.sudo().edu_member_program_id:
            company.sudo().edu_member_program_id = program
        return program.sudo(False)

    def _edu_replace_gift(self, xmlid, product=None):
        """Give ``product`` in the place of what the template names."""
        gift = self.env.ref(f"edu_crm_addon.{xmlid}", raise_if_not_found=False)
        rewards = self.reward_ids.filtered(lambda r: r.reward_product_id == gift)
        if not gift or not rewards:
            return
        product = product or gift._edu_copy_gift(self.company_id)
        # The words of the reward stay those of the template, in every language.
        with self.env.protecting([rewards._fields["description"]], rewards):
            rewards.reward_product_id = product

    def _edu_replace_coupons(self):
        """Give coupons of a program of the company, made now if there is none."""
        rewards = self.reward_ids.filtered("edu_coupon_program_id.edu_is_template")
        for reward in rewards:
            known = reward.search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("edu_coupon_program_id.edu_is_template", "=", False),
                    ("edu_coupon_program_id.company_id", "=", self.company_id.id),
                ],
                limit=1,
            ).edu_coupon_program_id
            template = reward.edu_coupon_program_id
            reward.edu_coupon_program_id = known or template._edu_make(self.company_id)

    def _edu_coupon_vals(self, order):
        """Return the values of a coupon that the customer of ``order`` redeemed."""
        self.ensure_one()
        return {
            "program_id": self.id,
            "partner_id": order.partner_id.id,
            "order_id": order.id,
            "points": min(self.reward_ids.mapped("required_points"), default=1),
        }
