from odoo import fields, models

LEVELS = [
    ("physiological", "Physiological"),
    ("safety", "Safety"),
    ("social", "Social"),
    ("esteem", "Esteem"),
    ("self_actualisation", "Self-actualization"),
]


class EduNeed(models.Model):
    """What customers of one education stage look for."""

    _name = "edu.need"
    _description = "Customer need"
    _inherit = "edu.catalogue.mixin"
    _order = "stage_sequence, sequence, id"

    stage_id = fields.Many2one(
        "edu.stage", required=True, index=True, ondelete="restrict"
    )
    stage_sequence = fields.Integer(
        string="Sequence of the stage", related="stage_id.sequence", store=True
    )
    level = fields.Selection(
        LEVELS,
        string="Need level",
        help="How basic the need is: the lower levels come first for people.",
    )
