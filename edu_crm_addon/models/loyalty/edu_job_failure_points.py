from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("points_event", "Points of events"),
            ("points_birthday", "Points of birthdays"),
        ],
        ondelete={"points_event": "cascade", "points_birthday": "cascade"},
    )
