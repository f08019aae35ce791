from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("call", "Phone call"),
    ("visit", "Visit"),
    ("chat", "Chat or message"),
    ("other", "Other"),
]


class EduContactLog(models.TransientModel):
    """What was said in a contact with a customer, and what we learned on the way.

    The note goes to the chatter of the customer, or of the lead that the contact was
    about; a lead also gets its next follow-up. The fields of the customer's file that
    are still empty are offered for completion, so that each contact makes it better.
    """

    _name = "edu.contact.log"
    _description = "Log a contact"

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    kind = fields.Selection(KINDS, required=True, default="call")
    pretext = fields.Char(
        string="Occasion", help="What gave the reason to get in contact."
    )
    note = fields.Text(string="What was said", required=True)
    # Next follow-up of the lead
    last_contact_at = fields.Datetime(
        related="lead_id.edu_last_contact_at", related_sudo=False
    )
    is_open_lead = fields.Boolean(
        string="Lead is open", compute="_compute_is_open_lead"
    )
    next_on = fields.Date(
        string="Next follow-up on",
        compute="_compute_next_on",
        store=True,
        readonly=False,
    )
    next_summary = fields.Char(string="What to do then")
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

    _is_about_somebody = models.Constraint(
        "CHECK (partner_id IS NOT NULL OR lead_id IS NOT NULL)",
        "A contact is about a customer or a lead.",
    )

    @api.depends("lead_id")
    def _compute_is_open_lead(self):
        for log in self:
            log.is_open_lead = bool(log.lead_id) and log.lead_id._is_open()

    @api.depends("lead_id")
    def _compute_next_on(self):
        for log in self:
            log.next_on = log.is_open_lead and log.lead_id._next_step_on()

    @api.depends("partner_id")
    def _compute_missing_codes(self):
        for log in self:
            log.missing_codes = ",".join(log.partner_id._edu_missing_codes())
            log.is_person = not log.partner_id.is_company

    @api.model_create_multi
    def create(self, vals_list):
        logs = super().create(vals_list)
        logs._check_may_log()
        return logs

    def _check_may_log(self):
        self.partner_id.check_access("write")
        self.lead_id.check_access("write")

    def action_log(self):
        """Write the note to the chatter, and plan the next follow-up of a lead."""
        self._check_may_log()
        for log in self:
            if log.lead_id:
                log._check_next_on()
                next_on = log.is_open_lead and log.next_on
                log.lead_id._log_follow_up(log._body(), next_on, log.next_summary)
            else:
                log.partner_id._message_log(body=log._body())
        return {"type": "ir.actions.act_window_close"}

    def _check_next_on(self):
        if not self.is_open_lead:
            return
        company = self.lead_id.company_id or self.env.company
        if not self.next_on or self.next_on < company._edu_today():
            raise ValidationError(
                self.env._("Say when to follow up next: today or later.")
            )

    def _body(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        title = ": ".join(filter(None, (kinds[self.kind], self.pretext)))
        body = Markup("<p><b>%s</b></p><p>%s</p>") % (
            title,
            Markup("<br/>").join(self.note.splitlines()),
        )
        if self.last_contact_at:
            body += Markup("<p>%s</p>") % self.env._(
                "Days since the last contact: %(days)s",
                days=self.lead_id.edu_silent_days,
            )
        return body
