from odoo import api, fields, models

from ...logic import complaint as rule

# Who answers for a complaint at each level above the handler.
RESPONSIBLE = {rule.LEADER: "leader_id", rule.MANAGER: "manager_id"}


class EduComplaintTeam(models.Model):
    """Who handles complaints: agents, a leader, a manager above, a working calendar.

    Mail to its alias becomes a complaint.
    """

    _name = "edu.complaint.team"
    _description = "Complaint team"
    _inherit = ["mail.alias.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: it works for all companies."
    )
    leader_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        check_company=True,
        help="Gets what agents cannot solve, and closes it.",
    )
    manager_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        check_company=True,
        help="Gets what is late for more than a working day, and what concerns the "
        "leader.",
    )
    member_ids = fields.Many2many(
        "res.users",
        string="Agents",
        domain=[("share", "=", False)],
        check_company=True,
    )
    type_ids = fields.Many2many(
        "edu.complaint.type",
        string="Types",
        help="Complaints of these types come here. Empty: of every type.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working calendar",
        check_company=True,
        help="Promises are counted in its working days. Empty: that of the company.",
    )
    complaint_ids = fields.One2many("edu.complaint", "team_id")

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("edu.complaint")
        if self.id:
            values["alias_defaults"] = repr({"team_id": self.id, "channel": "email"})
        return values

    @api.model
    def _find(self, company, complaint_type):
        """Return the first team of ``company`` that takes complaints of the type."""
        # sudo: a portal customer's complaint finds its team as well
        teams = self.sudo().search([("company_id", "in", (company.id, False))])
        own = teams.filtered(lambda team: complaint_type in team.type_ids)
        return (own or teams.filtered(lambda team: not team.type_ids))[:1]
