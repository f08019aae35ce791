from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import consteq, email_normalize, human_size, plaintext2html
from odoo.tools.mimetypes import guess_mimetype

from ...logic import complaint as rule
from ...logic import complaint_files, customer_view
from ...logic.deadline import DECIDE

# What is said to the customer, whoever says it.
SHOWN = ("comment", "email", "email_outgoing", "auto_comment")
LONGEST = 10_000


class EduComplaint(models.Model):
    """What customers see of a complaint, and what they do about it.

    Customers have no right on complaints, not even by RPC: pages find the record by
    `_portal_find`, and show nothing but what `_portal_row` and `_portal_page` return.
    The host's routes for messages are closed to them; ours show no internal note.
    """

    _inherit = "edu.complaint"

    # ------------------------------------------------------------------ who sees it
    @api.model
    def _portal_domain(self):
        """Return which complaints are the current user's own.

        Those made or paid for by the user, and those about learners the user is
        guardian of. Whom a complaint is about never sees it.
        """
        user = self.env.user
        if user._is_public():
            return Domain.FALSE
        partner = user.partner_id
        # sudo: the links of the user's own family
        links = self.env["edu.guardianship"].sudo()
        learners = links.search([("guardian_id", "=", partner.id)]).learner_id
        of_family = Domain("payer_id", "=", partner.id)
        of_family |= Domain("learner_id", "in", learners.ids)
        own = Domain("partner_id", "=", partner.id)
        own |= Domain("is_anonymous", "=", False) & of_family
        own &= Domain("accused_partner_ids", "not in", partner.ids)
        return own & Domain("company_id", "in", user.company_ids.ids)

    @api.model
    def _portal_find(self, complaint_id):
        """Return the complaint, as superuser, if it is the current user's own."""
        # sudo: the domain is the right
        return self.sudo().search(
            Domain("id", "=", complaint_id) & self._portal_domain()
        )

    @api.model
    def _portal_peek(self, complaint_id, access_token):
        """Return the complaint, as superuser, for reading: by its link or by rights."""
        # sudo: the link is the right
        complaint = self.sudo().browse(complaint_id).exists()
        user = self.env.user
        if user.partner_id in complaint.accused_partner_ids:
            return complaint.browse()
        token = complaint.access_token
        given = (access_token or "").encode()
        if token and consteq(token.encode(), given):
            return complaint
        if user._is_public() or not complaint.with_env(self.env).has_access("read"):
            return complaint.browse()
        return complaint

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        """Customers write through our pages only: there files are limited."""
        if not self.env.user._is_internal():
            return self.browse()
        return super()._get_thread_with_access(thread_id, mode=mode, **kwargs)

    def _message_create(self, values_list):
        """Whoever was sent a message could answer it by RPC, past our limits."""
        if not self.env.su and not self.env.user._is_internal():
            raise AccessError(self.env._("Please write on the page of your complaint."))
        return super()._message_create(values_list)

    # ------------------------------------------------------------------ what is shown
    def _portal_row(self):
        """Return one line of the list."""
        self.ensure_one()
        company = self.company_id
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "subject": self.subject,
            "learner": self.learner_id.name,
            "stage": customer_view.stage(self.state),
            "received_on": company._edu_today(self.received_at),
            "promised_on": self._portal_promised_on(),
            "is_waiting": self._is_waiting(),
        }

    def _portal_page(self):
        """Return the facts of the page; none of them is internal."""
        self.ensure_one()
        return {
            **self._portal_row(),
            "description": self.description,
            "type": self.type_id.name,
            "matter": self.matter_id.name,
            "course": self.course_id.name,
            "customer": self.partner_id.name,
            "explanation": self._portal_explanation(),
            "verdict": customer_view.told_verdict(self.state, self.verdict),
            "reason": self._portal_reason(),
            "measures": self._portal_measures(),
            "answer": self.answer,
            "is_refused": self.verdict == rule.NOT_ACCEPTED,
            "is_withdrawn": self.state == rule.WITHDRAWN,
            "is_reopened": bool(self.reopened_at),
            "can_rate": self._can_rate(),
            "can_reopen": self._can_reopen(),
            "can_come_back": self.state in (rule.CLOSED, rule.WITHDRAWN),
            "can_write": self._portal_can_write(),
            "merged_into": self._portal_related(self._merge_target()),
            "previous": self._portal_related(self.previous_id),
            "later": [self._portal_related(later) for later in self.follow_up_ids],
            "messages": self._portal_messages(),
        }

    def _portal_promised_on(self):
        """Return the day until which a decision is promised, while it is owed."""
        return self._promised_on() if self.state not in rule.DONE else False

    def _portal_explanation(self):
        """Return how the promised day follows; why it was put off is for the staff."""
        row = self._owed_rows(DECIDE)[:1]
        is_kept = row and self._portal_promised_on() and not row.extended_due_at
        return row.explanation if is_kept else ""

    def _portal_reason(self):
        told = customer_view.told_verdict(self.state, self.verdict)
        return (
            plaintext2html(self.verdict_reason) if told and self.verdict_reason else ""
        )

    def _portal_measures(self):
        """Return in plain words what is done for the customer, once it was told."""
        if not customer_view.told_verdict(self.state, self.verdict):
            return []
        return self._letter_remedies()

    def _portal_letter(self):
        """Return the result as PDF once it was told, nothing before."""
        told = customer_view.told_verdict(self.state, self.verdict)
        return self._letter_pdf() if told else b""

    def _portal_related(self, complaint):
        """Return number and id of another complaint, if the user may open it."""
        if not complaint or complaint == self:
            return None
        found = self._portal_find(complaint.id)
        return {"id": found.id, "name": found.name} if found else None

    def _portal_can_write(self):
        return self.state != rule.MERGED and not self._is_past_reopening()

    # ------------------------------------------------------------------ messages
    def _portal_messages(self):
        """Return what was said between the customer and us, oldest first."""
        return [
            {
                "id": message.id,
                "author": self._portal_author(message),
                "is_ours": self._is_ours(message),
                "date": message.date,
                "body": message.body,
                "files": [
                    {"id": file.id, "name": file.name}
                    for file in message.attachment_ids
                ],
            }
            for message in self._shown_messages()
        ]

    def _shown_messages(self):
        # sudo: what is shown is decided here
        messages = self.env["mail.message"].sudo()
        comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        found = messages.search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("subtype_id", "=", comment),
                ("is_internal", "=", False),
                ("message_type", "in", SHOWN),
            ],
            order="id",
        )
        return found.filtered(
            lambda m: not m._is_empty() and (self._is_ours(m) or self._is_customers(m))
        )

    def _is_ours(self, message):
        """Return whether a colleague wrote it who is not concerned."""
        author = message.author_id
        if author in self.accused_partner_ids:
            return False
        return author == self.company_id.partner_id or (
            bool(author) and not author.partner_share and not self._is_family(author)
        )

    def _is_customers(self, message):
        """Return whether the customer wrote it; whoever else was in Cc did not."""
        author = message.author_id
        if author in self.accused_partner_ids:
            return False
        public = self.env.ref("base.public_partner")
        sender = email_normalize(message.email_from)
        return (
            self._is_family(author)
            or (self.channel == "web" and author == public)
            or (not author and sender and sender in self._customer_addresses())
        )

    def _is_family(self, partner):
        family = self.partner_id | self.payer_id | self.learner_id
        family |= self.learner_id.edu_guardian_link_ids.guardian_id
        return bool(partner & family)

    def _portal_author(self, message):
        if message.author_id == self.env.ref("base.public_partner"):
            return ""
        return message.author_id.name or message.email_from

    def _portal_file(self, attachment_id):
        """Return the attachment of a message that is shown, or none."""
        files = self._shown_messages().attachment_ids
        return files.filtered(lambda file: file.id == attachment_id)

    # ------------------------------------------------------------------ what they do
    def _portal_write(self, text, files=(), author=None):
        """Add a message of the customer.

        :param files: ``(name, content)``
        """
        self.ensure_one()
        text = (text or "").strip()[:LONGEST]
        if not text and not files:
            raise UserError(self.env._("Please write a message."))
        if not self._portal_can_write():
            raise UserError(self.env._("This complaint is closed."))
        self._check_files(files)
        author = author or self.env.user.partner_id
        thread = self.with_context(mail_post_autofollow_author_skip=True)
        return thread.message_post(
            body=plaintext2html(text) if text else "",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=author.id,
            attachments=list(files),
        )

    @api.model
    def _check_files(self, files):
        """Refuse files that are too many, too large, or of a kind a browser runs."""
        typed = [(name, content, guess_mimetype(content)) for name, content in files]
        if not (found := complaint_files.refusal(typed)):
            return
        code, name = found
        limit = human_size(complaint_files.MAX_BYTES)
        raise UserError(
            {
                complaint_files.TOO_MANY: self.env._(
                    "Please attach no more than %s files.", complaint_files.MAX_FILES
                ),
                complaint_files.EMPTY: self.env._("The file “%s” is empty.", name),
                complaint_files.TOO_LARGE: self.env._(
                    "The file “%(name)s” is larger than %(limit)s.",
                    name=name,
                    limit=limit,
                ),
                complaint_files.KIND: self.env._(
                    "“%s” is neither a PDF file nor a picture (JPG, PNG, HEIC).", name
                ),
            }[code]
        )

    def _portal_answer(self, act, note):
        """Store what the customer says to the result; return whether it counted."""
        self.ensure_one()
        note = (note or "")[:LONGEST]
        if act == "accept":
            return bool(self._accept(note))
        return bool(act == "refuse" and self._refuse(note))

    def _portal_come_back(self, reason):
        """Open it again, or else make a later complaint: one, however often clicked."""
        self.ensure_one()
        reason = (reason or "").strip()[:LONGEST]
        if not reason:
            raise UserError(self.env._("Please tell us what is wrong."))
        if self.state not in (rule.CLOSED, rule.WITHDRAWN):
            return self
        self.lock_for_update(allow_referencing=True)
        for later in self.follow_up_ids:
            if later.state not in rule.DONE:
                return later
        return self.with_context(mail_create_nosubscribe=True)._come_back(
            reason, channel="portal"
        )
