from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("loyalty_level", "Levels of members"),
            ("membership_begin", "Memberships that begin"),
            ("membership_remind", "Reminders of memberships"),
            ("membership_end", "Memberships that end"),
        ],
        ondelete={
            "loyalty_level": "cascade",
            "membership_begin": "cascade",
            "membership_remind": "cascade",
            "membership_end": "cascade",
        },
    )
