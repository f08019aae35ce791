from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("points_release", "Release of pending points"),
            ("points_expire", "Expiry of points"),
            ("points_notice", "Notices of points that expire"),
            ("points_check", "Check of the points ledger"),
        ],
        ondelete={
            "points_release": "cascade",
            "points_expire": "cascade",
            "points_notice": "cascade",
            "points_check": "cascade",
        },
    )
