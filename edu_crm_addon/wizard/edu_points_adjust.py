from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.loyalty.edu_points_approval import (
    MANUAL,
    PERFORMANCE,
    PURPOSES,
    WAITING,
)

# From which records the wizard is opened, and who is meant.
PEOPLE = {
    "res.partner": "id",
    "edu.enrollment": "learner_id",
    "loyalty.card": "partner_id",
}
MOST_PEOPLE = 200


class EduPointsAdjust(models.TransientModel):
    """Give points to some people with a reason, or correct the balance of one.

    It only asks: ``edu.points.approval`` decides whether they are booked at once.
    """

    _name = "edu.points.adjust"
    _description = "Points by hand: enter"

    partner_ids = fields.Many2many("res.partner", string="For", required=True)
    purpose = fields.Selection(PURPOSES, required=True, default=MANUAL)
    program_id = fields.Many2one(
        "loyalty.program", compute="_compute_program_id", compute_sudo=True
    )
    rule_id = fields.Many2one(
        "edu.points.rule", string="Earning rule", compute="_compute_rule_id"
    )
    points = fields.Integer(
        compute="_compute_points",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    reason = fields.Char(required=True, help="The member reads it with the points.")
    evidence = fields.Text(help="For the staff only.")
    attachment_ids = fields.Many2many("ir.attachment", string="Documents")
    is_large = fields.Boolean(compute="_compute_is_large")

    @api.depends_context("company")
    def _compute_program_id(self):
        self.program_id = self.env.company.edu_member_program_id

    @api.depends("purpose")
    @api.depends_context("company")
    def _compute_rule_id(self):
        rules = self.env["edu.points.rule"]
        for adjust in self:
            program = adjust.program_id
            is_award = program and adjust.purpose in (MANUAL, PERFORMANCE)
            found = rules._of_event(adjust.purpose, program) if is_award else rules
            adjust.rule_id = found[:1]

    @api.depends("rule_id")
    def _compute_points(self):
        for adjust in self:
            adjust.points = adjust.rule_id.points or adjust.points

    @api.depends("points", "program_id")
    def _compute_is_large(self):
        for adjust in self:
            limit = adjust.program_id.edu_adjust_limit
            adjust.is_large = abs(adjust.points) > limit

    @api.model
    def default_get(self, fields):
        """Mean the people of the records it is opened from."""
        vals = super().default_get(fields)
        model = self.env.context.get("active_model")
        if "partner_ids" in fields and not vals.get("partner_ids") and model in PEOPLE:
            ids = self.env.context.get("active_ids") or []
            records = self.env[model].browse(ids)
            partner_ids = records.mapped(PEOPLE[model])
            ids = partner_ids if model == "res.partner" else partner_ids.ids
            vals["partner_ids"] = [Command.set(ids)]
        return vals

    def action_confirm(self):
        """Ask for the points of each, and say which ones wait."""
        self.ensure_one()
        if len(self.partner_ids) > MOST_PEOPLE:
            raise UserError(self.env._("At most %s people at a time.", MOST_PEOPLE))
        self.partner_ids.check_access("read")
        self.attachment_ids.check_access("read")
        approvals = self.env["edu.points.approval"].create(
            [self._approval_vals(partner) for partner in self.partner_ids]
        )
        self._attach(approvals)
        approvals._request()
        waiting = approvals.filtered(lambda a: a.state == WAITING)
        if not waiting:
            return {"type": "ir.actions.act_window_close"}
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_points_approval_action", [("id", "in", approvals.ids)]
        )

    def _approval_vals(self, partner):
        return {
            "partner_id": partner.id,
            "purpose": self.purpose,
            "points": self.points,
            "reason": self.reason,
            "evidence": self.evidence,
            "attachment_ids": [Command.set(self.attachment_ids.ids)],
        }

    def _attach(self, approvals):
        """Give each its own copy of the documents: who may read it, reads them."""
        if not self.attachment_ids:
            return
        for approval in approvals:
            # sudo: what was asked for is written by nobody else; the user has uploaded
            # these documents, or may read them
            of_it = {"res_model": approval._name, "res_id": approval.id}
            copies = [doc.copy(of_it).id for doc in self.attachment_ids.sudo()]
            approval.sudo().attachment_ids = [Command.set(copies)]
