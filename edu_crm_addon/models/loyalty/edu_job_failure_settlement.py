from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[("points_settle", "Statements of partner firms")],
        ondelete={"points_settle": "cascade"},
    )
