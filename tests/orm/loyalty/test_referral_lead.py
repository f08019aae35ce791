"""Who recommended it, on the lead: entered, changed, merged."""

from odoo.exceptions import UserError

from .referrals import ReferralCase


class TestReferralLead(ReferralCase):
    def test_the_code_finds_the_member(self):
        lead = self.make_lead(self.make_person())
        code = self.card.edu_referral_code
        lead.edu_referral_code = f" {code[:4].lower()}-{code[4:]} "
        self.assertEqual(lead.edu_referrer_id, self.wang)

    def test_a_code_that_is_none_is_said(self):
        lead = self.make_lead(self.make_person())
        for code in ("BBBBBBBB", "'; DROP", "%%%%%%%%"):
            with self.assertRaises(UserError):
                lead.edu_referral_code = code

    def test_a_code_of_another_company_is_none(self):
        other = self.make_company()
        program = self.make_program(company=other)
        card = self.make_card(self.make_customer(), program=program)
        lead = self.make_lead(self.make_person(), company_id=self.env.company.id)
        with self.assertRaises(UserError):
            lead.edu_referral_code = card.edu_referral_code

    def test_another_member_takes_the_place_of_the_first(self):
        referral = self.recommend()
        sun = self.make_customer()
        referral.lead_id.edu_referrer_id = sun
        self.assertState(referral, "canceled")
        self.assertEqual(referral.lead_id.edu_referral_id.referrer_id, sun)

    def test_nobody_at_all(self):
        referral = self.recommend()
        referral.lead_id.edu_referrer_id = False
        self.assertState(referral, "canceled")
        self.assertFalse(referral.lead_id.edu_referral_id)

    def test_what_counts_already_is_not_changed(self):
        referral = self.recommend()
        self.enroll(referral)
        with self.assertRaises(UserError):
            referral.lead_id.edu_referrer_id = self.make_customer()

    def test_what_is_blocked_is_not_changed_by_entering_another(self):
        referral = self.recommend(self.wang)
        self.assertState(referral, "blocked")
        with self.assertRaises(UserError):
            referral.lead_id.edu_referrer_id = self.make_customer()

    def test_with_the_lead_in_one_go(self):
        lead = self.make_lead(self.make_person(), edu_referrer_id=self.wang.id)
        self.assertEqual(lead.edu_referral_id.referrer_id, self.wang)

    def test_the_customer_of_the_lead_is_who_was_recommended(self):
        lead = self.make_prospect(contact_name="Sun")
        lead.edu_referrer_id = self.wang
        self.assertFalse(lead.edu_referral_id.referred_id)
        sun = self.make_person(name="Sun")
        lead.partner_id = sun
        self.assertEqual(lead.edu_referral_id.referred_id, sun)

    def test_leads_are_found_by_who_recommended_them(self):
        lead = self.recommend().lead_id
        other = self.make_lead(self.make_person())
        both = [("id", "in", (lead | other).ids)]
        leads = self.env["crm.lead"]
        by_wang = [("edu_referrer_id", "=", self.wang.id)]
        self.assertEqual(leads.search([*both, *by_wang]), lead)
        by_name = [("edu_referrer_id", "ilike", "Wang")]
        self.assertEqual(leads.search([*both, *by_name]), lead)
        nobody = [("edu_referrer_id", "=", False)]
        self.assertEqual(leads.search([*both, *nobody]), other)

    def test_merged_leads_keep_one(self):
        first = self.recommend(self.make_person())
        second = self.recommend(self.make_person(), self.make_customer())
        leads = first.lead_id | second.lead_id
        survivor = leads.merge_opportunity()
        self.assertState(first, "lead")
        self.assertState(second, "canceled")
        self.assertEqual(survivor.edu_referral_id, first)
