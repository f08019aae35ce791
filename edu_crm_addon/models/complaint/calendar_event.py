from odoo import api, models
from odoo.exceptions import ValidationError


class CalendarEvent(models.Model):
    """A meeting on a complaint is not with whom it is about."""

    _name = "calendar.event"
    _inherit = ["calendar.event", "edu.complaint.shield"]
    # Who takes part sees it all the same: the rule says so.
    _edu_conceal_unreadable = True

    @api.constrains("partner_ids", "user_id", "res_model_id", "res_id")
    def _check_not_about_attendee(self):
        complaint = self.env["edu.complaint"]
        shielded = complaint._shielded_models()
        for event in self.filtered(lambda e: e.res_model in shielded and e.res_id):
            document = self.env[event.res_model].browse(event.res_id)
            concerned = complaint._complaint_of(document).accused_partner_ids
            # sudo: of the people no more than who they are
            if concerned & (event.partner_ids | event.sudo().user_id.partner_id):
                raise ValidationError(
                    self.env._("A complaint is not discussed with whom it is about.")
                )
