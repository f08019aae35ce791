from odoo import api, models
from odoo.exceptions import UserError

from ...logic import complaint as rule

JOB = "complaint_answer"


class EduComplaint(models.Model):
    """The buttons of the end: answer, solve, close, open again; and the nightly job."""

    _inherit = "edu.complaint"

    def action_reply(self):
        """Log what the customer said to the result."""
        self.ensure_one()
        self._check_waiting()
        return self._open_wizard("edu.complaint.reply", self.env._("Customer's answer"))

    def action_solve(self):
        """Close what was solved at once."""
        self.ensure_one()
        return self._open_wizard(
            "edu.complaint.solve", self.env._("Solved at first contact")
        )

    def action_reopen(self):
        self.ensure_one()
        if self.state not in rule.DONE:
            raise UserError(self.env._("%s is open.", self.display_name))
        return self._open_wizard("edu.complaint.reopen", self.env._("Open again"))

    def action_next_step(self):
        if len(self) == 1 and self.state == rule.SUMMARISE:
            return self.action_close()
        return super().action_next_step()

    def action_close(self):
        """On the telephone the last question is whether the customer is satisfied."""
        unasked = self.filtered(lambda c: c._is_unasked())
        if not unasked or self.env.su:
            return super().action_close()
        for complaint in unasked:
            complaint._check_may_close()
        if len(self) > 1:
            raise UserError(
                self.env._(
                    "Close these one by one, asking whether the customer is satisfied: "
                    "%s",
                    ", ".join(unasked.mapped("name")),
                )
            )
        return self._open_wizard("edu.complaint.close", self.env._("Close"))

    def _is_unasked(self):
        """Return whether it came by telephone and the closing question is open."""
        self.ensure_one()
        return (
            self.channel == "phone" and not self.satisfied and self.state in rule.STEPS
        )

    def _open_wizard(self, model, name):
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    @api.model
    def _cron_close_unanswered(self):
        """Go on with those whose customers have kept silent for long enough."""
        silent = self.search(
            [
                ("state", "=", rule.FEEDBACK),
                ("answer", "=", False),
                ("answer_due_at", "<=", self.env.cr.now()),
                ("waiting_since", "=", False),
            ],
            order="id",
        )
        step = type(self)._close_unanswered
        return self.env["edu.job.failure"]._run_job(JOB, silent, step, size=50)
