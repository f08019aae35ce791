import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize, html2plaintext, parse_contact_from_email

from .edu_complaint_number import LATE
from .edu_complaint_reopen import SAME

_logger = logging.getLogger(__name__)

# The Date of a mail is believed so far back; a clock may be wrong by years.
PLAUSIBLE = timedelta(days=30)
LONGEST_SUBJECT = 300
# The whole text is in the message; the description is for reading and searching.
LONGEST_HTML = 500_000
LONGEST_DESCRIPTION = 20_000


class EduComplaint(models.Model):
    """Mail that becomes a complaint. Whatever it looks like, it is never lost."""

    _inherit = "edu.complaint"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Record the mail; what cannot be understood in it is left out.

        The creator and the handler follow the complaint. The customer does not: what is
        said to the customer is addressed to the customer. Nobody else in To or Cc gets
        anything: it may be whom it is about.
        """
        minimum = self._mail_minimum(msg_dict, custom_values or {})
        try:
            with self.env.cr.savepoint():
                complaint = self.create(
                    {**minimum, **self._mail_extra(msg_dict, minimum)}
                )
        except Exception:
            _logger.exception("Odd mail %s", msg_dict.get("message_id"))
            complaint = self.create(minimum)
        msg_dict["author_id"] = complaint.partner_id.id or msg_dict.get("author_id")
        return complaint.with_context(edu_no_message_yet=True)

    def _message_compute_parent_id(self, parent_id):
        """Spare the first message the search for the one before it."""
        if not parent_id and self.env.context.get("edu_no_message_yet"):
            return False
        return super()._message_compute_parent_id(parent_id)

    @api.model
    def _mail_minimum(self, msg_dict, custom_values):
        """Return what every mail has, however odd."""
        subject = " ".join((msg_dict.get("subject") or "").split())
        previous = self.browse(custom_values.get("previous_id"))
        team = self.env["edu.complaint.team"].browse(custom_values.get("team_id"))
        vals = {
            "company_id": (previous.company_id or self._mail_company(team)).id,
            **custom_values,
            "channel": "email",
            "subject": subject[:LONGEST_SUBJECT] or self.env._("No subject"),
        }
        if self._is_colleague_mail(msg_dict):
            return vals
        name, sender = self._mail_sender(msg_dict)
        return {**vals, "email_from": sender, "partner_name": name}

    @api.model
    def _mail_company(self, team):
        """Return whose complaint it is; a common team tells it by its mail domain."""
        companies = team.company_id or team.alias_domain_id.company_ids
        if not companies or self.env.company in companies:
            return self.env.company
        return companies[0]

    @api.model
    def _mail_sender(self, msg_dict):
        """Return name and address of the sender, each empty if there is none."""
        sender = msg_dict.get("email_from") or ""
        name, address = parse_contact_from_email(sender)
        return name, address or sender.strip()

    @api.model
    def _mail_extra(self, msg_dict, minimum):
        """Return what a usual mail has besides."""
        text = html2plaintext((msg_dict.get("body") or "")[:LONGEST_HTML]) or ""
        return {
            "description": text.strip()[:LONGEST_DESCRIPTION],
            **self._mail_date(msg_dict.get("date")),
            **self._mail_people(minimum),
        }

    @api.model
    def _mail_date(self, date):
        """Return when it was received: promises count from when it was written."""
        now = fields.Datetime.now()
        received_at = fields.Datetime.to_datetime(date) if date else now
        if not timedelta() <= now - received_at <= PLAUSIBLE:
            return {"received_at": now}
        if now - received_at > LATE:
            note = self.env._("Date of the mail")
            return {"received_at": received_at, "received_note": note}
        return {"received_at": received_at}

    @api.model
    def _mail_people(self, minimum):
        """Return who complains; no contact is made, and none is guessed."""
        previous = self.browse(minimum.get("previous_id"))
        sender = minimum.get("email_from")
        if sender and email_normalize(sender) in previous._customer_addresses():
            same = previous._convert_to_write({name: previous[name] for name in SAME})
            return {**same, **minimum, **previous._mail_concerned()}
        company = self.env["res.company"].browse(minimum["company_id"])
        partner = self._partner_of_address(sender, company)
        return {"partner_id": partner.id, **previous._mail_concerned()}

    def _mail_concerned(self):
        """Return whom a later complaint is hidden from as well."""
        return {"accused_partner_ids": self.accused_partner_ids.ids} if self else {}

    @api.model
    def _partner_of_address(self, address, company):
        """Return the one contact of ``address``; of several the payer or guardian.

        Families share addresses. If it stays unclear who wrote, nobody is named.
        """
        partners = self.env["res.partner"]
        if not email_normalize(address):
            return partners
        # sudo: the gateway finds contacts whoever its user is
        found = partners.sudo().search(
            [
                ("email_normalized", "=", email_normalize(address)),
                ("company_id", "in", (False, company.id)),
                ("partner_share", "=", True),
            ],
            limit=20,
        )
        if len(found) < 2:
            return found
        guardians = found.filtered("edu_learner_link_ids")
        payers = guardians.filtered(
            lambda p: any(p.edu_learner_link_ids.mapped("is_payer"))
        )
        for group in (payers, guardians):
            if len(group) == 1:
                return group
        return partners

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Find what a flooding sender made by the index, not by reading everything."""
        return [("email_from", "=", email_from_normalized)]

    @api.model
    def _is_colleague_mail(self, msg_dict):
        """Return whether somebody of the school wrote it.

        A colleague who writes to the team passes on what somebody else complains about.
        """
        if not msg_dict.get("author_id"):
            author = self.env["mail.thread"]._partner_find_from_emails_single(
                [msg_dict.get("email_from")], no_create=True
            )
            msg_dict["author_id"] = author[:1].id
        # sudo: the gateway finds contacts whoever its user is
        author = self.env["res.partner"].sudo().browse(msg_dict["author_id"])
        return bool(author) and not author.partner_share
