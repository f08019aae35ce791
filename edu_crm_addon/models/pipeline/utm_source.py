from odoo import api, fields, models

ROUTES = [
    ("online", "Online"),
    ("offline", "Offline"),
    ("third_party", "Third party"),
]


class UtmSource(models.Model):
    """Where prospects come from, as the school's documents list it.

    The host's source names are in one language. Ours carry a label that is translated
    and shown instead, until somebody renames the source. Every salesperson picks a
    source, so these fields need no education role.
    """

    _name = "utm.source"
    _inherit = ["utm.source", "edu.role.mixin"]
    _rec_names_search = ["name", "edu_label"]

    edu_label = fields.Char(
        string="Label",
        translate=True,
        help="Shown instead of the name, if there is one.",
    )
    edu_route = fields.Selection(
        ROUTES, string="Route", help="To compare online and offline sources."
    )

    @api.depends("name", "edu_label")
    @api.depends_context("lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for source in self:
            if source.edu_label:
                source.display_name = source.edu_label
        return result

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals and "edu_label" not in vals:
            # sudo: whoever may rename a source does away with the label
            self.sudo().filtered("edu_label").edu_label = False
        return result
