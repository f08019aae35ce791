from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...const import MODULE
from ...logic import deadline as rule
from ...logic.measure import Limits

# Which setting says how many working days a promise has.
DAYS = {
    rule.ACKNOWLEDGE: "edu_complaint_acknowledge_days",
    rule.PROGRESS: "edu_complaint_progress_days",
    rule.EXECUTE: "edu_complaint_execute_days",
    rule.REPAIR: "edu_complaint_repair_days",
}
DECISION_DAYS = {
    "simple": "edu_complaint_simple_days",
    "general": "edu_complaint_general_days",
    "complex": "edu_complaint_complex_days",
}


class ResCompany(models.Model):
    """What a school promises to who complains, in working days; 0 is no promise.

    It also says whether people without an account can complain, with a name or without;
    who gets the complaints that nobody else of the school may see; how long a customer
    who wrote about a complaint may wait for an answer; how long the school waits for
    them after the result; and what a complaint may cost, how the relation is mended,
    when to raise an alarm.
    """

    _inherit = "res.company"

    # Intake
    edu_compliance_user_id = fields.Many2one(
        "res.users",
        string="Last resort for complaints",
        domain=[("share", "=", False)],
        help="Gets complaints about the agent, the leader and the manager.",
    )
    edu_complaint_public_form = fields.Boolean(
        string="Public complaint form",
        default=True,
        help="Anybody can complain on the page /complaint, with a name or anonymously.",
    )
    edu_complaint_answer_hours = fields.Integer(
        string="Answer mail about complaints within",
        default=24,
        help="Hours on the clock after which a customer's mail without answer is "
        "listed as late. 0: never.",
    )
    # Promises
    edu_complaint_acknowledge_days = fields.Integer(
        string="Acknowledge complaints within", default=1
    )
    edu_complaint_simple_days = fields.Integer(
        string="Decide simple complaints within", default=1
    )
    edu_complaint_general_days = fields.Integer(
        string="Decide general complaints within", default=3
    )
    edu_complaint_complex_days = fields.Integer(
        string="Decide complex complaints within",
        default=0,
        help="0: as soon as possible; the customer gets reports of the progress.",
    )
    edu_complaint_progress_days = fields.Integer(
        string="Report progress of complex complaints every", default=3
    )
    edu_complaint_execute_days = fields.Integer(
        string="Carry out the handling plan within", default=5
    )
    edu_complaint_repair_days = fields.Integer(
        string="Repair the relationship within", default=10
    )
    edu_complaint_pause_days = fields.Integer(
        string="Pause a complaint for at most",
        default=5,
        help="Working days of waiting for the customer; then the time runs again.",
    )
    edu_complaint_answer_days = fields.Integer(
        string="Wait for the customer's answer",
        default=5,
        help="Working days after the result. Without an answer the complaint goes on "
        "as “no answer”. 0: it waits for ever.",
    )
    edu_complaint_reopen_days = fields.Integer(
        string="Reopen complaints within",
        default=10,
        help="Working days after closing in which a dissatisfied customer has the same "
        "complaint opened again. Later it becomes a new one that names the first.",
    )
    # Measures
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

    _edu_complaint_answer_hours_plausible = models.Constraint(
        "CHECK (edu_complaint_answer_hours BETWEEN 0 AND 1000)",
        "A mail is answered within 0 to 1000 hours.",
    )
    _edu_complaint_days_plausible = models.Constraint(
        "CHECK (edu_complaint_acknowledge_days BETWEEN 0 AND 250"
        " AND edu_complaint_simple_days BETWEEN 0 AND 250"
        " AND edu_complaint_general_days BETWEEN 0 AND 250"
        " AND edu_complaint_complex_days BETWEEN 0 AND 250"
        " AND edu_complaint_progress_days BETWEEN 0 AND 250"
        " AND edu_complaint_execute_days BETWEEN 0 AND 250"
        " AND edu_complaint_repair_days BETWEEN 0 AND 250"
        " AND edu_complaint_pause_days BETWEEN 1 AND 250)",
        "A promise about complaints is 0 to 250 working days, a pause 1 to 250.",
    )
    _edu_complaint_waits_plausible = models.Constraint(
        "CHECK (edu_complaint_answer_days BETWEEN 0 AND 365"
        " AND edu_complaint_reopen_days BETWEEN 0 AND 365)",
        "The days for answering and for reopening must lie between 0 and 365.",
    )
    _edu_complaint_classes_in_order = models.Constraint(
        "CHECK (edu_complaint_general_days = 0"
        " OR edu_complaint_simple_days <= edu_complaint_general_days)",
        "A simple complaint is not decided later than a general one.",
    )
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

    def _edu_promise_days(self, kind, complexity):
        """Return the working days of a promise; 0 if there is none."""
        self.ensure_one()
        name = DECISION_DAYS[complexity] if kind == rule.DECIDE else DAYS[kind]
        return self._edu_setting(name)

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
