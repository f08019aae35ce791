from odoo import fields, models

from ...const import GROUP_READONLY


class CrmLead(models.Model):
    """New requests show that the customer complained recently."""

    _inherit = "crm.lead"

    edu_recent_complaint = fields.Boolean(
        string="Recently complained",
        related="partner_id.edu_recent_complaint",
        related_sudo=False,
        groups=GROUP_READONLY,
    )
