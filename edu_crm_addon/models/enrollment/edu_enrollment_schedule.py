from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...logic.enrollment import LIVE, SEATED

SCHEDULE_MAIL = "edu_crm_addon.mail_template_edu_enrollment_schedule"
SEAT_MAIL = "edu_crm_addon.mail_template_edu_enrollment_seat"
LAYOUT = "mail.mail_notification_light"
JOB = "enrollment_mail"
# With one of these in the context nobody is written to: imports, demo data, tests.
SILENT = ("edu_no_mail", "import_file", "install_mode", "install_demo")
TOLD = frozenset({"run_id", "date_start", "teacher_id"})


class EduEnrollment(models.Model):
    """The schedule told to the family, and the mails that go out by themselves.

    Rendering a mail is slow, so confirming an order only marks the enrollment; a job
    that runs every few minutes writes the mails.
    """

    _inherit = "edu.enrollment"

    schedule_sent_at = fields.Datetime(
        string="Schedule told", readonly=True, copy=False
    )
    is_schedule_pending = fields.Boolean(
        string="Schedule mail waits", readonly=True, copy=False
    )
    is_schedule_outdated = fields.Boolean(
        string="Schedule changed since",
        readonly=True,
        copy=False,
        help="What was told is no longer right: send it again.",
    )
    is_seat_news_pending = fields.Boolean(
        string="Seat mail waits", readonly=True, copy=False
    )

    _pending_idx = models.Index(
        "(id) WHERE is_schedule_pending IS TRUE OR is_seat_news_pending IS TRUE"
    )

    @api.model_create_multi
    def create(self, vals_list):
        enrollments = super().create(vals_list)
        enrollments._queue_schedule()
        return enrollments

    def write(self, vals):
        told = self.browse()
        if not TOLD.isdisjoint(vals):
            told = self.filtered(
                lambda e: (
                    e.schedule_sent_at
                    and any(
                        e._fields[name].convert_to_write(e[name], e) != vals[name]
                        for name in TOLD & vals.keys()
                    )
                )
            )
        result = super().write(vals)
        told._outdate_schedule()
        return result

    # ------------------------------------------------------------------ actions
    def action_send_schedule(self):
        """Tell the family now, by mail."""
        self.check_access("write")
        for enrollment in self:
            if not email_normalize(enrollment.contact_id.email):
                raise UserError(
                    self.env._(
                        "%s has no email address. Tell the family in another way and "
                        "mark the schedule as told.",
                        enrollment.contact_id.display_name,
                    )
                )
        self._send_schedule()
        self._roll()

    def action_mark_told(self):
        """The family was told by phone, by message or on paper."""
        self.check_access("write")
        for enrollment in self:
            enrollment._message_log(
                body=self.env._("The family was told the schedule.")
            )
        self._stamp_schedule()
        self._roll()

    # ------------------------------------------------------------------ the schedule
    def _send_schedule(self):
        for enrollment in self:
            enrollment._post_template(SCHEDULE_MAIL)
        self._stamp_schedule()

    def _stamp_schedule(self):
        # sudo: stamped here only
        self.sudo().write(
            {
                "schedule_sent_at": fields.Datetime.now(),
                "is_schedule_pending": False,
                "is_schedule_outdated": False,
            }
        )

    def _outdate_schedule(self):
        """What was told is no longer right; the step stays done."""
        told = self.filtered(lambda e: e.schedule_sent_at and e.state in LIVE)
        if told:
            # sudo: whoever changed the run
            told.sudo().is_schedule_outdated = True

    def _post_template(self, xmlid):
        """Write to the family, in its language and in the history of the enrollment."""
        self.ensure_one()
        template = self.env.ref(xmlid, raise_if_not_found=False)
        if not template:
            raise UserError(self.env._("The template of the mail was deleted."))
        self.message_post_with_source(
            template,
            email_layout_xmlid=LAYOUT,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _ask_adviser(self, summary):
        """Give the advisers an activity, if there is one to give it to."""
        for adviser, enrollments in self.grouped("user_id").items():
            if adviser.active:
                # The activity is in the adviser's list; one email each is too much.
                enrollments.with_context(
                    mail_activity_quick_update=True
                ).activity_schedule(
                    "mail.mail_activity_data_call",
                    summary=summary,
                    user_id=adviser.id,
                )

    # ------------------------------------------------------------------ the queue
    def _after_seat_offered(self):
        """The adviser calls, the family gets a mail."""
        result = super()._after_seat_offered()
        self._ask_adviser(self.env._("A seat became free: call the family"))
        if not self._is_silent():
            # sudo: as in `_queue_schedule`
            self.sudo().is_seat_news_pending = True
        return result

    def _is_silent(self):
        return any(map(self.env.context.get, SILENT))

    def _queue_schedule(self):
        """Have the job send it as soon as there is a place."""
        if self._is_silent():
            return
        # sudo: the mail goes out whoever enrolls, by the setting of the company
        due = self.sudo().filtered(
            lambda e: e.company_id._edu_setting("edu_send_schedule")
        )
        if due:
            due.is_schedule_pending = True

    @api.model
    def _cron_mail(self):
        """Write the mails that wait, one enrollment at a time."""
        pending = self.search(
            Domain("is_seat_news_pending", "=", True)
            | Domain("is_schedule_pending", "=", True) & Domain("state", "in", SEATED),
            order="id",
        )
        self.env["edu.job.failure"]._run_job(
            JOB, pending, type(self)._send_pending, size=20
        )

    def _send_pending(self):
        """Who has no place any more is not told, who has no address is called."""
        seated = self.filtered(lambda e: e.state in SEATED)
        untold = seated.filtered("is_schedule_pending")
        reached = seated.filtered(lambda e: email_normalize(e.contact_id.email))
        for enrollment in reached.filtered("is_seat_news_pending"):
            enrollment._post_template(SEAT_MAIL)
        self.is_seat_news_pending = False
        (untold & reached)._send_schedule()
        (untold - reached)._ask_adviser(
            self.env._("No email address: tell the family the schedule")
        )
        untold.is_schedule_pending = False
        self._roll()
