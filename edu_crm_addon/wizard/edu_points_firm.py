from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.points_file import Row
from ..models.loyalty.edu_points_import_line import FAILED

WAYS = [("given", "Collected there"), ("redeemed", "Redeemed there")]


class EduPointsFirm(models.TransientModel):
    """Enters by hand what a member collected or redeemed at a partner firm."""

    _name = "edu.points.firm"
    _description = "Points at a partner, by hand"

    card_id = fields.Many2one(
        "loyalty.card",
        string="Member card",
        required=True,
        domain=[("edu_is_member", "=", True)],
    )
    program_id = fields.Many2one(related="card_id.program_id", related_sudo=False)
    firm_ids = fields.Many2many("res.partner", compute="_compute_firm_ids")
    firm_id = fields.Many2one(
        "res.partner",
        string="Partner firm",
        required=True,
        domain="[('id', 'in', firm_ids)]",
    )
    way = fields.Selection(WAYS, required=True, default="given")
    points = fields.Integer(required=True)
    external_id = fields.Char(
        string="Number of the partner",
        required=True,
        help="Receipt or booking number of the firm: it is entered once only.",
    )
    date = fields.Date(default=fields.Date.context_today)

    _points_positive = models.Constraint(
        "CHECK (points > 0)", "Enter how many points, as a positive number."
    )

    @api.depends("card_id")
    def _compute_firm_ids(self):
        for wizard in self:
            program = wizard.card_id.program_id
            wizard.firm_ids = program and program._edu_partners()

    def action_book(self):
        """Book it at once."""
        self.ensure_one()
        imports = self.env["edu.points.import"]
        imports.check_access("create")
        imports._check_may_report()
        self.card_id.check_access("read")
        self.program_id._edu_check_partner(self.firm_id)
        # sudo: nobody books by hand
        lines = self.env["edu.points.import.line"].sudo()
        if lines._known(self.program_id, self.firm_id, [self.external_id]):
            raise UserError(self.env._("The partner has reported this already."))
        made = lines._report(self.program_id, self.firm_id, [self._row()])
        if made.state == FAILED:
            raise UserError(made.error)
        return {"type": "ir.actions.act_window_close"}

    def _row(self):
        return Row(
            line=0,
            external_id=self.external_id.strip(),
            card=self.card_id.code,
            points=self.points if self.way == "given" else -self.points,
            date=self.date or None,
        )
