from odoo import fields, models

from ...logic import deadline as rule

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
    """What a school promises to who complains, in working days; 0 is no promise."""

    _inherit = "res.company"

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
    _edu_complaint_classes_in_order = models.Constraint(
        "CHECK (edu_complaint_general_days = 0"
        " OR edu_complaint_simple_days <= edu_complaint_general_days)",
        "A simple complaint is not decided later than a general one.",
    )

    def _edu_promise_days(self, kind, complexity):
        """Return the working days of a promise; 0 if there is none."""
        self.ensure_one()
        name = DECISION_DAYS[complexity] if kind == rule.DECIDE else DAYS[kind]
        return self._edu_setting(name)
