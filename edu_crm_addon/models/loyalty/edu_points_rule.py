from odoo import api, fields, models

HOLDS = [
    ("none", "At once"),
    ("days", "After some days"),
    ("paid", "When paid, after the refund window"),
]
# Each part of the area adds the events it knows; the engine needs no change.
EVENTS = [
    ("survey", "Survey answered"),
    ("referrer", "Referral: for who recommends"),
    ("referred", "Referral: for who is recommended"),
    ("enrollment", "Enrollment activated"),
    ("completed", "Course completed"),
    ("performance", "Outstanding performance"),
    ("trial", "Trial lesson attended"),
    ("birthday", "Birthday"),
    ("complaint", "Compensation of a complaint"),
    ("manual", "By hand"),
]


class EduPointsRule(models.Model):
    """How many points an event that is no sale is worth, and under what conditions.

    An event earns once in a program, by the first active rule in order that is for it.
    Entries keep the version of the rule they were given by.
    """

    _name = "edu.points.rule"
    _description = "Earning rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    program_id = fields.Many2one(
        "loyalty.program",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("edu_mode", "!=", False)],
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, index=True
    )
    event = fields.Selection(EVENTS, required=True)
    points = fields.Integer(required=True)
    version = fields.Integer(default=1, readonly=True, copy=False)
    # When it counts
    hold = fields.Selection(HOLDS, string="Spendable", required=True, default="none")
    hold_days = fields.Integer(string="Days to wait")
    expiry_months = fields.Integer(
        string="Expires after (months)", help="0: as the program says."
    )
    date_from = fields.Date()
    date_to = fields.Date()

    _plausible = models.Constraint(
        "CHECK (points >= 0 AND hold_days >= 0 AND expiry_months >= 0)",
        "Points, days and months cannot be negative.",
    )
    _period = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_from <= date_to)",
        "A rule ends after it begins.",
    )

    @api.model
    def _of_event(self, event, program):
        """Return the rules for ``event`` that count today, in their order."""
        today = program.company_id._edu_today()
        # sudo: rules count for everybody
        return self.sudo().search(
            [
                ("event", "=", event),
                ("program_id", "=", program.id),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", today),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ]
        )
