from odoo import models

from ...logic import enrollment as enrollment_rule
from ...logic import points as points_rule
from ...logic import referral as rule
from .points_source import Claim

LEFT = (enrollment_rule.WITHDRAWN, enrollment_rule.CANCELED)


class EduReferral(models.Model):
    """The points of both sides: given once, pending until paid, taken back."""

    _inherit = "edu.referral"

    def _reward(self):
        """Give the points of both sides, as the rules say."""
        rules = self.env["edu.points.rule"]
        for company, referrals in self.grouped("company_id").items():
            for referral in referrals:
                referral.award_round += 1
            for event in ("referrer", "referred"):
                claims = [referral._claim(event) for referral in referrals]
                rules._award(event, claims, company)

    def _claim(self, event):
        self.ensure_one()
        person = self.referrer_id
        if event == "referred":
            person = self.enrollment_id.learner_id or self.referred_id
        # Who left and enrolls again has lost the points before, and earns them anew.
        again = f":{self.award_round}" if self.award_round > 1 else ""
        return Claim(
            key=f"{self.id}{again}",
            partner_id=person.id,
            model=self._name,
            record_id=self.id,
        )

    def _entries(self):
        """Return what was booked for these referrals, as superuser."""
        # sudo: whoever causes the movement
        entries = self.env["edu.points.entry"].sudo()
        return entries.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], order="id"
        )

    def _follow_points(self):
        """Those whose points all became available are rewarded."""
        enrolled = self.filtered(lambda r: r.state == rule.ENROLLED)
        if not enrolled:
            return
        sums = {}
        for entry in enrolled._entries():
            key = (entry.res_id, entry.state)
            sums[key] = sums.get(key, 0.0) + entry.points
        rewarded = enrolled.filtered(
            lambda r: (
                not points_rule.clean(sums.get((r.id, points_rule.PENDING), 0.0))
                and sums.get((r.id, points_rule.AVAILABLE), 0.0) > 0
            )
        )
        rewarded._update_state((rule.ENROLLED,), rule.REWARDED)

    # ------------------------------------------------------------------ taking back
    def _claw_back(self):
        """Void what waits, take back what was given; another enrollment earns anew."""
        moved = self._update_state(rule.GIVEN, rule.CLAWED_BACK)
        entries = moved._entries()
        waiting = entries.filtered(
            lambda e: e.state == points_rule.PENDING and not e.origin_id
        )
        entries.browse()._settle(waiting._waiting(), state=points_rule.VOID)
        entries.filtered(
            lambda e: e.state == points_rule.AVAILABLE and e.kind == points_rule.EARN
        )._take_back_referral()
        return moved

    # ------------------------------------------------------------------ the hold
    def _edu_paid_on(self):
        """Points wait until the contract that earned them is paid in full."""
        given = self.filtered(lambda r: r.state in rule.GIVEN and r.enrollment_id)
        days = given.enrollment_id._edu_paid_on()
        return {
            referral: days[referral.enrollment_id]
            for referral in given
            if referral.enrollment_id in days
        }

    def _edu_is_void(self):
        return self.filtered(
            lambda r: (
                r.state in (rule.CANCELED, rule.CLAWED_BACK)
                or r.enrollment_id.state in LEFT
            )
        )
