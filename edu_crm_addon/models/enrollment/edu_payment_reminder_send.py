from collections import defaultdict

from odoo import api, fields, models

from ...logic import reminders as rule

CALL_ACTIVITY = "edu_crm_addon.mail_activity_type_payment_call"
TEMPLATES = {
    1: "edu_crm_addon.mail_template_account_move_reminder_1",
    2: "edu_crm_addon.mail_template_account_move_reminder_2",
}


class EduPaymentReminder(models.Model):
    """How the steps reach people: mails to the payer, calls by the adviser, a log."""

    _inherit = "edu.payment.reminder"

    def _send_mails(self):
        """Write to the payers, once per invoice, by the highest step of its rows."""
        steps = defaultdict(int)
        for row in self.filtered(lambda row: row.kind == rule.MAIL):
            move_id = row.move_line_id.move_id.id
            steps[move_id] = max(steps[move_id], row.step)
        for step, xmlid in TEMPLATES.items():
            move_ids = [move_id for move_id, found in steps.items() if found == step]
            if move_ids:
                self.env["account.move"].browse(move_ids)._edu_ensure_tokens()
                self.env.ref(xmlid).send_mail_batch(
                    move_ids, email_layout_xmlid="mail.mail_notification_light"
                )

    def _ask_to_call(self):
        """Give the advisers the families to call, once per invoice."""
        calls = self.filtered(lambda row: row.kind == rule.CALL and row.enrollment_id)
        groups = calls.grouped(lambda row: (row.enrollment_id, row.number))
        activity_type = self.env.ref(CALL_ACTIVITY)
        days = {company: company._edu_today() for company in calls.company_id}
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id("edu.enrollment"),
                    "res_id": enrollment.id,
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "date_deadline": days[rows.company_id],
                    "user_id": user.id or self.env.uid,
                    "summary": rows._call_summary(user.lang),
                }
                for (enrollment, _number), rows in groups.items()
                for user in [enrollment.user_id or enrollment.team_id.user_id]
            ]
        )

    def _call_summary(self, lang):
        """Return what to call about, for rows of one invoice."""
        rows = self.with_context(lang=lang or self.env.lang)
        return rows.env._(
            "Call the family: %(amount)s of invoice %(number)s is overdue",
            amount=rows.currency_id.format(sum(rows.mapped("residual"))),
            number=rows[0].number,
        )

    def _log(self):
        """Tell on the enrollments what was done."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        texts = defaultdict(list)
        done = self.filtered(lambda r: r.kind != rule.SKIPPED and r.enrollment_id)
        for row in done:
            text = self.env._(
                "Payment reminder %(step)s (%(kind)s): %(amount)s of invoice "
                "%(number)s, due on %(date)s.",
                step=row.step,
                kind=kinds[row.kind],
                amount=row.currency_id.format(row.residual),
                number=row.number,
                date=fields.Date.to_string(row.date_due),
            )
            texts[row.enrollment_id.id].append(text)
        done.enrollment_id._message_log_batch(
            bodies={key: " ".join(lines) for key, lines in texts.items()}
        )

    @api.model
    def _forget_calls(self, enrollments):
        """What is paid needs no call any more."""
        settled = enrollments.filtered(lambda e: e.payment_state != "overdue")
        settled.activity_unlink([CALL_ACTIVITY])
