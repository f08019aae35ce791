from odoo import fields, models

ANONYMOUS_BY = [
    ("stage_id", "Education stage"),
    ("type_id", "Education type"),
    ("tier_id", "Customer tier"),
    ("course_id", "Course"),
    ("teacher_id", "Teacher"),
    ("team_id", "Team"),
    ("role", "Respondent"),
    ("method", "Method"),
]


class EduSurveyCampaign(models.Model):
    """Who was promised anonymity keeps it."""

    _inherit = "edu.survey.campaign"

    anonymous_by = fields.Selection(
        ANONYMOUS_BY,
        string="Figures by",
        help="The one characteristic that anonymous answers keep, beside the figures "
        "of all. Two of them together would name people.",
    )

    def write(self, vals):
        for name in ("is_anonymous", "anonymous_by"):
            if name in vals:
                changed = self.filtered(
                    lambda c, name=name: (c[name] or False) != (vals[name] or False)
                )
                changed.wave_ids._check_promise()
        return super().write(vals)
