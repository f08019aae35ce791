from odoo import fields, models
from odoo.exceptions import UserError


class EduSuccessSend(models.TransientModel):
    """Which members get a success story, each with the own link."""

    _name = "edu.success.send"
    _description = "Send a success story"

    case_id = fields.Many2one("edu.success.case", required=True)
    partner_ids = fields.Many2many(
        "res.partner", string="Members", domain=[("edu_is_customer", "=", True)]
    )

    def action_send(self):
        self.ensure_one()
        self.case_id.check_access("read")
        sent = self.case_id._share_with(self.partner_ids)
        if not sent:
            raise UserError(
                self.env._(
                    "Nobody of these can get it: they have it already, are no members, "
                    "have no email address, or want no mails."
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Sent to %s members.", len(sent)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
