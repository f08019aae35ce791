from markupsafe import Markup

from odoo import api, fields, models

from ...logic import complaint as steps
from ...logic import deadline as rule

WARNING = "edu_crm_addon.mail_activity_type_complaint_warning"
LATE = "edu_crm_addon.mail_activity_type_complaint_late"
# What each level means for the complaint: who is told, and how high it rises.
TYPES = {
    rule.HALF: WARNING,
    rule.MOST: WARNING,
    rule.DUE: LATE,
    rule.AFTER: LATE,
}
RISES_TO = {rule.DUE: steps.LEADER, rule.AFTER: steps.MANAGER}


class EduComplaintDeadline(models.Model):
    """Who is told of a promise in time, and who is told when it was missed.

    The handler at 50 % and 80 % of the working time, the leader when it is due, the
    manager one working day later: each once, in this order, also when the job stood
    still. Whoever the complaint is about is passed over.
    """

    _inherit = "edu.complaint.deadline"

    @api.model
    def _cron_promises(self):
        """Tell what is to be told; each row says itself when that is."""
        due = [("next_check_at", "<=", fields.Datetime.now())]
        rows = self.search(due, order="next_check_at, id")
        run = self.env["edu.job.failure"]._run_job
        run("complaint_promise", rows, type(self)._tell)

    def _tell(self):
        """Tell every level that is reached; safe to repeat."""
        now = fields.Datetime.now()
        told = {
            row: levels
            for row in self._owed()
            if (levels := rule.to_tell(row.level or None, row._moments(), now))
        }
        for row, levels in told.items():
            row._note_missed(now)
            next_check = rule.next_check(levels[-1], row._moments())
            row.write({"level": levels[-1], "next_check_at": next_check})
        recipients = {
            (row, level): row._recipient(level)
            for row, levels in told.items()
            for level in levels
        }
        self._raise_complaints(told)
        self._schedule_activities(recipients)
        self._log_told(recipients)

    def _recipient(self, level):
        """Return who is told, never one of those the complaint is about."""
        self.ensure_one()
        complaint = self.complaint_id
        if level in RISES_TO:
            return complaint._responsible(RISES_TO[level])
        handler = complaint.user_id
        concerned = handler.partner_id in complaint.accused_partner_ids
        if handler.active and not concerned:
            return handler
        return complaint._responsible(steps.LEADER)

    @api.model
    def _raise_complaints(self, told):
        """What is late is a matter for the level above; the note says so."""
        rank = steps.LEVELS.index
        for level, target in RISES_TO.items():
            rows = self.browse(
                [row.id for row, levels in told.items() if level in levels]
            )
            complaints = rows.complaint_id.filtered(
                lambda c, target=target: rank(c.level) < rank(target)
            )
            complaints.with_context(mail_notrack=True).write({"level": target})

    @api.model
    def _schedule_activities(self, recipients):
        today = {
            company: company._edu_today()
            for company in {row.company_id for row, _level in recipients}
        }
        model_id = self.env["ir.model"]._get_id("edu.complaint")
        types = {xmlid: self.env.ref(xmlid).id for xmlid in (WARNING, LATE)}
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": row.complaint_id.id,
                    "activity_type_id": types[TYPES[level]],
                    "automated": True,
                    "date_deadline": row._day_of(level, today),
                    "user_id": user.id,
                    "summary": row._told_words(level, user.lang),
                }
                for (row, level), user in recipients.items()
                if user
            ]
        )

    def _day_of(self, level, today):
        """Return until when to act: at once if it is late."""
        self.ensure_one()
        if level in RISES_TO:
            return today[self.company_id]
        return self.company_id._edu_today(self.due_at)

    @api.model
    def _log_told(self, recipients):
        """Tell on the complaints who was told what, and why."""
        lines = {}
        for (row, level), user in recipients.items():
            line = self.env._(
                "%(what)s Told: %(who)s.",
                what=row._told_words(level, self.env.lang),
                who=user.sudo().name or self.env._("nobody, there is no one to tell"),
            )
            lines.setdefault(row.complaint_id.id, []).append(line)
        bodies = {key: Markup("<br/>").join(value) for key, value in lines.items()}
        if bodies:
            complaints = self.env["edu.complaint"].browse(bodies)
            complaints._message_log_batch(bodies=bodies)

    def _told_words(self, level, lang):
        """Return what is told at ``level``, in a language."""
        row = self.with_context(lang=lang or self.env.lang)
        given = {"promise": row._kind_label(), "date": row._format(row.due_at)}
        if level == rule.HALF:
            return row.env._(
                "%(promise)s by %(date)s: half of the time is over.", **given
            )
        if level == rule.MOST:
            return row.env._(
                "%(promise)s by %(date)s: 80 %% of the time is over.", **given
            )
        if level == rule.DUE:
            return row.env._("%(promise)s was due on %(date)s: it is late.", **given)
        return row.env._(
            "%(promise)s was due on %(date)s: a working day late.", **given
        )

    # ------------------------------------------------------------------ settled
    def _keep(self, at):
        told = self._owed().filtered("level")
        result = super()._keep(at)
        told._forget_activities()
        return result

    def _drop(self):
        told = self._owed().filtered("level")
        result = super()._drop()
        told._forget_activities()
        return result

    def _forget_activities(self):
        """Nobody is asked any more for what is settled."""
        complaints = self.complaint_id.filtered(
            lambda c: not c.deadline_ids._owed().filtered("level")
        )
        if complaints:
            complaints.activity_unlink([WARNING, LATE])
