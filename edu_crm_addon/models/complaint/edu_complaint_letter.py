import logging

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize, formataddr, plaintext2html

from ...logic import complaint as rule
from ...logic.measure import DONE

_logger = logging.getLogger(__name__)

REPORT = "edu_crm_addon.edu_complaint_letter_report"
LAYOUT = "mail.mail_notification_light"
RESULT = "edu_crm_addon.mail_template_edu_complaint_result"
GOES_ON = "edu_crm_addon.mail_template_edu_complaint_goes_on"
CLOSED = "edu_crm_addon.mail_template_edu_complaint_closed"
# Robots know by it that nobody waits for their answer.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
COMMENT = "mail.mt_comment"
NOTE = "mail.mt_note"
DECISIONS = (rule.UPHELD, rule.PARTLY, rule.NOT_UPHELD)


class EduComplaint(models.Model):
    """What the customer is told: the result with a letter, that it goes on, the end.

    The letter says what was found, decided and done, why, and how to answer. Staff
    concerned, internal notes and costs are no part of it.
    """

    _inherit = "edu.complaint"

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        if target == rule.FEEDBACK and rule.is_before(state, target):
            self._send_letters()
        elif target == rule.CLOSED:
            for complaint in self:
                complaint._mail_customer(CLOSED, self.env._("Told that it is closed."))
        return result

    def _after_refused(self):
        result = super()._after_refused()
        self._tell_it_goes_on()
        return result

    def _after_reopened(self):
        result = super()._after_reopened()
        self._tell_it_goes_on()
        return result

    # ------------------------------------------------------------------ actions
    def action_print_letter(self):
        for complaint in self:
            complaint._check_decided()
        return self.env.ref(REPORT).report_action(self)

    def action_send_letter(self):
        """Send the result again, for example to an address that was added later."""
        self.check_access("write")
        for complaint in self:
            complaint._check_decided()
            if not complaint._customer_address():
                raise UserError(
                    self.env._(
                        "There is no email address of the customer. Print the letter."
                    )
                )
        self._send_letters()

    def _check_decided(self):
        self.ensure_one()
        if self.state not in rule.DECIDED or self.verdict not in DECISIONS:
            raise UserError(
                self.env._("%s has no verdict to be told yet.", self.display_name)
            )

    # ------------------------------------------------------------------ sending
    def _send_letters(self):
        for complaint in self:
            if not complaint._send_letter():
                # sudo: the letter on paper answers what the customer wrote
                complaint.sudo().waiting_since = False
                complaint._message_log(
                    body=self.env._(
                        "No email address of the customer: please print the letter and "
                        "tell the result by telephone or mail."
                    )
                )

    def _send_letter(self):
        """Mail the result: words of the handler, which the portal shows as well."""
        self.ensure_one()
        if not self._customer_address():
            return False
        author = self.user_id.partner_id
        words = self.with_context(lang=self._letter_lang()).env
        return self._mail_customer(
            RESULT,
            words._("Here is the result of your complaint."),
            subtype_id=self.env.ref(COMMENT).id,
            message_type="comment",
            attachment_ids=[Command.link(file.id) for file in self._letter_file()],
            **({"author_id": author.id} if author else {}),
        )

    def _tell_it_goes_on(self):
        for complaint in self:
            complaint._mail_customer(
                GOES_ON, self.env._("The customer was told that we go on with it.")
            )

    def _mail_customer(self, xmlid, note, **values):
        """Send a mail of the template; what is kept of it is ``note``, and files.

        The link in it is the customer's own, so nobody can answer for the customer by
        reading the history.
        """
        self.ensure_one()
        template = self.env.ref(xmlid, raise_if_not_found=False)
        address = self._customer_address()
        if not (template and address):
            return False
        # sudo: the step sends it, whoever takes the step
        mail_id = template.sudo().send_mail(
            self.id,
            email_values={
                "headers": repr(HEADERS),
                "email_to": address,
                "author_id": self.company_id.sudo().partner_id.id,
                "subtype_id": self.env.ref(NOTE).id,
                "is_notification": True,  # it stays when the mail is sent and gone
                "auto_delete": True,
                **values,
            },
            email_layout_xmlid=LAYOUT,
        )
        message = self.env["mail.mail"].sudo().browse(mail_id).mail_message_id
        message.body = Markup("<p>%s</p>") % note
        return True

    def _customer_address(self):
        """Return where the customer gets mail, False if nowhere."""
        self.ensure_one()
        partner = self.partner_id.sudo()  # sudo: whoever handles it writes to them
        email = email_normalize(partner.email) or email_normalize(self.email_from)
        name = partner.name or self.partner_name or email
        return bool(email) and formataddr((name, email))

    # ------------------------------------------------------------------ letter
    def _letter_file(self):
        """Return the letter as attachment, none if no PDF can be made here."""
        self.ensure_one()
        attachments = self.env["ir.attachment"].sudo()  # sudo: made by the step
        try:
            with self.env.cr.savepoint():
                content = self._letter_pdf()
        except Exception:
            # The mail says the same, and the letter can be printed later.
            _logger.warning("No letter of %s can be made", self, exc_info=True)
            return attachments
        if not content:
            return attachments
        return attachments.create(
            {
                "name": f"{self.name.replace('/', '-')}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _letter_pdf(self):
        # sudo: reports read settings of the host
        report = self.env["ir.actions.report"].sudo()
        content, kind = report._render_qweb_pdf(REPORT, self.ids)
        return content if kind == "pdf" else b""

    def _letter_lang(self):
        """Return the language of the customer, that of the school by default."""
        self.ensure_one()
        # What is read by sudo is in the cache for everybody: ask first.
        self.check_access("read")
        complaint = self.sudo()  # sudo: a language is no secret
        return (
            complaint.partner_id.lang
            or complaint.company_id.partner_id.lang
            or self.env.lang
        )

    def _letter_day(self, moment):
        """Return the day of ``moment`` by the clock of the school."""
        self.ensure_one()
        return moment and self.company_id._edu_today(moment)

    def _letter_finding(self):
        """Return the matter as the customer confirmed it, or called it."""
        self.ensure_one()
        return (self.clarified or "").strip() or self.subject

    def _letter_reason(self):
        self.ensure_one()
        return plaintext2html(self.verdict_reason) if self.verdict_reason else False

    def _letter_remedies(self):
        """Return in plain words what is done for the customer: no costs, no names.

        That is the solution the customer chose, and the kinds of the measures carried
        out; what staff wrote about those is internal.
        """
        self.ensure_one()
        complaint = self.sudo()  # sudo: told to the customer, whoever sends it
        chosen = complaint.solution_ids.filtered("is_chosen")
        words = [": ".join(filter(None, (s.name, s.description))) for s in chosen]
        measures = complaint.measure_ids
        kinds = dict(measures._fields["kind"]._description_selection(self.env))
        done = measures.filtered(lambda m: m.state == DONE and not m.is_repair)
        words += [kinds[kind] for kind in dict.fromkeys(done.mapped("kind"))]
        return words

    def _letter_url(self):
        """Return where the customer reads it after logging in."""
        self.ensure_one()
        return f"{self.get_base_url()}{self.access_url}"
