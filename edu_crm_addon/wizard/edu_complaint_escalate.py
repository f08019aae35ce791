from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import GROUP_LEADER
from ..logic import complaint as rule

LEVELS = [(rule.LEADER, "Team leader"), (rule.MANAGER, "Supervisor")]


class EduComplaintEscalate(models.TransientModel):
    """Who cannot solve a complaint gives it to somebody above: to whom, and why.

    A leader gives it to a special person this way, who follows up with all parties.
    """

    _name = "edu.complaint.escalate"
    _description = "Escalate a complaint"
    _inherit = "edu.complaint.wizard"

    company_id = fields.Many2one(related="complaint_id.company_id", related_sudo=False)
    level = fields.Selection(
        LEVELS,
        required=True,
        compute="_compute_level",
        store=True,
        readonly=False,
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="To",
        required=True,
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    reason = fields.Char(required=True)
    is_leader = fields.Boolean(compute="_compute_is_leader")
    is_delegate = fields.Boolean(
        string="As special person",
        help="Follows up with all parties, and may close it for the leader.",
    )

    @api.depends("complaint_id")
    def _compute_level(self):
        for wizard in self:
            wizard.level = rule.level_above(wizard.complaint_id.level or rule.AGENT)

    @api.depends("complaint_id", "level")
    def _compute_user_id(self):
        for wizard in self:
            level = wizard.level or rule.LEADER
            complaint = wizard.complaint_id
            wizard.user_id = complaint and complaint._responsible(level)

    @api.depends_context("uid")
    def _compute_is_leader(self):
        self.is_leader = self.env.user.has_group(GROUP_LEADER)

    @api.constrains("is_delegate")
    def _check_delegate(self):
        if any(self.mapped("is_delegate")) and not self.env.user.has_group(
            GROUP_LEADER
        ):
            raise ValidationError(
                self.env._("Only a leader gives it to a special person.")
            )

    def action_escalate(self):
        self.ensure_one()
        complaint = self.complaint_id
        complaint._escalate_to(self.user_id, self.level, self.reason, self.is_delegate)
        if complaint.has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        # It is no longer ours: back to the list.
        action = self.env["ir.actions.act_window"]
        return action._for_xml_id("edu_crm_addon.edu_complaint_action")
