from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...const import MODULE
from ...logic.measure import Limits


class ResCompany(models.Model):
    """What a complaint may cost, how the relation is mended, when to raise an alarm."""

    _inherit = "res.company"

    edu_measure_agent_limit = fields.Monetary(
        string="Compensation without approval up to",
        default=200.0,
        help="Above, a team leader approves it.",
    )
    edu_measure_leader_limit = fields.Monetary(
        string="Compensation approved by a team leader up to",
        default=2000.0,
        help="Above, a manager approves it.",
    )
    edu_voucher_program_id = fields.Many2one(
        "loyalty.program",
        string="Vouchers after complaints",
        domain="[('program_type', '=', 'gift_card'),"
        " ('company_id', 'in', (id, False))]",
        help="Gift cards of this program are given. Empty: of the ready-made one.",
    )
    edu_voucher_days = fields.Integer(
        string="Vouchers are valid for",
        default=365,
        help="Days. 0: without end.",
    )
    edu_repair_days = fields.Integer(
        string="Return visit within",
        default=7,
        help="Days after a complaint was closed.",
    )
    edu_recent_complaint_days = fields.Integer(
        string="Recently complained",
        default=90,
        help="Days for which a contact shows that it complained. 0: never.",
    )
    edu_alarm_count = fields.Integer(
        string="Alarm at",
        default=3,
        help="Upheld complaints about the same course, type or person at which the "
        "leader is told. 0: never.",
    )
    edu_alarm_days = fields.Integer(string="Alarm within", default=30, help="Days.")

    _edu_measure_limits_in_order = models.Constraint(
        "CHECK (edu_measure_agent_limit >= 0"
        " AND edu_measure_leader_limit >= edu_measure_agent_limit)",
        "A team leader approves at least what an agent may spend alone.",
    )
    _edu_measure_days_plausible = models.Constraint(
        "CHECK (edu_voucher_days BETWEEN 0 AND 3650"
        " AND edu_repair_days BETWEEN 0 AND 3650"
        " AND edu_recent_complaint_days BETWEEN 0 AND 3650"
        " AND edu_alarm_days BETWEEN 1 AND 3650 AND edu_alarm_count >= 0)",
        "A number of days must lie between 0 and 3650.",
    )

    def _edu_measure_limits(self):
        # sudo: the limits hold for everybody
        company = self.sudo()
        return Limits(
            agent=company.edu_measure_agent_limit,
            leader=company.edu_measure_leader_limit,
        )

    def _edu_voucher_program(self):
        """Return the program of gift cards that vouchers are of."""
        self.ensure_one()
        # sudo: whoever compensates uses it
        ready = self.env.ref(
            f"{MODULE}.loyalty_program_complaint", raise_if_not_found=False
        )
        chosen = self.sudo().edu_voucher_program_id
        program = chosen or (ready and ready.sudo()) or self.env["loyalty.program"]
        if not program.active or (program.company_id and program.company_id != self):
            raise UserError(
                self.env._(
                    "Choose a program of gift cards for vouchers in the settings of "
                    "%s.",
                    self.name,
                )
            )
        return program

    def _edu_voucher_end(self):
        self.ensure_one()
        days = self.edu_voucher_days
        return days and self._edu_today() + timedelta(days=days)
