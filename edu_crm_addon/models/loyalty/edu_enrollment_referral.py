from odoo import models

from ...logic import enrollment as rule


class EduEnrollment(models.Model):
    """An enrollment fulfills a referral when it begins, and undoes it when it ends
    before its time.
    """

    _inherit = "edu.enrollment"

    def _after_state_changed(self, target):
        result = super()._after_state_changed(target)
        # sudo: the referral follows, whoever moves the enrollment
        followed = self.sudo()._may_be_recommended()
        referrals = followed.env["edu.referral"]
        # What costs nothing is no customer yet.
        if target == rule.ACTIVE and (
            followed := followed.filtered(lambda e: not e._is_free())
        ):
            referrals._after_enrolled(followed)
        elif followed and target in (rule.WITHDRAWN, rule.CANCELED):
            referrals._after_left(followed)
        return result

    def _edu_after_credited(self):
        """Whoever recommended the learner did not bring a customer."""
        result = super()._edu_after_credited()
        self.env["edu.referral"]._after_left(self)
        return result

    def _may_be_recommended(self):
        """Leave out, without a query, what nobody can have recommended.

        A school without members still sees what became of a recommended lead.
        """
        return self.filtered(
            lambda e: e.company_id.edu_member_program_id or e.lead_id.referred
        )
