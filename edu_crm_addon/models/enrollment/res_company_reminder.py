from odoo import fields, models


class ResCompany(models.Model):
    """When a school reminds its customers of overdue installments."""

    _inherit = "res.company"

    edu_reminder_days_1 = fields.Integer(
        string="First payment reminder after",
        default=3,
        help="Days after the due date. 0: this step is off.",
    )
    edu_reminder_days_2 = fields.Integer(
        string="Second payment reminder after",
        default=10,
        help="Days after the due date. 0: this step is off.",
    )
    edu_reminder_days_3 = fields.Integer(
        string="Call about the payment after",
        default=20,
        help="Days after the due date. 0: this step is off.",
    )

    _edu_reminder_days_plausible = models.Constraint(
        "CHECK (edu_reminder_days_1 BETWEEN 0 AND 3650"
        " AND edu_reminder_days_2 BETWEEN 0 AND 3650"
        " AND edu_reminder_days_3 BETWEEN 0 AND 3650)",
        "A payment reminder comes 0 to 3650 days after the due date.",
    )
    _edu_reminder_days_in_order = models.Constraint(
        "CHECK ((edu_reminder_days_2 = 0 OR edu_reminder_days_1 < edu_reminder_days_2)"
        " AND (edu_reminder_days_3 = 0 OR (edu_reminder_days_1 < edu_reminder_days_3"
        " AND edu_reminder_days_2 < edu_reminder_days_3)))",
        "Every payment reminder must come later than the one before.",
    )

    def _edu_reminder_days(self):
        self.ensure_one()
        return (
            self.edu_reminder_days_1,
            self.edu_reminder_days_2,
            self.edu_reminder_days_3,
        )
