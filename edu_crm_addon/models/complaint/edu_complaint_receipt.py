from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...logic import complaint as rule
from ...logic.deadline import ACKNOWLEDGE, DECIDE

JOB = "complaint_acknowledge"
CRON = "edu_crm_addon.ir_cron_complaint_acknowledge"
TEMPLATE = "edu_crm_addon.mail_template_edu_complaint_acknowledgement"
QUEUE = "mail.ir_cron_mail_scheduler_action"
# Whoever writes waits for a sign that it arrived; on the telephone it is heard.
WRITTEN = ("email", "portal", "web")
HEADERS = {
    "Auto-Submitted": "auto-replied",
    "X-Auto-Response-Suppress": "All",
}
WAITING = "waiting"
RECEIPT_STATES = [
    ("none", "By hand"),
    (WAITING, "To send"),
    ("sent", "Sent"),
    ("failed", "Not delivered"),
    ("robot", "Not sent: automatic mail"),
    ("no_address", "Not sent: no address"),
]


class EduComplaint(models.Model):
    """The acknowledgement: once per complaint, with number, promised date and link.

    A job of its own sends it, so that no trouble with outgoing mail can disturb the
    reception. Mail waits for its next run, as it waited to be fetched; who looks at a
    page is answered at once. Robots get none.
    """

    _inherit = "edu.complaint"

    acknowledged_at = fields.Datetime(
        string="Acknowledged", readonly=True, copy=False, tracking=True
    )
    receipt_state = fields.Selection(
        RECEIPT_STATES,
        string="Acknowledgement",
        required=True,
        readonly=True,
        default="none",
        copy=False,
    )
    receipt_message_id = fields.Many2one(
        "mail.message",
        readonly=True,
        copy=False,
        # Else each message the host deletes would read all complaints.
        index="btree_not_null",
        ondelete="set null",
    )

    _receipt_idx = models.Index("(id) WHERE receipt_state = 'waiting'")

    @api.model_create_multi
    def create(self, vals_list):
        robot = self.env.context.get("edu_robot_mail")
        for vals in vals_list:
            if self._is_just_written(vals):
                vals["receipt_state"] = "robot" if robot else WAITING
        complaints = super().create(vals_list)
        waiting = complaints.filtered(lambda c: c.receipt_state == WAITING)
        if any(complaint.channel != "email" for complaint in waiting):
            # sudo: whoever writes starts the job that answers
            cron_id = self.env["ir.model.data"]._xmlid_to_res_id(CRON)
            self.env["ir.cron"].sudo().browse(cron_id)._trigger()
        return complaints

    @api.model
    def _is_just_written(self, vals):
        """Return whether a customer has just written what ``vals`` record.

        Complaints of old that are imported, and those of demo data, are no news.
        """
        context = self.env.context
        return (
            vals.get("channel") in WRITTEN
            and vals.get("state", rule.RECEIVE) not in rule.DONE
            and not context.get("import_file")
            and not context.get("install_mode")
        )

    def action_send_acknowledgement(self):
        """Send it to whoever called or came in person."""
        self.check_access("write")
        self._acknowledge()
        if unreached := self.filtered(lambda c: c.receipt_state == "no_address"):
            raise UserError(
                self.env._(
                    "%s has no email address.",
                    ", ".join(unreached.mapped("display_name")),
                )
            )

    @api.model
    def _cron_acknowledge(self):
        waiting = self.search([("receipt_state", "=", WAITING)], order="id")
        self.env["edu.job.failure"]._run_job(
            JOB, waiting, type(self)._acknowledge, size=20
        )

    def _acknowledge(self):
        """Post the acknowledgement to those without one; safe to repeat."""
        # sudo: agents cannot write as the company, and the link needs a token
        todo = self.sudo().filtered(lambda c: not c.acknowledged_at)
        reached = todo.filtered(lambda c: c._customer_recipients())
        (todo - reached).receipt_state = "no_address"
        if not reached:
            return
        template = self.env.ref(TEMPLATE).sudo()
        texts = template._generate_template(reached.ids, ("subject", "body_html"))
        for complaint in reached:
            complaint._post_receipt(texts[complaint.id])
        self.env.ref(QUEUE).sudo()._trigger()

    def _post_receipt(self, values):
        message = self.message_post(
            body=Markup(values["body_html"]),
            subject=values["subject"],
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.company_id.partner_id.id,
            email_from=self.company_id.email_formatted or None,
            email_layout_xmlid="mail.mail_notification_light",
            email_add_signature=False,
            force_email_lang=self._customer_lang(),
            force_send=False,
            mail_headers=HEADERS,
            notify_skip_followers=True,
            **self._customer_recipients(),
        )
        self.write(
            {
                "acknowledged_at": fields.Datetime.now(),
                "receipt_state": "sent",
                "receipt_message_id": message.id,
            }
        )

    def _promised_kinds(self):
        """Nobody promises a robot an acknowledgement."""
        kinds = super()._promised_kinds()
        if self.receipt_state == "robot":
            return tuple(kind for kind in kinds if kind != ACKNOWLEDGE)
        return kinds

    def _after_receipt_mailed(self, sent):
        """Called when the mail server took it, or did not: only now it is a promise
        kept. What failed can be sent again.
        """
        now = fields.Datetime.now()
        if sent:
            self.write({"receipt_state": "sent", "acknowledged_at": now})
            self._keep_promise(ACKNOWLEDGE, now)
        else:
            self.write({"receipt_state": "failed", "acknowledged_at": False})

    # ------------------------------------------------------------------ whom and what
    def _customer_recipients(self):
        """Return where mail reaches the customer: values of ``message_post``, or {}."""
        self.ensure_one()
        partner = self.partner_id
        if partner.email_normalized:
            return {"partner_ids": partner.ids}
        address = email_normalize(self.email_from)
        return {"outgoing_email_to": address} if address else {}

    def _customer_lang(self):
        self.ensure_one()
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang

    def _promised_on(self):
        """Return the day, at the school, until which the customer has a decision."""
        self.ensure_one()
        due_at = self._owed_rows(DECIDE)[:1].due_at
        return due_at and self.company_id._edu_today(due_at)
