from markupsafe import Markup

from odoo import api, fields, models

KINDS = [
    ("call", "Phone call"),
    ("visit", "Visit"),
    ("chat", "Chat or message"),
    ("other", "Other"),
]


class EduContactLog(models.TransientModel):
    """What was said in a contact with a customer, and what we learned on the way.

    The note goes to the customer's chatter. The fields of the file that are still empty
    are offered for completion, so that each contact makes the file better.
    """

    _name = "edu.contact.log"
    _description = "Log a contact"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True
    )
    kind = fields.Selection(KINDS, required=True, default="call")
    note = fields.Text(string="What was said", required=True)
    missing = fields.Char(related="partner_id.edu_missing", related_sudo=False)
    missing_codes = fields.Char(compute="_compute_missing_codes")
    # Empty key fields, to be completed
    phone = fields.Char(related="partner_id.phone", readonly=False, related_sudo=False)
    email = fields.Char(related="partner_id.email", readonly=False, related_sudo=False)
    city = fields.Char(related="partner_id.city", readonly=False, related_sudo=False)
    edu_birth_date = fields.Date(
        related="partner_id.edu_birth_date", readonly=False, related_sudo=False
    )
    edu_background = fields.Text(
        related="partner_id.edu_background", readonly=False, related_sudo=False
    )
    edu_interests = fields.Char(
        related="partner_id.edu_interests", readonly=False, related_sudo=False
    )
    edu_channel_preference = fields.Selection(
        related="partner_id.edu_channel_preference", readonly=False, related_sudo=False
    )
    edu_suggestions = fields.Text(
        related="partner_id.edu_suggestions", readonly=False, related_sudo=False
    )
    is_person = fields.Boolean(compute="_compute_missing_codes")

    @api.depends("partner_id")
    def _compute_missing_codes(self):
        for log in self:
            log.missing_codes = ",".join(log.partner_id._edu_missing_codes())
            log.is_person = not log.partner_id.is_company

    @api.model_create_multi
    def create(self, vals_list):
        logs = super().create(vals_list)
        logs.partner_id.check_access("write")
        return logs

    def action_log(self):
        """Write the note to the customer's chatter."""
        self.partner_id.check_access("write")
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for log in self:
            log.partner_id._message_log(
                body=Markup("<p><b>%s</b></p><p>%s</p>")
                % (kinds[log.kind], Markup("<br/>").join(log.note.splitlines()))
            )
        return {"type": "ir.actions.act_window_close"}
