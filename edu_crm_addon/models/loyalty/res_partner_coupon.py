from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """Coupons for old customers: those chosen in the list get a code each, by mail."""

    _inherit = "res.partner"

    def action_edu_give_coupons(self):
        """Open the host's wizard that makes and mails the codes."""
        programs = self.env["loyalty.program"]
        program = programs.search(
            [
                ("program_type", "=", "coupons"),
                ("company_id", "in", [False, self.env.company.id]),
            ],
            order="id desc",
            limit=1,
        )
        if not program:
            raise UserError(
                self.env._(
                    "There is no program for coupons yet: make one with “New program”."
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty.loyalty_generate_wizard_action"
        )
        action["context"] = {
            "default_program_id": program.id,
            "default_mode": "selected",
            "default_customer_ids": self.ids,
        }
        return action
