from odoo import api, models
from odoo.exceptions import UserError

from ...logic import low_score as rule

# What whoever follows up may write; all else follows from answers and buttons.
WRITABLE = frozenset({"user_id", "date_due", "cause", "result"})


class EduSatisfactionFollowUp(models.Model):
    """open -> done -> asked again -> recovered or still dissatisfied.

    Only the buttons and the new answer move it. It is done with a result only.
    """

    _inherit = "edu.satisfaction.follow.up"

    # ------------------------------------------------------------------ guards
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(
                self.env._("Follow-ups are made of answers with a low score only.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and (kept := self._kept_fields(vals)):
            raise UserError(
                self.env._(
                    "%s follows from the answer and the buttons; nobody writes it.",
                    ", ".join(kept),
                )
            )
        result = super().write(vals)
        if not {"user_id", "date_due"}.isdisjoint(vals):
            self._move_activities()
        return result

    def _kept_fields(self, vals):
        """Return the labels of what ``vals`` would write and nobody may."""
        return [
            field._description_string(self.env)
            for name in vals
            if (field := self._fields.get(name))
            and field.store
            and name not in WRITABLE
            and not name.startswith(("activity_", "message_"))
        ]

    # ------------------------------------------------------------------ buttons
    def action_done(self):
        """Finish what has a result."""
        self.check_access("write")
        if missing := self.filtered(lambda f: not (f.result or "").strip()):
            raise UserError(
                self.env._(
                    "Say what was done and what the customer said, first: %s",
                    ", ".join(missing.mapped("display_name")),
                )
            )
        self._finish()

    def action_reopen(self):
        """Take up again what did not help, or was done too early."""
        self.check_access("write")
        moved = self._update_state(
            (rule.DONE, rule.NOT_RECOVERED), rule.OPEN, date_done=False, reask_id=False
        )
        moved._ask_to_call()

    def action_open_complaint(self):
        self.ensure_one()
        self.check_access("read")
        return self.complaint_id.get_formview_action()

    def action_open_answer(self):
        """Show the answer sheet; its own rights decide who may."""
        self.ensure_one()
        self.check_access("read")
        return self.input_id.get_formview_action()

    # ------------------------------------------------------------------ state
    def _finish(self):
        """End these, which have a result; their activities are done."""
        for company, follow_ups in self.grouped("company_id").items():
            moved = follow_ups._update_state(
                (rule.OPEN,), rule.DONE, date_done=company._edu_today()
            )
            # sudo: whoever may finish it ends the calls of others for it as well
            moved.sudo().activity_ids.unlink()

    def _update_state(self, allowed, target, **vals):
        """Move those in an ``allowed`` state to ``target``; return who really moved."""
        moved = self.filtered(lambda f: f.state in allowed)
        if moved:
            # sudo: past the guard of `write`, which nobody passes from outside
            moved.sudo().write({"state": target, **vals})
        return moved
