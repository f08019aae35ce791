from odoo import models
from odoo.exceptions import UserError

from ...logic import complaint as rule

ESCALATED = "edu_crm_addon.mail_activity_type_complaint_escalated"


class EduComplaint(models.Model):
    """Escalation: whoever a complaint is raised to is asked to act, at once.

    It is raised by what it is about, when a customer refuses, or by hand, to a person
    chosen by whoever cannot solve it.
    """

    _inherit = "edu.complaint"

    def _route(self):
        before = {complaint: complaint.level for complaint in self}
        result = super()._route()
        raised = self.filtered(lambda c: c.level != before[c])
        raised._with_answerable()._ask_raised()
        return result

    def _escalate(self, level=None):
        result = super()._escalate(level)
        self._with_answerable()._ask_raised()
        return result

    def _with_answerable(self):
        """Return those handled by who answers at their level: somebody was there."""
        return self.filtered(lambda c: c.user_id == c._responsible(c.level))

    def _ask_raised(self, reason=None):
        """Give the handlers of these an activity; nobody is asked by oneself."""
        asked = self.sudo().filtered(lambda c: c.user_id and c.user_id != self.env.user)
        if not asked:
            return
        model_id = self.env["ir.model"]._get_id(self._name)
        type_id = self.env.ref(ESCALATED).id
        # sudo: whoever recorded it asks people above
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": complaint.id,
                    "activity_type_id": type_id,
                    "automated": True,
                    "date_deadline": complaint.company_id._edu_today(),
                    "user_id": complaint.user_id.id,
                    "summary": reason or complaint._raised_words(),
                }
                for complaint in asked
            ]
        )

    def _raised_words(self):
        """Return why it is escalated, for who gets it."""
        self.ensure_one()
        env = self.with_context(lang=self.user_id.lang or self.env.lang).env
        if self.is_safety:
            return env._("A matter of safety or law: act at once")
        if self.type_id.to_leader or self.accused_partner_ids:
            return env._("A complaint about staff: look into it")
        return env._("A complaint was escalated to you")

    # ------------------------------------------------------------------ by hand
    def action_escalate(self):
        """Ask to whom, and why."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Escalate"),
            "res_model": "edu.complaint.escalate",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def _escalate_to(self, user, level, reason, is_delegate=False):
        """Give it to ``user``, who is told, at ``level`` or higher; log who and why.

        :param is_delegate: whether the user follows up as the leader's special person,
            who may close it
        """
        self.ensure_one()
        self.check_access("write")
        if user.share or user.partner_id in self.sudo().accused_partner_ids:
            raise UserError(
                self.env._("%s cannot handle this complaint.", user.display_name)
            )
        vals = {
            "user_id": user.id,
            "level": max(self.level, level, key=rule.LEVELS.index),
        }
        if is_delegate:
            vals["delegate_id"] = user.id
        # sudo: whoever escalates passes it on to people above
        complaint = self.sudo()
        complaint.write(vals)
        complaint._ask_raised(reason)
        complaint._message_log(
            body=self.env._(
                "%(who)s escalated it to %(user)s. The reason: %(reason)s",
                who=self.env.user.name,
                user=user.sudo().name,
                reason=reason,
            )
        )
