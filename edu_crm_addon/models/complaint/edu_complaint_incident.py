from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import complaint as rule

# What was found out once, for all who complained about the same incident. What one of
# them has already of its own stays.
FOUND = ("clarified", "severity", "scope", "plan", "responsibility")
# What all of them are told.
DECIDED = ("verdict", "verdict_reason")


class EduComplaint(models.Model):
    """Several customers complain about one incident: one finding, one decision.

    Each complaint keeps its number, its promises, its people and its letter; nobody
    learns of the others. The incident is examined in one of them, and its decision is
    passed on to the rest.
    """

    _inherit = "edu.complaint"

    incident_id = fields.Many2one(
        "edu.complaint",
        string="Same incident as",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        check_company=True,
        domain="[('incident_id', '=', False), ('id', '!=', id),"
        " ('company_id', '=', company_id)]",
        help="The complaint in which the incident is examined for all who complained.",
    )
    incident_member_ids = fields.One2many(
        "edu.complaint", "incident_id", string="Complaints about the same incident"
    )
    incident_count = fields.Integer(
        string="Same incident", compute="_compute_incident_count"
    )

    _incident_of_another = models.Constraint(
        "CHECK (incident_id <> id)", "A complaint is not a part of itself."
    )

    @api.depends("incident_member_ids")
    def _compute_incident_count(self):
        groups = self._read_group(
            [("incident_id", "in", self._origin.ids)], ["incident_id"], ["__count"]
        )
        counts = dict(groups)
        for complaint in self:
            complaint.incident_count = counts.get(complaint._origin, 0)

    @api.constrains("incident_id")
    def _check_incident(self):
        """One examines, the others follow: no chains and no circles."""
        for complaint in self.filtered("incident_id"):
            if complaint.incident_id.incident_id or complaint.incident_member_ids:
                raise ValidationError(
                    self.env._(
                        "%s cannot follow: one complaint examines the incident, all "
                        "others refer to that one.",
                        complaint.display_name,
                    )
                )

    def action_open_incident_members(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_complaint_action", [("incident_id", "=", self.id)]
        )

    def action_decide_incident(self):
        """Pass the decision on to all open complaints about the incident."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in rule.DECIDED:
            raise UserError(
                self.env._(
                    "Decide %s first: its decision is passed on to the others.",
                    self.display_name,
                )
            )
        members = self.incident_member_ids.filtered(
            lambda c: c.state in rule.STEPS and c.state not in rule.DECIDED
        )
        members._decide_as(self)
        return members

    def _decide_as(self, source):
        """Take over what ``source`` found and decided, and tell each customer.

        The steps check each of them; one that lacks something stops the whole, and is
        named.
        """
        self.check_access("write")
        for complaint in self:
            missing = {name: source[name] for name in FOUND if not complaint[name]}
            told = {name: source[name] for name in DECIDED}
            complaint.write({**missing, **told, "state": rule.FEEDBACK})
