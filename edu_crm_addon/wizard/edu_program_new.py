from odoo import api, fields, models
from odoo.fields import Command

from ..models.loyalty.loyalty_program import MODES

COURSES = [("service_tracking", "=", "edu_course")]


class EduProgramNew(models.TransientModel):
    """Makes a program of the company from a template."""

    _name = "edu.program.new"
    _description = "New program"

    template_id = fields.Many2one(
        "loyalty.program",
        required=True,
        domain=[("edu_is_template", "=", True)],
        context={"active_test": False},
    )
    mode = fields.Selection(MODES, compute="_compute_from_template")
    note = fields.Text(string="About this template", compute="_compute_from_template")
    name = fields.Char(
        string="Name of the program",
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    lesson_id = fields.Many2one(
        "product.product",
        string="Free lesson",
        domain=COURSES,
        check_company=True,
        help="A course of one lesson to redeem points for. If empty, one is made.",
    )
    course_id = fields.Many2one(
        "product.product",
        string="Gift course",
        domain=COURSES,
        check_company=True,
        help="A course to redeem points for. If empty, one of a month is made.",
    )
    firm_ids = fields.Many2many(
        "res.partner", string="Partner firms", domain=[("is_company", "=", True)]
    )
    institution_id = fields.Many2one(
        "res.partner", string="Partner institution", domain=[("is_company", "=", True)]
    )

    @api.depends("template_id")
    def _compute_from_template(self):
        for wizard in self:
            wizard.mode = wizard.template_id.edu_mode
            wizard.note = wizard.template_id.edu_template_note

    @api.depends("template_id")
    def _compute_name(self):
        for wizard in self:
            wizard.name = wizard.template_id.name

    def action_make(self):
        """Make the program and open it."""
        self.ensure_one()
        program = self.template_id._edu_make(
            self.company_id,
            lesson=self.lesson_id,
            course=self.course_id,
            **self._program_vals(),
        )
        action = self.env["ir.actions.act_window"]._edu_open(
            "loyalty_program_action", [], {}
        )
        return {**action, "views": [(False, "form")], "res_id": program.id}

    def _program_vals(self):
        """Return what the program has instead of what the template says."""
        vals = {
            "edu_firm_ids": [Command.set(self.firm_ids.ids)],
            "edu_institution_id": self.institution_id.id,
        }
        if self.name == self.template_id.name:
            return vals  # the name is copied with its translations
        return {**vals, "name": self.name}
