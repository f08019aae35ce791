from odoo import fields, models

from ...logic import points_expiry as rule

STEPS = [(rule.FIRST, "First notice"), (rule.LAST, "Last notice")]
SKIP_REASONS = [
    ("no_address", "No address"),
    ("opted_out", "Does not want mails"),
    ("archived", "Archived contact"),
]
TEMPLATE = "edu_crm_addon.mail_template_edu_points_notice"
LAYOUT = "mail.mail_notification_light"


class EduPointsNotice(models.Model):
    """One grant whose member was told that it expires, once for each step.

    Made by the nightly job, also of who cannot be written to, and never changed. What a
    member is told of on one day is one mail: that of the first of these records.
    """

    _name = "edu.points.notice"
    _description = "Notice of points that expire"
    _order = "id desc"
    _rec_name = "card_id"

    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        related="card_id.partner_id", string="Member", related_sudo=False
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    entry_id = fields.Many2one(
        "edu.points.entry",
        string="Points entry",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    step = fields.Selection(STEPS, required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    points = fields.Float(readonly=True, digits=(16, 2), help="Left on that day.")
    expires_on = fields.Date(readonly=True)
    skip_reason = fields.Selection(SKIP_REASONS, string="Not sent", readonly=True)

    _step_unique = models.UniqueIndex(
        "(entry_id, step)", "The member was told of this already."
    )

    def _told_together(self):
        """Return what the mail of this record tells, in the order of the days."""
        self.ensure_one()
        rows = self.card_id.edu_notice_ids
        same = rows.filtered(
            lambda row: (
                row.id >= self.id and row.date == self.date and not row.skip_reason
            )
        )
        return same.sorted(lambda row: (row.expires_on, row.id))

    def _send(self):
        """Write one mail for each card of these records, which are new."""
        self.card_id.invalidate_recordset(["edu_notice_ids"], flush=False)
        mailed = self.filtered(lambda notice: not notice.skip_reason).sorted("id")
        first = [notices[:1].id for notices in mailed.grouped("card_id").values()]
        if first:
            self.env.ref(TEMPLATE).send_mail_batch(first, email_layout_xmlid=LAYOUT)
