"""Who sees and enters referrals, and what nobody may set."""

from odoo.exceptions import AccessError, UserError

from .referrals import ReferralCase


class TestReferralAccess(ReferralCase):
    def test_rights_by_role(self):
        for role, rights in (
            ("readonly", "r"),
            ("agent", "rwc"),
            ("leader", "rwc"),
            ("manager", "rwcd"),
            ("employee", ""),
            ("salesperson", ""),
            ("portal", ""),
        ):
            with self.subTest(role=role):
                self.assertEqual(
                    self.rights(self.make_user(role), "edu.referral"), rights
                )

    def test_agents_see_those_of_their_customers_and_leads(self):
        agent, other = self.make_user("agent"), self.make_user("agent")
        self.wang.user_id = other
        mine = self.recommend(self.make_person(), user_id=agent.id)
        theirs = self.recommend(self.make_person(), user_id=other.id)
        found = self.env["edu.referral"].with_user(agent).search([])
        self.assertIn(mine, found)
        self.assertNotIn(theirs, found)
        manager = self.make_user("manager")
        self.assertIn(theirs, self.env["edu.referral"].with_user(manager).search([]))

    def test_another_company_sees_nothing(self):
        referral = self.recommend()
        manager = self.make_user("manager", company=self.make_company())
        self.assertNotIn(
            referral, self.env["edu.referral"].with_user(manager).search([])
        )

    def test_what_follows_is_set_by_nobody(self):
        referral = self.recommend()
        manager = self.make_user("manager")
        for values in (
            {"state": "rewarded"},
            {"referred_id": self.wang.id},
            {"referrer_id": self.make_customer().id},
            {"accepted_codes": "phone"},
            {"award_round": 7},
            {"channel": "link"},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                referral.with_user(manager).write(values)

    def test_nothing_is_entered_as_done(self):
        referrals = self.env["edu.referral"].with_user(self.make_user("manager"))
        values = {"referrer_id": self.wang.id}
        for forged in (
            {"state": "rewarded"},
            {"accepted_codes": "phone"},
            {"referred_id": self.make_customer().id},
        ):
            with self.subTest(forged=forged), self.assertRaises(AccessError):
                referrals.create({**values, **forged})
            context = {f"default_{name}": value for name, value in forged.items()}
            with self.subTest(context=context), self.assertRaises(AccessError):
                referrals.with_context(**context).create(values)

    def test_an_agent_enters_who_was_invited(self):
        agent = self.make_user("agent")
        referral = (
            self.env["edu.referral"]
            .with_user(agent)
            .create({"referrer_id": self.wang.id, "partner_name": "Sun"})
        )
        self.assertState(referral, "invited")
        referral.note = "Will call on Monday"
        referral.action_cancel()
        self.assertState(referral, "canceled")

    def test_a_salesperson_without_role_sells_as_ever(self):
        user = self.make_user("salesperson")
        lead = self.recommend(user_id=user.id).lead_id
        lead.with_user(user).write({"partner_id": self.make_person().id})
        lead.with_user(user).read(["name", "referred"])

    def test_the_code_of_a_card_is_typed_by_nobody(self):
        manager = self.make_user("manager")
        self.assertRefused(
            self.card.with_user(manager).write, {"edu_referral_code": "BBBBBBBB"}
        )

    def test_only_what_does_not_count_is_deleted(self):
        referral = self.recommend()
        with self.assertRaises(UserError):
            referral.unlink()
        referral.action_cancel()
        referral.unlink()
        self.assertFalse(referral.exists())
