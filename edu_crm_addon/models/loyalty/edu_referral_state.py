from odoo import api, models
from odoo.fields import Domain

from ...logic import enrollment as enrollment_rule
from ...logic import referral as rule

# In which a learner stays enrolled with us.
STAYING = (
    enrollment_rule.ACTIVE,
    enrollment_rule.PAUSED,
    enrollment_rule.ENDED,
)


class EduReferral(models.Model):
    """How a referral changes its state: by what its lead and enrollments do."""

    _inherit = "edu.referral"

    def _update_state(self, allowed, target):
        """Move those in an ``allowed`` state to ``target``; return who really moved."""
        moved = self.filtered(lambda r: r.state in allowed and r.state != target)
        if moved:
            # sudo: past the guard of `write`, which nobody passes from outside
            moved.sudo().write({"state": target})
            moved._after_state_changed(target)
        return moved

    def _cancel(self):
        return self._update_state((*rule.OPEN, rule.BLOCKED), rule.CANCELED)

    def _drop(self):
        """Another one counts for the same person: take back what this one gave."""
        self._claw_back()
        self._update_state((*rule.WAITING, rule.BLOCKED), rule.CANCELED)

    # ------------------------------------------------------------------ inquiry
    def _after_created(self):
        """Take the customer of the lead, and look whether all is well."""
        referrals = self.sudo()  # sudo: what follows does so for everybody
        for referral in referrals.filtered("lead_id"):
            referral._tell_lead()
        referrals._take_customers()
        referrals._check()

    def _tell_lead(self):
        """Write on the lead where it is from, in the host's own fields."""
        lead, values = self.lead_id, {}
        if not lead.referred:
            values["referred"] = self.referrer_id.name
        source = self.env.ref(
            "edu_crm_addon.utm_source_referral", raise_if_not_found=False
        )
        if source and not lead.source_id:
            values["source_id"] = source.id
        if values:
            lead.write(values)

    def _take_customers(self):
        """Name the customers of the leads; the first referral of a person counts."""
        for referral in self:
            person = referral.lead_id.partner_id
            if not person or referral.referred_id == person:
                continue
            if referral._others_of(person):
                referral._block((rule.KNOWN,))
            else:
                referral.referred_id = person

    def _others_of(self, person):
        return self.search(
            [
                ("referred_id", "=", person.id),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", rule.CANCELED),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    # ------------------------------------------------------------------ enrollment
    @api.model
    def _of_enrollments(self, enrollments):
        """Return ``{referral: enrollment}`` of those that these enrollments fulfill."""
        people = enrollments.payer_id | enrollments.learner_id
        by_lead = Domain("lead_id", "in", enrollments.lead_id.ids)
        found = self.search(
            Domain("state", "in", (*rule.WAITING, rule.BLOCKED))
            & Domain("company_id", "in", enrollments.company_id.ids)
            & (by_lead | Domain("referred_id", "in", people.ids))
        )
        return {
            referral: enrollment
            for enrollment in enrollments.sorted("id", reverse=True)
            for referral in found
            if referral._is_fulfilled_by(enrollment)
        }

    def _is_fulfilled_by(self, enrollment):
        people = enrollment.payer_id | enrollment.learner_id
        return self.company_id == enrollment.company_id and (
            (self.lead_id and self.lead_id == enrollment.lead_id)
            or self.referred_id in people
        )

    @api.model
    def _after_enrolled(self, enrollments):
        """These enrollments have just begun."""
        found = self._of_enrollments(enrollments)
        referrals = self.union(*found)
        for referral, enrollment in found.items():
            referral.enrollment_id = enrollment
            if not referral.referred_id and not referral._others_of(
                enrollment.payer_id
            ):
                referral.referred_id = enrollment.payer_id
        waiting = referrals.filtered(lambda r: r.state in rule.WAITING)
        (waiting - waiting._check())._enroll()

    def _enroll(self):
        """Both sides have earned; the points may wait for the payment."""
        self._update_state(rule.WAITING, rule.ENROLLED)._reward()

    @api.model
    def _after_left(self, enrollments):
        """These enrollments were canceled or withdrawn, or all of it was credited."""
        referrals = self.search([("enrollment_id", "in", enrollments.ids)])
        lost = self.browse()
        for referral in referrals:
            others = referral._staying_enrollments() - enrollments
            if others:
                referral.enrollment_id = others[0]
            else:
                lost |= referral
        lost._claw_back()

    def _staying_enrollments(self):
        return self.env["edu.enrollment"].search(
            [
                ("state", "in", STAYING),
                ("price_total", ">", 0),
                ("company_id", "=", self.company_id.id),
                "|",
                ("learner_id", "in", self.referred_id.ids),
                "|",
                ("payer_id", "in", self.referred_id.ids),
                ("lead_id", "in", self.lead_id.ids),
            ],
            order="id",
        )

    # ------------------------------------------------------------------ hooks
    def _after_state_changed(self, target):
        """Called with those that have just moved to ``target``."""
