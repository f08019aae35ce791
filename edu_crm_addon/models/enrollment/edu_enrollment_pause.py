from odoo import api, fields, models


class EduEnrollmentPause(models.Model):
    """Days on which an enrollment rests; its last day moves by as many.

    While the last day is open the pause goes on. Pauses of one enrollment never
    overlap.
    """

    _name = "edu.enrollment.pause"
    _description = "Pause of an enrollment"
    _order = "date_from desc, id desc"

    enrollment_id = fields.Many2one(
        "edu.enrollment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        related="enrollment_id.company_id",
        related_sudo=False,
        store=True,
        precompute=True,
        index=True,
    )
    date_from = fields.Date(string="First day", required=True)
    date_to = fields.Date(string="Last day", help="Empty: until further notice.")
    reason = fields.Char(required=True)
    days = fields.Integer(compute="_compute_days")

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)",
        "The last day of a pause cannot come before the first.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(enrollment_id, enrollment_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "The pauses of an enrollment cannot overlap.",
    )

    @api.depends("date_from", "date_to")
    def _compute_days(self):
        for pause in self:
            pause.days = (
                (pause.date_to - pause.date_from).days + 1
                if pause.date_from and pause.date_to
                else 0
            )

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for pause in self:
            first = fields.Date.to_string(pause.date_from) or ""
            last = fields.Date.to_string(pause.date_to) or "…"
            pause.display_name = f"{first} – {last}"

    @api.model_create_multi
    def create(self, vals_list):
        pauses = super().create(vals_list)
        pauses.enrollment_id._roll()
        return pauses

    def write(self, vals):
        result = super().write(vals)
        if "enrollment_id" in vals:
            self.check_access("write")  # nobody pauses another adviser's learner
        self.enrollment_id._roll()
        return result

    def unlink(self):
        enrollments = self.enrollment_id
        result = super().unlink()
        enrollments._roll()
        return result

    def _covers(self, today):
        """Tell whether one of these pauses covers ``today``."""
        return any(
            pause.date_from <= today and (not pause.date_to or today <= pause.date_to)
            for pause in self
        )
