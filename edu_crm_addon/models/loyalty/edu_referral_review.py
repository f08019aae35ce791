from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...const import GROUP_LEADER
from ...logic import referral as rule


class EduReferral(models.Model):
    """A blocked referral is released or rejected, by a leader, with a reason.

    Nobody decides on a referral of one's own or of one's family, nor on one entered by
    oneself.
    """

    _inherit = "edu.referral"

    review_reason = fields.Text(string="Reason of the decision", copy=False)
    reviewed_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False
    )
    reviewed_at = fields.Datetime(string="Decided at", readonly=True, copy=False)

    def action_release(self):
        """Let it count: nothing is wrong with it."""
        self._check_reviewer()
        self._check_first()
        for referral in self.sudo():  # sudo: past the guard of `write`
            codes = filter(None, (referral.accepted_codes, referral.block_codes))
            referral._note_review(
                {"accepted_codes": ",".join(codes), "block_codes": False}
            )
            target = rule.LEAD if referral.lead_id else rule.INVITED
            referral._take_customers()
            referral._update_state((rule.BLOCKED,), target)
            if referral._is_enrolled():
                referral._enroll()

    def action_reject(self):
        """Let it not count."""
        self._check_reviewer()
        for referral in self.sudo():  # sudo: past the guard of `write`
            referral._note_review({})
            referral._cancel()

    def _is_enrolled(self):
        """Tell whether an enrollment began while it was blocked, and still counts."""
        enrollments = self._staying_enrollments()
        if enrollments:
            self.enrollment_id = enrollments[0]
        return bool(enrollments)

    def _note_review(self, values):
        self.write(
            {
                **values,
                "reviewed_by_id": self.env.uid,
                "reviewed_at": fields.Datetime.now(),
            }
        )
        self.activity_ids.action_feedback(feedback=self.review_reason)

    def _check_deciding(self):
        """The words of a decision are the leader's, and stay as they were."""
        is_leader = self.env.user.has_group(GROUP_LEADER)
        if not is_leader or any(referral.state != rule.BLOCKED for referral in self):
            raise AccessError(self.env._("A leader decides on blocked referrals."))

    def _check_reviewer(self):
        self.check_access("write")
        if not self.env.user.has_group(GROUP_LEADER):
            raise AccessError(self.env._("A leader decides on blocked referrals."))
        for referral in self:
            if referral.state != rule.BLOCKED:
                raise UserError(self.env._("%s is not blocked.", referral.display_name))
            if not (referral.review_reason or "").strip():
                raise UserError(
                    self.env._("Please write the reason of the decision first.")
                )
            if referral._is_part(self.env.user):
                raise UserError(
                    self.env._(
                        "You are part of this referral: somebody else has to decide."
                    )
                )

    def _check_first(self):
        """A person is recommended once."""
        for referral in self.sudo():  # sudo: the other one may be anybody's
            person = referral.lead_id.partner_id
            other = person and referral._others_of(person)
            if other:
                raise UserError(
                    self.env._(
                        "%(person)s was recommended by %(other)s already. Reject this "
                        "one, or cancel the other.",
                        person=person.display_name,
                        other=other.referrer_id.display_name,
                    )
                )

    def _is_part(self, user):
        """Tell whether it is about the user or the user's family, or entered by it."""
        # sudo: families are looked at whoever asks
        referral = self.sudo()
        sides = [
            people._edu_referral_side()
            for people in (referral.referrer_id, referral._people())
        ]
        return any(user.partner_id.id in side.family for side in sides) or (
            referral.channel == "staff" and referral.create_uid == user
        )
