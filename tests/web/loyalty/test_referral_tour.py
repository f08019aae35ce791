"""A referral from the member's link to the reward of both sides, in a browser."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.controllers import refer
from odoo.addons.edu_crm_addon.logic import form_stamp

from ...orm.loyalty.referrals import ReferralCase


@tagged("post_install", "-at_install")
class TestReferralTour(ReferralCase, HttpCase):
    def test_from_link_to_reward(self):
        refer.SENDING.clear()
        self.wang.name = "Referral Member"
        leader = self.make_user("leader")
        url = f"/refer/{self.card.edu_referral_code}"
        # A browser without hands is quicker than people are.
        with patch.object(form_stamp, "FASTEST", timedelta()):
            patched = (timedelta(),)
            with patch.object(refer.ComplaintForm.read_stamp, "__defaults__", patched):
                self.start_tour(url, "edu_referral_link_tour")
        lead = self.env["crm.lead"].search([("contact_name", "=", "Referral Friend")])
        referral = lead.edu_referral_id
        self.assertState(referral, "lead")

        self.start_tour("/odoo", "edu_referral_lead_tour", login=leader.login)

        lead.partner_id = self.make_person(name="Referral Friend", phone=lead.phone)
        self.assertEqual(referral.referred_id, lead.partner_id)
        enrollment = self.enroll(referral)
        self.assertState(referral, "enrolled")
        self.pay(self.make_invoice(enrollment.order_id))
        with freeze_time(Datetime.now() + timedelta(days=8)):
            self.env["edu.points.entry"].sudo()._to_release()._release()
        self.assertState(referral, "rewarded")
        self.assertBalance(self.card, 200)

        self.start_tour("/odoo", "edu_referral_reward_tour", login=leader.login)
