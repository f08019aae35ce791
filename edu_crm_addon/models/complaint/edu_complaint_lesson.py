from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import complaint as rule

IMPROVEMENT = "edu_crm_addon.mail_activity_type_complaint_improvement"
ALARM = "edu_crm_addon.mail_activity_type_complaint_alarm"
FOUND = (rule.UPHELD, rule.PARTLY)


class EduComplaint(models.Model):
    """What is learned: prevention by somebody, and an alarm when it happens again.

    The alarm is raised once, by the complaint with which the number is reached. Its
    words name no other complaint: not everybody who sees one may see all.
    """

    _inherit = "edu.complaint"

    is_repeated = fields.Boolean(
        string="Repeated",
        readonly=True,
        copy=False,
        help="It was part of an alarm: several upheld complaints about the same "
        "course, type or person within a short time.",
    )

    _found_idx = models.Index("(decided_at) WHERE verdict IN ('upheld', 'partly')")

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints.filtered("improvement_user_id")._follow_improvement()
        return complaints

    def write(self, vals):
        result = super().write(vals)
        if {"improvement", "improvement_user_id", "improvement_date"} & vals.keys():
            self._follow_improvement()
        if "verdict" in vals:
            self.filtered(lambda c: c.state in rule.DECIDED)._raise_alarms()
        return result

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        if target in rule.DECIDED and state not in rule.DECIDED:
            self._raise_alarms()
        return result

    # ------------------------------------------------------------------ prevention
    def _follow_improvement(self):
        """Who is responsible for prevention has it in the list of activities."""
        # sudo: whoever learns the lesson gives the task to a colleague
        for complaint in self.sudo():
            user = complaint.improvement_user_id
            text = (complaint.improvement or "").strip()
            complaint.activity_unlink([IMPROVEMENT])
            if user and text:
                complaint._remind(
                    user,
                    IMPROVEMENT,
                    self.env._("Prevention: %s", text.splitlines()[0][:80]),
                    complaint.improvement_date,
                )

    # ------------------------------------------------------------------ alarm
    def _raise_alarms(self):
        """Tell the leaders what was upheld too often; safe to repeat."""
        # sudo: also those count that the handler may not see
        fresh = self.sudo().filtered(lambda c: c.verdict in FOUND and not c.is_repeated)
        for kind, subject_id, ids in fresh._alarm_rows():
            fresh._raise_alarm(kind, subject_id, fresh.browse(ids))

    def _alarm_rows(self):
        """Return ``[(kind, id, complaint ids)]`` of what these made too many."""
        if not self:
            return []
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                WITH recent AS (
                    SELECT c.id, c.company_id, c.course_id, c.type_id,
                           company.edu_alarm_count AS most
                      FROM edu_complaint c
                      JOIN res_company company ON company.id = c.company_id
                     WHERE c.verdict IN %(found)s
                       AND c.state IN %(decided)s
                       AND c.company_id IN %(companies)s
                       AND c.decided_at >= %(now)s
                         - company.edu_alarm_days * INTERVAL '1 day'
                       AND company.edu_alarm_count > 0
                ), subjects AS (
                    SELECT 'course' AS kind, course_id AS subject, * FROM recent
                    UNION ALL
                    SELECT 'type', type_id, * FROM recent
                    UNION ALL
                    SELECT 'staff', rel.partner_id, recent.* FROM recent
                      JOIN edu_complaint_accused_rel rel
                        ON rel.complaint_id = recent.id
                )
                SELECT kind, subject, ARRAY_AGG(id ORDER BY id)
                  FROM subjects
                 WHERE subject IS NOT NULL
                 GROUP BY kind, subject, company_id, most
                HAVING COUNT(*) >= most
                   AND COUNT(*) FILTER (WHERE id NOT IN %(fresh)s) < most
                 ORDER BY kind, subject
                """,
                found=FOUND,
                decided=rule.DECIDED,
                companies=tuple(self.company_id.ids),
                now=fields.Datetime.now(),
                fresh=tuple(self.ids),
            )
        )

    def _raise_alarm(self, kind, subject_id, complaints):
        """One activity to who answers for the last of ``complaints``, notes on all."""
        latest = (complaints & self).sorted("id")[-1:]
        text = self.env._(
            "%(count)s upheld complaints within %(days)s days: %(subject)s",
            count=len(complaints),
            days=latest.company_id.edu_alarm_days,
            subject=latest._alarm_subject(kind, subject_id),
        )
        complaints._message_log_batch(bodies=dict.fromkeys(complaints.ids, text))
        complaints.is_repeated = True
        latest._remind(latest._alarm_user(complaints), ALARM, text)

    def _alarm_subject(self, kind, subject_id):
        if kind == "course":
            return self.course_id.display_name
        if kind == "type":
            return self.type_id.name
        return self.env["res.partner"].browse(subject_id).name

    def _alarm_user(self, complaints):
        """Return the leader, or who is next above without being concerned by any."""
        self.ensure_one()
        accused = complaints.accused_partner_ids
        for level in (rule.LEADER, rule.MANAGER):
            user = self._responsible(level)
            if user and user.partner_id not in accused:
                return user
        last = self.company_id.edu_compliance_user_id
        return last.filtered(lambda user: user.partner_id not in accused)
