from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...const import GROUP_LEADER
from ...logic import complaint as rule

# Which moment is noted when a step is left.
LEFT_AT = {
    rule.RECORD: "recorded_at",
    rule.ASSESS: "assessed_at",
    rule.PLAN: "planned_at",
    rule.IMPLEMENT: "decided_at",
    rule.SUMMARISE: "closed_at",
}


class EduComplaint(models.Model):
    """How a complaint goes from step to step.

    People move it among the seven steps, by button, by hand or by import: whatever an
    earlier step must hold has to be there. The end has actions of its own.
    """

    _inherit = "edu.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints._note_steps(rule.RECEIVE)
        return complaints

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        target = vals["state"]
        before = {}
        for complaint in self.filtered(lambda c: c.state != target):
            before.setdefault(complaint.state, self.browse())
            before[complaint.state] |= complaint
        if not self.env.su:
            for state, complaints in before.items():
                complaints._check_step_change(state, target)
        result = super().write(vals)
        for state, complaints in before.items():
            complaints._note_steps(state)
            complaints._after_step_changed(state, target)
        return result

    # ------------------------------------------------------------------ guards
    def _check_step_change(self, state, target):
        """Who moves a complaint directly moves it among the steps only."""
        if state not in rule.STEPS or target not in rule.STEPS:
            raise UserError(
                self.env._(
                    "A complaint is closed, withdrawn, merged and opened again by the "
                    "buttons for it only."
                )
            )
        back = rule.STEPS.index(target) < rule.STEPS.index(state)
        if back and not self.env.user.has_group(GROUP_LEADER):
            raise UserError(
                self.env._(
                    "Only a leader may take a complaint back to an earlier step."
                )
            )

    def _step_facts(self):
        """Gather ``{complaint: Facts}`` for the whole batch."""
        open_measures = self._with_open_measures()
        return {
            complaint: rule.Facts(
                who=complaint._is_identified(),
                type=bool(complaint.type_id),
                what=bool((complaint.description or "").strip()),
                severity=bool(complaint.severity),
                scope=bool(complaint.scope),
                plan=bool((complaint.plan or "").strip()),
                responsible=bool(complaint.responsibility),
                measures=complaint not in open_measures,
                verdict=complaint.verdict or None,
                explained=bool((complaint.verdict_reason or "").strip()),
                answer=complaint._is_answered(),
                cause=bool(complaint.cause_id),
                lesson=bool((complaint.lesson or "").strip()),
            )
            for complaint in self
        }

    def _is_identified(self):
        self.ensure_one()
        return bool(
            self.is_anonymous
            or self.partner_id
            or (self.partner_name and (self.phone or self.email_from))
        )

    @api.model
    def _held_labels(self):
        """Return the words for what a step must hold."""
        return {
            rule.WHO: self.env._("the complainant (or “anonymous”)"),
            rule.TYPE: self.env._("the type"),
            rule.WHAT: self.env._("what happened"),
            rule.SEVERITY: self.env._("the severity"),
            rule.SCOPE: self.env._("the scope"),
            rule.PLANNED: self.env._("the handling plan"),
            rule.RESPONSIBLE: self.env._("the responsibility"),
            rule.MEASURES: self.env._("the end of every open measure"),
            rule.VERDICT: self.env._("the verdict"),
            rule.REASON: self.env._("the explanation to the customer"),
            rule.ANSWER: self.env._("the customer's answer"),
            rule.CAUSE: self.env._("the cause"),
            rule.LESSON: self.env._("the lesson learned"),
        }

    @api.constrains(
        "state",
        "is_anonymous",
        "partner_id",
        "partner_name",
        "phone",
        "email_from",
        "type_id",
        "description",
        "severity",
        "scope",
        "plan",
        "responsibility",
        "verdict",
        "verdict_reason",
        "cause_id",
        "lesson",
    )
    def _check_steps(self):
        """What a step was left with stays there; import and mass edit obey as well."""
        labels = None
        for complaint, facts in self._step_facts().items():
            if codes := rule.missing(complaint.state, facts):
                labels = labels or self._held_labels()
                states = dict(self._fields["state"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "%(complaint)s cannot be in the step “%(step)s” yet. "
                        "Missing: %(what)s.",
                        complaint=complaint.display_name,
                        step=states[complaint.state],
                        what=", ".join(labels[code] for code in codes),
                    )
                )

    # ------------------------------------------------------------------ changes
    def _update_state(self, allowed, target, **vals):
        """Move those in an ``allowed`` state to ``target``; return who really moved.

        With ``vals`` goes what the new state cannot be without.
        """
        moved = self.filtered(lambda c: c.state in allowed and c.state != target)
        if moved:
            moved.check_access("write")
            # sudo: past the guard of `write`, which nobody passes from outside
            moved.sudo().write({**vals, "state": target})
        return moved

    def _note_steps(self, state):
        """Note when the steps between ``state`` and the present one were left."""
        now = fields.Datetime.now()
        for complaint in self.filtered(lambda c: c.state != state):
            passed = rule.STEPS
            if complaint.state in rule.STEPS:
                passed = rule.STEPS[: rule.STEPS.index(complaint.state)]
            elif complaint.state != rule.CLOSED:
                passed = ()
            vals = {
                name: now
                for step, name in LEFT_AT.items()
                if step in passed and not complaint[name]
            }
            if complaint.state in rule.DONE:
                vals["closed_at"] = complaint.closed_at or now
            if vals:
                # sudo: nobody types these moments
                complaint.sudo().write(vals)

    # ------------------------------------------------------------------ actions
    def action_next_step(self):
        """Go on to the next step; say what is missing otherwise."""
        for complaint in self:
            if complaint.state == rule.SUMMARISE:
                complaint.action_close()
            elif complaint.state in rule.STEPS:
                complaint.state = rule.next_step(complaint.state)

    def action_close(self):
        self.check_access("write")
        for complaint in self:
            complaint._check_may_close()
        # A step that is not there yet is named by the check of the state.
        self._update_state(rule.STEPS, rule.CLOSED)

    def action_withdraw(self):
        """The customer takes it back."""
        self.check_access("write")
        for complaint in self:
            complaint._check_may_close()
        self._update_state(rule.STEPS, rule.WITHDRAWN)

    def _check_may_close(self):
        """What was escalated is closed by a leader, or by who stands in for one."""
        self.ensure_one()
        if (
            self.level != rule.AGENT
            and not self.env.su
            and self.env.user != self.delegate_id
            and not self.env.user.has_group(GROUP_LEADER)
        ):
            raise UserError(
                self.env._(
                    "%s was escalated: the leader closes it, or the delegate.",
                    self.display_name,
                )
            )

    # ------------------------------------------------------------------ in this area
    def _with_open_measures(self):
        """Return those with a measure that is neither done nor dropped."""
        return self.browse()

    def _is_answered(self):
        """Return whether the customer accepted, or kept silent for long enough."""
        self.ensure_one()
        return False

    # ------------------------------------------------------------------ hooks
    def _after_step_changed(self, state, target):
        """Called with those that have just gone from ``state`` to ``target``."""
