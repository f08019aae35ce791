from odoo import models

from ...logic import enrollment as enrollment_rule
from ...logic import points as points_rule
from ...logic import referral as rule
from .points_source import Claim

# Context key while both sides are given: only then is it known whether all is given.
REWARDING = "edu_referral_rewarding"
LEFT = (enrollment_rule.WITHDRAWN, enrollment_rule.CANCELED)


class EduReferral(models.Model):
    """The points of both sides: given once, pending until paid, taken back."""

    _inherit = "edu.referral"

    def _reward(self):
        """Give the points of both sides, as the rules say.

        What fails is tried again at night: points hinder no enrollment.
        """
        rules = self.env["edu.points.rule"].with_context(**{REWARDING: True})
        for referral in self:
            referral.award_round += 1
        for company, referrals in self.grouped("company_id").items():
            rules._award_for(referrals, company)
        self._follow_points()

    def _edu_points_claims(self):
        """Return ``{(event, company): claims}`` of both sides."""
        claims = {}
        for referral in self.filtered(lambda r: r.state in rule.GIVEN):
            for event in ("referrer", "referred"):
                of_event = claims.setdefault((event, referral.company_id), [])
                of_event.append(referral._claim(event))
        return claims

    def _claim(self, event):
        self.ensure_one()
        enrollment = self.enrollment_id
        person = self.referrer_id
        if event == "referred":
            person = enrollment.learner_id or self.referred_id
        # Who left and enrolls again has lost the points before, and earns them anew.
        again = f":{self.award_round}" if self.award_round > 1 else ""
        return Claim(
            key=f"{self.id}{again}",
            partner_id=person.id,
            model=self._name,
            record_id=self.id,
            stage_id=enrollment.stage_id.id or None,
            course_id=enrollment.course_id.product_tmpl_id.id or None,
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
        # sudo: whoever causes the movement
        grants = self.env["edu.points.entry"].sudo()._grants_of(moved)
        grants._take_back(
            {grant: grant.points for grant in grants},
            lambda env: env._("Taken back: the enrollment came to nothing"),
        )
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
