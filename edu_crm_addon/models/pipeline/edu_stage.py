from odoo import fields, models


class EduStage(models.Model):
    _inherit = "edu.stage"

    lead_plan_id = fields.Many2one(
        "mail.activity.plan",
        string="Activity plan of leads",
        domain=[("res_model", "=", "crm.lead")],
        ondelete="set null",
        help="Plan of activities offered for leads of this stage.",
    )
