from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..logic import complaint as rule


class EduComplaintMerge(models.TransientModel):
    """Several complaints of one customer become one: which, and into which."""

    _name = "edu.complaint.merge"
    _description = "Merge complaints"

    complaint_ids = fields.Many2many(
        "edu.complaint",
        "edu_complaint_merge_rel",
        "wizard_id",
        "complaint_id",
        string="Complaints",
        required=True,
    )
    candidate_ids = fields.Many2many(
        "edu.complaint",
        string="Open complaints of the customer",
        compute="_compute_candidate_ids",
    )
    target_id = fields.Many2one(
        "edu.complaint",
        string="Goes on",
        compute="_compute_target_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        help="The others are merged into this one. It counts as received when the "
        "first of them was.",
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "edu.complaint":
            ids = self.env.context.get("active_ids", [])
            values["complaint_ids"] = [Command.set(ids)]
        return values

    @api.depends("complaint_ids")
    def _compute_candidate_ids(self):
        for wizard in self:
            people = wizard.complaint_ids._origin._customers()
            of_them = Domain("partner_id", "in", people.ids)
            of_them |= Domain("learner_id", "in", people.ids)
            found = self.env["edu.complaint"].search(
                of_them & Domain("state", "in", rule.STEPS)
            )
            wizard.candidate_ids = found - wizard.complaint_ids._origin

    @api.depends("complaint_ids")
    def _compute_target_id(self):
        """The one received first goes on, unless another is chosen."""
        for wizard in self:
            complaints = wizard.complaint_ids._origin
            if wizard.target_id not in complaints:
                by_date = complaints.sorted(lambda c: (c.received_at, c.id))
                wizard.target_id = by_date[:1]

    @api.constrains("complaint_ids", "target_id")
    def _check_complaints(self):
        """A window on a complaint would show its name past the rules."""
        wizards = self.sudo()  # sudo: also those that one cannot see
        named = wizards.complaint_ids | wizards.target_id
        named.sudo(False).check_access("write")

    def action_merge(self):
        self.ensure_one()
        others = self.complaint_ids - self.target_id
        if not others:
            raise UserError(self.env._("Choose another complaint of the customer."))
        others._merge_into(self.target_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "edu.complaint",
            "res_id": self.target_id.id,
            "views": [(False, "form")],
        }
