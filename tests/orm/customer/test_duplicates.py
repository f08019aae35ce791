"""The nightly scan lists who is likely the same customer, and remembers who is not."""

from datetime import date

from odoo.tests import tagged

from ..common import CRON_SCAN, EduCase

PHONE = "+86 138 1234 5678"
EMAIL = "twin@example.com"
BIRTH = date(2015, 5, 1)


@tagged("post_install", "-at_install")
class TestDuplicates(EduCase):
    # ------------------------------------------------------------------ what is found
    def test_the_same_phone_in_another_format(self):
        china = self.env.ref("base.cn")
        one = self.make_customer(phone=PHONE)
        two = self.make_customer(phone="138-1234-5678", country_id=china.id)
        self.scan()
        group = self.groups_of(one)
        self.assertRecordValues(
            group,
            [
                {
                    "reason": "phone",
                    "key": "+8613812345678",
                    "state": "open",
                    "partner_count": 2,
                }
            ],
        )
        self.assertSameDuplicates(group, one, two)

    def test_the_same_email_in_another_case(self):
        one = self.make_customer(email="Twin@Example.com")
        two = self.make_customer(email="  twin@example.com ")
        self.scan()
        group = self.groups_of(one, reason="email")
        self.assertEqual(group.key, EMAIL)
        self.assertSameDuplicates(group, one, two)

    def test_the_same_name_and_birth_date(self):
        one = self.make_customer(name="Li Na", edu_birth_date=BIRTH)
        two = self.make_customer(name=" li na ", edu_birth_date=BIRTH)
        other = self.make_customer(name="Li Na", edu_birth_date=date(2015, 5, 2))
        nameless = self.make_customer(name="Li Na")
        self.scan()
        self.assertSameDuplicates(self.groups_of(one, reason="name_birth"), one, two)
        self.assertFalse(self.groups_of(other | nameless))

    def test_one_pair_is_listed_under_each_reason(self):
        one, two = (self.make_customer(phone=PHONE, email=EMAIL) for _ in range(2))
        self.scan()
        self.assertEqual(
            sorted(self.groups_of(one).mapped("reason")), ["email", "phone"]
        )
        self.assertEqual(self.groups_of(one), self.groups_of(two))

    def test_different_contacts_are_not_listed(self):
        one = self.make_customer(phone=PHONE, email=EMAIL)
        two = self.make_customer(phone="+86 138 1234 0000", email="other@example.com")
        nothing = self.make_customer()
        self.scan()
        self.assertFalse(self.groups_of(one | two | nothing))

    def test_three_are_one_group(self):
        people = self.make_people(3, email=EMAIL)
        self.scan()
        self.assertSameDuplicates(self.groups_of(people[0]), people)

    # ------------------------------------------------------------------ who is left out
    def test_a_learner_may_share_the_phone_of_its_guardian(self):
        mother = self.make_person(phone=PHONE)
        self.make_learner(guardian=mother, phone=PHONE)
        self.make_learner(guardian=mother, phone=PHONE)
        self.scan()
        self.assertFalse(self.groups_of(mother))

    def test_a_double_of_the_guardian_is_still_found(self):
        mother = self.make_person(phone=PHONE)
        learner = self.make_learner(guardian=mother, phone=PHONE)
        double = self.make_person(phone=PHONE)
        self.scan()
        self.assertSameDuplicates(self.groups_of(mother), mother, double)
        self.assertFalse(self.groups_of(learner))

    def test_contacts_may_share_the_phone_of_their_organization(self):
        school = self.make_organization(phone=PHONE)
        contact = self.make_person(phone=PHONE, parent_id=school.id)
        self.scan()
        self.assertFalse(self.groups_of(school | contact))

    def test_addresses_are_no_duplicates_of_their_customer(self):
        customer = self.make_customer(phone=PHONE)
        self.make_person(phone=PHONE, parent_id=customer.id, type="delivery")
        self.make_person(phone=PHONE, type="invoice")
        self.scan()
        self.assertFalse(self.groups_of(customer))

    def test_archived_contacts_are_not_looked_at(self):
        one = self.make_customer(phone=PHONE)
        self.make_customer(phone=PHONE, active=False)
        self.scan()
        self.assertFalse(self.groups_of(one))

    def test_colleagues_are_not_looked_at(self):
        user = self.make_user("agent")
        customer = self.make_customer(email=user.email)
        self.scan()
        self.assertFalse(self.groups_of(customer))

    # ------------------------------------------------------------------ again and again
    def test_a_second_scan_changes_nothing(self):
        one = self.make_customer(phone=PHONE)
        self.make_customer(phone=PHONE)
        self.scan()
        group = self.groups_of(one)
        self.run_cron(CRON_SCAN)
        self.assertEqual(self.groups_of(one), group)

    def test_a_resolved_group_disappears(self):
        one, two = (self.make_customer(phone=PHONE) for _ in range(2))
        self.scan()
        group = self.groups_of(one)
        two.phone = "+86 138 1234 0000"
        self.scan()
        self.assertFalse(group.exists())

    def test_a_group_whose_contact_was_archived_disappears(self):
        one, two = (self.make_customer(phone=PHONE) for _ in range(2))
        self.scan()
        two.action_archive()
        self.scan()
        self.assertFalse(self.groups_of(one))

    def test_a_third_contact_joins_the_group(self):
        people = self.make_people(2, phone=PHONE)
        self.scan()
        group = self.groups_of(people[0])
        third = self.make_customer(phone=PHONE)
        self.scan()
        self.assertSameDuplicates(group, people, third)
        self.assertEqual(group.partner_count, 3)

    # ------------------------------------------------------------------ ignoring
    def test_an_ignored_group_is_remembered(self):
        people = self.make_people(2, phone=PHONE)
        self.scan()
        group = self.groups_of(people[0])
        group.with_user(self.make_user("agent")).action_ignore()
        self.scan()
        self.assertEqual(group.state, "ignored")
        self.assertEqual(self.groups_of(people[0]), group)

    def test_an_ignored_group_comes_back_when_somebody_joins(self):
        people = self.make_people(2, phone=PHONE)
        self.scan()
        group = self.groups_of(people[0])
        group.action_ignore()
        third = self.make_customer(phone=PHONE)
        self.scan()
        self.assertEqual(group.state, "open")
        self.assertSameDuplicates(group, people, third)

    def test_an_ignored_group_stays_ignored_when_somebody_leaves(self):
        people = self.make_people(3, phone=PHONE)
        self.scan()
        group = self.groups_of(people[0])
        group.action_ignore()
        people[2].phone = False
        self.scan()
        self.assertEqual(group.state, "ignored")

    def test_an_ignored_group_is_remembered_while_it_is_none(self):
        """Ignored, resolved for a while, the same two again: still ignored."""
        people = self.make_people(2, phone=PHONE)
        self.scan()
        self.groups_of(people[0]).action_ignore()
        people[1].phone = False
        self.scan()
        people[1].phone = PHONE
        self.scan()
        self.assertEqual(self.groups_of(people[0]).state, "ignored")

    def test_an_ignored_group_is_reopened_by_hand(self):
        people = self.make_people(2, phone=PHONE)
        self.scan()
        group = self.groups_of(people[0])
        group.action_ignore()
        group.action_reopen()
        self.assertEqual(group.state, "open")

    # ------------------------------------------------------------------ companies
    def test_two_companies_do_not_learn_of_each_other(self):
        campus = self.make_company()
        one = self.make_customer(phone=PHONE, company_id=self.env.company.id)
        two = self.make_customer(phone=PHONE, company_id=campus.id)
        self.scan()
        self.assertFalse(self.groups_of(one | two))

    def test_each_company_gets_its_own_group_with_the_shared_contact(self):
        campus = self.make_company()
        shared = self.make_customer(phone=PHONE)
        one = self.make_customer(phone=PHONE, company_id=self.env.company.id)
        two = self.make_customer(phone=PHONE, company_id=campus.id)
        self.scan()
        groups = self.groups_of(shared).grouped("company_id")
        self.assertEqual(set(groups), {self.env.company, campus})
        self.assertSameDuplicates(groups[self.env.company], shared, one)
        self.assertSameDuplicates(groups[campus], shared, two)
        visible = self.env["edu.duplicate"].with_user(self.make_user("agent"))
        found = visible.search([("partner_ids", "in", shared.ids)])
        self.assertEqual(found, groups[self.env.company])

    # ------------------------------------------------------------------ buttons
    def test_scanning_now_lists_what_was_found(self):
        people = self.make_people(2, phone=PHONE)
        agent = self.make_user("agent")
        action = self.env["edu.duplicate"].with_user(agent).action_scan()
        self.assertTrue(self.groups_of(people[0]))
        opened = self.groups_of(people[0]).search_count([("state", "=", "open")])
        self.assertIn(str(opened), action["params"]["message"])

    def test_merging_opens_the_hosts_wizard_on_the_group(self):
        people = self.make_people(2, phone=PHONE)
        self.scan()
        action = self.groups_of(people[0]).action_merge()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(wizard.create({}).partner_ids, people)

    def test_the_group_is_named_after_what_they_share(self):
        people = self.make_people(2, email=EMAIL)
        self.scan()
        self.assertEqual(self.groups_of(people[0]).display_name, f"Same email: {EMAIL}")
