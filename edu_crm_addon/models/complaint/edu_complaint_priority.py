from odoo import api, fields, models
from odoo.tools import ormcache

SEVERITIES = [
    ("minor", "Minor"),
    ("moderate", "Moderate"),
    ("serious", "Serious"),
    ("critical", "Critical"),
]
SCOPES = [
    ("single", "One customer"),
    ("group", "Several customers"),
    ("public", "The whole school or the public"),
]
PRIORITIES = [
    ("1", "Low"),
    ("2", "Normal"),
    ("3", "High"),
    ("4", "Very high"),
    ("5", "Urgent"),
]
NORMAL = "2"


class EduComplaintPriority(models.Model):
    """One cell of the matrix: how urgent a severity with a scope is.

    A company may have cells of its own; where it has none, those of all companies hold.
    """

    _name = "edu.complaint.priority"
    _description = "Priority of complaints"
    _order = "company_id, severity_rank, scope_rank, id"
    _rec_name = "priority"

    severity = fields.Selection(SEVERITIES, required=True)
    scope = fields.Selection(SCOPES, required=True)
    priority = fields.Selection(PRIORITIES, required=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: holds for all companies."
    )
    severity_rank = fields.Integer(compute="_compute_ranks", store=True)
    scope_rank = fields.Integer(compute="_compute_ranks", store=True)

    _cell_unique = models.UniqueIndex(
        "(severity, scope, COALESCE(company_id, 0))",
        "This severity and scope have a priority already.",
    )

    @api.depends("severity", "scope")
    def _compute_ranks(self):
        severities = [code for code, _label in SEVERITIES]
        scopes = [code for code, _label in SCOPES]
        for cell in self:
            cell.severity_rank = severities.index(cell.severity)
            cell.scope_rank = scopes.index(cell.scope)

    @api.constrains("severity", "scope", "priority", "company_id")
    def _check_cells(self):
        self.env.registry.clear_cache()

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @ormcache("company_id")
    def _matrix(self, company_id):
        """Return ``{(severity, scope): priority}`` as it holds for the company."""
        # sudo: the matrix holds for everybody, whoever may read it
        cells = self.sudo().search([("company_id", "in", (company_id, False))])
        # The company's own cells last, so that they prevail.
        ordered = cells.sorted(lambda cell: bool(cell.company_id))
        return {(cell.severity, cell.scope): cell.priority for cell in ordered}
