from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...logic import complaint as rule

COMMENT = "mail.mt_comment"
PROGRESS = "edu_crm_addon.mail_template_edu_complaint_progress"
WROTE_AGAIN = "edu_crm_addon.mail_activity_type_complaint_wrote_again"
UNREACHED = "edu_crm_addon.mail_activity_type_complaint_unreached"
SPOKEN = ("comment", "email")


class EduComplaint(models.Model):
    """The talk with the customer: what a colleague says aloud is said to the customer.

    Messages reach the customer's address, with or without a contact, and show in the
    portal; notes stay among colleagues. The customer was told when the mail server took
    the mail, not when somebody wrote it. Until then a customer who wrote is waiting.
    """

    _inherit = "edu.complaint"
    # Whoever was in Cc of a mail is named to nobody.
    _CUSTOMER_HEADERS_LIMIT_COUNT = 0

    last_told_at = fields.Datetime(
        string="Customer last told",
        readonly=True,
        copy=False,
        help="When a message to the customer was last sent, by a person.",
    )
    waiting_since = fields.Datetime(
        string="Customer waiting since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="When the customer first wrote after our last answer.",
    )
    is_unanswered_late = fields.Boolean(
        string="Answer late",
        compute="_compute_is_unanswered_late",
        search="_search_is_unanswered_late",
        help="The customer wrote, and got no answer within the hours of the settings.",
    )

    @api.depends("waiting_since", "state", "company_id.edu_complaint_answer_hours")
    def _compute_is_unanswered_late(self):
        now = fields.Datetime.now()
        for complaint in self:
            hours = complaint.company_id.edu_complaint_answer_hours
            complaint.is_unanswered_late = (
                hours > 0
                and bool(complaint.waiting_since)
                and complaint.state not in rule.DONE
                and now - complaint.waiting_since >= timedelta(hours=hours)
            )

    @api.model
    def _search_is_unanswered_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        late = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("waiting_since", "<=", now - timedelta(hours=hours))
            # sudo: everybody's search obeys the settings
            for company in self.env["res.company"].sudo().search([("id", "!=", 0)])
            if (hours := company.edu_complaint_answer_hours) > 0
        )
        return late & Domain("state", "not in", rule.DONE)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.context.get("edu_robot_mail"):
            for vals in vals_list:
                if self._is_just_written(vals):
                    vals["waiting_since"] = (
                        vals.get("received_at") or fields.Datetime.now()
                    )
        return super().create(vals_list)

    def _after_step_changed(self, state, target):
        if target in (rule.CLOSED, rule.WITHDRAWN):
            # sudo: nobody types it
            self.sudo().filtered("waiting_since").waiting_since = False
        return super()._after_step_changed(state, target)

    def _after_merged_into(self, target):
        """Who waits goes on waiting there."""
        both = (self | target).sudo()  # sudo: nobody types it
        waiting = both.filtered("waiting_since").sorted("waiting_since")
        target.sudo().waiting_since = waiting[:1].waiting_since
        (both - target).waiting_since = False
        return super()._after_merged_into(target)

    # ------------------------------------------------------------------ actions
    def action_progress_report(self):
        """Write to the customer how things stand."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Progress report"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": self.env.ref(PROGRESS).id,
                "default_composition_mode": "comment",
                "default_subtype_xmlid": COMMENT,
                "force_email": True,
            },
        }

    def action_mark_answered(self):
        """The customer was answered in another way, or needs no answer."""
        self.check_access("write")
        self.sudo().waiting_since = False  # sudo: nobody types it

    # ------------------------------------------------------------------ our words
    def message_post(self, **kwargs):
        if self._is_said_to_customer(kwargs):
            kwargs = self._with_customer(kwargs)
        return super().message_post(**kwargs)

    def _is_said_to_customer(self, values):
        """Return whether ``values`` of ``message_post`` are open words of ours."""
        if values.get("message_type", "notification") not in SPOKEN:
            return False
        comment = self.env["ir.model.data"]._xmlid_to_res_id(COMMENT)
        xmlid, subtype_id = values.get("subtype_xmlid"), values.get("subtype_id")
        if xmlid != COMMENT and (xmlid or subtype_id != comment):
            return False
        author = self.env["res.partner"].sudo().browse(values.get("author_id"))
        if not author:
            author = self._message_compute_author(None, values.get("email_from"))[0]
            author = self.env["res.partner"].sudo().browse(author)
        return bool(author) and not author.partner_share

    def _with_customer(self, values):
        """Address the customer, who is no follower, as well."""
        recipients = self.sudo()._customer_recipients()
        partner_ids = list(values.get("partner_ids") or [])
        # sudo: addresses of whom the user has chosen already
        chosen = self.env["res.partner"].sudo().browse(partner_ids)
        address = recipients.get("outgoing_email_to")
        if address and address not in chosen.mapped("email_normalized"):
            others = values.get("outgoing_email_to")
            return {
                **values,
                "outgoing_email_to": ",".join(filter(None, (others, address))),
            }
        customer_ids = recipients.get("partner_ids", [])
        return {**values, "partner_ids": list({*partner_ids, *customer_ids})}

    def _notify_get_reply_to(self, default=None, author_id=False):
        """Answers go to the address of the team."""
        # sudo: aliases are the administrator's
        addresses = {c: c.sudo().team_id.alias_full_name for c in self}
        result = {
            complaint.id: complaint._notify_get_reply_to_formatted_email(
                address, author_id=author_id
            )
            for complaint, address in addresses.items()
            if address and "@" in address
        }
        if others := self.filtered(lambda c: c.id not in result):
            result |= super(EduComplaint, others)._notify_get_reply_to(
                default=default, author_id=author_id
            )
        return result

    def _sort_suggested_messages(self, messages):
        """Offer no “reply to all”: whoever was in Cc may be anybody."""
        return messages.browse()

    # ------------------------------------------------------------------ what follows
    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        comment = self.env["ir.model.data"]._xmlid_to_res_id(COMMENT)
        if message.message_type in SPOKEN and msg_values["subtype_id"] == comment:
            # sudo: whoever may speak moves what counts the waiting
            if not message.author_id or message.author_id.sudo().partner_share:
                self.sudo()._after_customer_wrote(message)
            else:
                self.sudo()._after_colleague_wrote(message)
        return result

    def _after_customer_wrote(self, message):
        if self.state in rule.DONE:
            self._ask_leader(WROTE_AGAIN)
        elif not self.waiting_since:
            self.waiting_since = message.date

    def _after_colleague_wrote(self, message):
        """Take over the contact the composer made of the customer's address."""
        address = email_normalize(self.email_from)
        if address and not self.partner_id and not self.is_anonymous:
            partners = message.partner_ids
            self.partner_id = partners.filtered(
                lambda partner: partner.email_normalized == address
            )[:1]
        if not self._customer_recipients():
            # It shows in the portal, which is all there is.
            self.waiting_since = False

    def _after_mailed(self, message, reached):
        """Called when the mail of ``message`` was sent, or not, to the customer."""
        self.ensure_one()
        if message == self.receipt_message_id:
            self._after_receipt_mailed(reached)
        elif reached and message._edu_is_answer(self.company_id.partner_id):
            now = fields.Datetime.now()
            waiting = self.waiting_since
            vals = {"last_told_at": now}
            if waiting and waiting <= message.date:
                vals["waiting_since"] = False
            self.write(vals)
            self._count_progress(now)

    def _message_receive_bounce(self, email, partner):
        """What came back told nobody anything: the handler finds another way."""
        for complaint in self.filtered(lambda c: c.state not in rule.DONE):
            if email_normalize(email) in complaint._customer_addresses():
                leader = complaint._responsible(rule.LEADER)
                complaint._ask(UNREACHED, complaint.user_id or leader)
        return super()._message_receive_bounce(email, partner)

    def _ask_leader(self, activity_type):
        user = self._responsible(rule.LEADER) or self.user_id
        self._ask(activity_type, user)

    def _ask(self, xmlid, user):
        """Give ``user`` something to do, once as long as it is open."""
        if user and not self.activity_search([xmlid], user_id=user.id):
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                xmlid, user_id=user.id, date_deadline=self.company_id._edu_today()
            )
