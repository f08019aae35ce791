from odoo import models


class ResPartner(models.Model):
    """A lead made from a customer knows learner, guardian and who pays."""

    _inherit = "res.partner"

    def action_edu_new_lead(self):
        action = super().action_edu_new_lead()
        payer = self.edu_payer_id
        if payer != self:
            action["context"] = {
                **action["context"],
                "default_partner_id": payer.id,
                "default_edu_learner_id": self.id,
                "default_edu_guardian_id": payer.id,
            }
        return action

    def _edu_looked_after_by(self, user):
        """Also who advises a lead of the learner."""
        leads = self.env["crm.lead"].search(
            [("edu_learner_id", "in", self.ids), ("user_id", "=", user.id)]
        )
        return super()._edu_looked_after_by(user) | leads.edu_learner_id
