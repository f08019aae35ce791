from odoo import models
from odoo.exceptions import UserError

from ...logic import complaint as rule
from .edu_complaint_answer import ACCEPTED, STAFF


class EduComplaint(models.Model):
    """Solved at first contact: closed at once, with the data given."""

    _inherit = "edu.complaint"

    def _close_at_first_contact(
        self,
        solution,
        cause,
        satisfied="yes",
        *,
        verdict=rule.UPHELD,
        verdict_reason=None,
        responsibility="service",
    ):
        """Fill in what the steps still miss, and close.

        :param str solution: what was done for the customer
        :param cause: record of ``edu.complaint.cause``
        :param satisfied: code of the field, or whether the customer is satisfied
        """
        self.check_access("write")
        code = satisfied if isinstance(satisfied, str) else "yes" if satisfied else "no"
        if code == "no":
            raise UserError(
                self.env._(
                    "The customer is not satisfied: it is not solved. Go on with it or "
                    "escalate it."
                )
            )
        for complaint in self.filtered(lambda c: c.state in rule.STEPS):
            complaint._check_may_close()
            given = {
                "description": complaint.subject,
                "severity": "minor",
                "scope": "single",
                "plan": solution,
                "responsibility": responsibility,
                "cause_id": cause.id,
                "lesson": solution,
                "satisfied": code,
            }
            if not complaint.severity:
                given["complexity"] = "simple"
            if complaint.state not in rule.DECIDED:
                given["verdict"] = verdict
                given["verdict_reason"] = verdict_reason or solution
            complaint.write(complaint._still_missing(given))
            complaint._solve()
        return self

    def _still_missing(self, given):
        """Return of ``given`` what is not known yet; a class is never lost."""
        return {
            name: value
            for name, value in given.items()
            if name in ("complexity", "satisfied") or not self[name]
        }

    def _solve(self):
        """Close it as accepted; it counts as solved at first contact if it was."""
        is_first = self.round == 1 and not self.refusal_count
        if not self._is_answered():
            self._log_answer(ACCEPTED, None, STAFF)
        # sudo: past the guard of `write`
        self.sudo().is_first_contact = is_first and self.state not in rule.DECIDED
        self._update_state(rule.STEPS, rule.CLOSED)
