from odoo import fields, models

from ...const import GROUP_READONLY


class ResPartner(models.Model):
    """Who does not want to be asked is not asked."""

    _inherit = "res.partner"

    edu_no_surveys = fields.Boolean(
        string="No surveys",
        groups=GROUP_READONLY,
        help="Is invited to no survey. The link in each invitation sets this, too.",
    )
