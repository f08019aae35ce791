from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...logic import enrollment as rule
from .edu_enrollment import CLAIMED

JOB = "enrollment_roll"


class EduEnrollment(models.Model):
    """How an enrollment changes its state: by people, by seats, by the calendar."""

    _inherit = "edu.enrollment"

    is_waiting = fields.Boolean(
        string="Waiting for a seat",
        compute="_compute_is_waiting",
        search="_search_is_waiting",
    )

    @api.depends("state", "run_id")
    def _compute_is_waiting(self):
        for enrollment in self:
            enrollment.is_waiting = enrollment.state == rule.DRAFT and bool(
                enrollment.run_id
            )

    @api.model
    def _search_is_waiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", rule.DRAFT) & Domain("run_id", "!=", False)

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_state", rule.DRAFT)
        if not self.env.su and any(
            vals.get("state", default) != rule.DRAFT for vals in vals_list
        ):
            raise self._state_error()
        return super().create(vals_list)

    def write(self, vals):
        """Whatever moves a date or a step may move the state at once."""
        if "state" in vals and not self.env.su:
            self._check_state_change(vals["state"])
        waiting = self.filtered("is_waiting") if "run_id" in vals else self.browse()
        result = super().write(vals)
        if waiting:
            waiting._take_seats()
        if {"date_start", "date_end", "term", "term_unit"} & vals.keys():
            self._roll()
        return result

    def _check_state_change(self, target):
        """Import and RPC may not set what only an action or the calendar decides."""
        if any(enrollment.state != target for enrollment in self):
            raise self._state_error()

    def _state_error(self):
        return UserError(
            self.env._(
                "The state of an enrollment follows from its order, its dates and its "
                "onboarding; it cannot be set directly."
            )
        )

    # ------------------------------------------------------------------ actions
    def action_activate(self):
        """Begin now what is ready; say what is missing otherwise."""
        self.check_access("write")
        for enrollment in self:
            if missing := enrollment._missing_steps():
                raise UserError(
                    self.env._(
                        "%(enrollment)s cannot begin. Missing: %(steps)s.",
                        enrollment=enrollment.display_name,
                        steps=", ".join(missing),
                    )
                )
        self._roll()

    def action_take_seat(self):
        """Let those who wait in, as far as there are seats."""
        self.check_access("write")
        seated = self._take_seats()
        if self - seated:
            raise UserError(self.env._("There is no free seat."))

    # ------------------------------------------------------------------ changes
    def _update_state(self, allowed, target):
        """Move those in an ``allowed`` state to ``target``; return who really moved."""
        moved = self.filtered(lambda e: e.state in allowed and e.state != target)
        if moved:
            moved.check_access("write")
            # sudo: past the guard of `write`, which nobody passes from outside
            moved.sudo().write({"state": target})
            moved._after_state_changed(target)
        return moved

    def _take_seats(self):
        """Seat the registered ones while there are seats; return who got one."""
        waiting = self.filtered(lambda e: e.state == rule.DRAFT).sorted("id")
        left = waiting.run_id._seats_left()
        seated = self.browse()
        for enrollment in waiting:
            seats = left.get(enrollment.run_id)
            if seats is not None:
                if seats < 1:
                    continue
                left[enrollment.run_id] -= 1
            seated |= enrollment
        claimed = seated.with_context(edu_seats=CLAIMED)
        claimed._update_state((rule.DRAFT,), rule.ONBOARDING)
        seated._roll()
        return seated

    def _cancel(self):
        """The order is no longer confirmed."""
        return self._update_state(rule.LIVE, rule.CANCELED)

    def _revive(self):
        """The order is confirmed again."""
        return self._update_state((rule.CANCELED,), rule.DRAFT)

    def _withdraw(self, date_end):
        """The learner leaves; ``date_end`` is the last day."""
        withdrawn = self._update_state(rule.LIVE, rule.WITHDRAWN)
        for enrollment in withdrawn:
            enrollment.date_end = max(date_end, enrollment.date_start)
        return withdrawn

    # ------------------------------------------------------------------ the calendar
    def _roll_facts(self):
        """Gather ``{enrollment: (Facts, today)}`` for the whole batch."""
        days = {company: company._edu_today() for company in self.company_id}
        return {
            enrollment: (
                rule.Facts(
                    state=enrollment.state,
                    date_start=enrollment.date_start,
                    date_end=enrollment.date_end or None,
                    is_ready=enrollment.is_ready,
                    is_paused=enrollment.pause_ids._covers(days[enrollment.company_id]),
                ),
                days[enrollment.company_id],
            )
            for enrollment in self
        }

    def _roll(self):
        """Bring the state up to the day; safe to repeat."""
        moved = {}
        for enrollment, (facts, today) in self._roll_facts().items():
            target = rule.roll(facts, today)
            if target != facts.state:
                moved[target] = moved.get(target, self.browse()) | enrollment
        for target, enrollments in moved.items():
            # The host writes a message of its own for each record: too slow at night.
            quiet = enrollments.with_context(mail_notrack=True)
            quiet._update_state(rule.ROLLED, target)._log_state()

    def _log_state(self):
        """Write the new state to the chatters, all at once."""
        if self.env.context.get("tracking_disable"):
            return
        untold = self - self._tracked_by_host()
        if not untold:
            return
        names = dict(self._fields["state"]._description_selection(self.env))
        body = self.env._("State: %(state)s", state=names[untold[:1].state])
        untold._message_log_batch(bodies=dict.fromkeys(untold.ids, body))

    def _tracked_by_host(self):
        """Return whose change of state the host writes down with an earlier write."""
        pending = self.env.cr.precommit.data.get(f"mail.tracking.{self._name}") or {}
        return self.filtered(lambda e: "state" in (pending.get(e.id) or ()))

    @api.model
    def _roll_domain(self, today):
        """Return which ones ``logic.enrollment.roll`` would move on ``today``."""
        begun = Domain("date_start", "<=", today)
        over = Domain("date_end", "!=", False) & Domain("date_end", "<", today)
        paused = Domain(
            "pause_ids",
            "any",
            Domain("date_from", "<=", today)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today)),
        )
        state = {code: Domain("state", "=", code) for code in rule.ROLLED}
        too_early = ~begun & Domain("state", "in", [*rule.ROLLED[1:]])
        return too_early | (
            begun
            & Domain.OR(
                [
                    state[rule.ONBOARDING] & (over | Domain("is_ready", "=", True)),
                    state[rule.ACTIVE] & (over | paused),
                    state[rule.PAUSED] & ~paused,
                    state[rule.ENDED] & ~over,
                ]
            )
        )

    @api.model
    def _cron_roll(self):
        companies = self.env["res.company"].search([("id", "!=", 0)])
        due = self.search(
            Domain.OR(
                Domain("company_id", "=", company.id)
                & self._roll_domain(company._edu_today())
                for company in companies
            ),
            order="id",
        )
        step = type(self)._roll
        self.env["edu.job.failure"]._run_job(JOB, due, step)

    # ------------------------------------------------------------------ hooks
    def _after_state_changed(self, target):
        """Called with those that have just moved to ``target``."""

    def _after_seat_offered(self):
        """Called with those who got a seat they had waited for."""
