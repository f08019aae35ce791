from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...logic import complaint as step_rule
from ...logic import measure as rule
from ...logic.deadline import REPAIR

VISIT = "edu_crm_addon.mail_activity_type_complaint_visit"


class EduComplaint(models.Model):
    """The repair plan: how the relation is mended once the decision was told.

    After every complaint somebody asks the customer how it went. Who was hit hard gets
    a whole plan, without which such a complaint is not closed by hand.
    """

    _inherit = "edu.complaint"

    def action_propose_repair(self):
        """Plan what usually mends the relation, besides what is planned already."""
        self.check_access("write")
        self._plan_repair(
            {
                complaint: rule.repair_kinds(
                    complaint.severity,
                    complaint._repair_kinds() | complaint._compensations(),
                )
                for complaint in self
            }
        )

    def action_close(self):
        for complaint in self:
            complaint._check_repair_plan()
        return super().action_close()

    def _check_repair_plan(self):
        self.ensure_one()
        if (
            self.severity in rule.GRAVE
            and self._is_reachable()
            and not self._repair_kinds()
        ):
            raise UserError(
                self.env._(
                    "%s hit the customer hard: plan how the relation is mended before "
                    "it is closed.",
                    self.display_name,
                )
            )

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        if target == step_rule.CLOSED:
            self._complete_repair_plan()
        return result

    def _complete_repair_plan(self):
        """At least a return visit follows; jobs that close get the whole plan."""
        reachable = self.filtered(lambda c: c._is_reachable())
        kinds = {}
        for complaint in reachable:
            planned = complaint._repair_kinds()
            if not planned:
                compensated = complaint._compensations()
                kinds[complaint] = rule.repair_kinds(complaint.severity, compensated)
            elif rule.RETURN_VISIT not in planned:
                kinds[complaint] = (rule.RETURN_VISIT,)
        reachable._plan_repair(kinds)
        reachable._schedule_visits()
        for closed_at, complaints in reachable.grouped("closed_at").items():
            complaints._after_repair_planned(closed_at)

    def _is_reachable(self):
        """Whoever complained without a name is not visited."""
        self.ensure_one()
        return bool(
            not self.is_anonymous and (self.partner_id or self.phone or self.email_from)
        )

    def _repair_kinds(self):
        """Return the kinds of repair that are planned, or done in this round."""
        self.ensure_one()
        measures = self._all_measures().filtered("is_repair")
        return {
            measure.kind
            for measure in measures
            if measure.state in rule.OPEN
            or (
                measure.state == rule.DONE
                and not (self.reopened_at and measure.done_at <= self.reopened_at)
            )
        }

    def _compensations(self):
        """Return the kinds of compensation that the decision granted."""
        self.ensure_one()
        measures = self._all_measures().filtered(lambda m: m.state != rule.DROPPED)
        return set(measures.mapped("kind")) & set(rule.COMPENSATIONS)

    def _plan_repair(self, kinds):
        """Make the repair measures ``{complaint: kinds}``, all by one ``create``."""
        # sudo: whoever closes the complaint, also a job or the customer
        self.env["edu.complaint.measure"].sudo().create(
            [
                {
                    "complaint_id": complaint.id,
                    "kind": kind,
                    "is_repair": True,
                    "date_due": complaint._repair_due(),
                }
                for complaint, wanted in kinds.items()
                for kind in wanted
            ]
        )

    def _repair_due(self):
        self.ensure_one()
        company = self.company_id
        return company._edu_today() + timedelta(days=company.edu_repair_days)

    def _open_visits(self):
        return self._all_measures().filtered(
            lambda m: (
                m.kind == rule.RETURN_VISIT and m.is_repair and m.state in rule.OPEN
            )
        )

    def _schedule_visits(self):
        """Who is to ask the customer has it in the list of activities."""
        visits = {}
        for complaint in self:
            for visit in complaint._open_visits():
                user = visit.user_id or complaint._responsible(complaint.level)
                visits.setdefault((user, visit.date_due), self.browse())
                visits[user, visit.date_due] |= complaint
        for (user, date_due), complaints in visits.items():
            summary = self.env._("Ask the customer how it went")
            complaints._remind(user, VISIT, summary, date_due)

    def _dismiss_visits(self):
        """Who asked the customer is done with it."""
        for complaint in self:
            if not complaint._open_visits():
                # sudo: whoever noted the visit, for the colleague who had it to do
                complaint.sudo().activity_feedback([VISIT])

    def _follow_repair(self):
        """Tell when the last repair measure of a closed complaint has ended."""
        for complaint in self:
            repair = complaint._all_measures().filtered("is_repair")
            if complaint.state == step_rule.CLOSED and not set(rule.OPEN) & set(
                repair.mapped("state")
            ):
                complaint._after_repair_done(fields.Datetime.now())

    # ------------------------------------------------------------------ the promise
    def _after_repair_planned(self, start):
        """Called when the repair of closed complaints begins: the promise opens."""
        self._open_promise(REPAIR, start)

    def _after_repair_done(self, at):
        """Called when its last measure ended: the promise is kept."""
        self._keep_promise(REPAIR, at)

    def _after_reopened(self):
        """First there is a new decision; the relation is mended after that."""
        result = super()._after_reopened()
        self._drop_promise(REPAIR)
        return result
