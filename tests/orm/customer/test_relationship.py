"""How close a customer is follows every change of its leads and orders."""

from odoo import Command
from odoo.tests import tagged

from ..common import CRON_UPKEEP, EduCase


@tagged("post_install", "-at_install")
class TestRelationship(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()

    # ------------------------------------------------------------------ leads
    def test_a_new_customer_is_none_yet(self):
        self.assertRelationship(self.customer, "non_customer")

    def test_an_open_lead_makes_a_potential_customer(self):
        self.make_lead(self.customer)
        self.assertRelationship(self.customer, "potential")

    def test_a_lead_not_yet_qualified_counts_too(self):
        self.make_lead(self.customer, type="lead")
        self.assertRelationship(self.customer, "potential")

    def test_a_lost_lead_ends_it(self):
        lead = self.make_lead(self.customer)
        lead.action_set_lost()
        self.assertRelationship(self.customer, "non_customer")

    def test_one_open_lead_of_two_is_enough(self):
        lead, _other = self.make_lead(self.customer), self.make_lead(self.customer)
        lead.action_set_lost()
        self.assertRelationship(self.customer, "potential")

    def test_a_won_lead_without_order_ends_it(self):
        lead = self.make_lead(self.customer)
        lead.action_set_won()
        self.assertRelationship(self.customer, "non_customer")

    def test_a_restored_lead_counts_again(self):
        lead = self.make_lead(self.customer)
        lead.action_set_lost()
        lead.action_unarchive()
        self.assertRelationship(self.customer, "potential")

    def test_a_deleted_lead_ends_it(self):
        self.make_lead(self.customer).unlink()
        self.assertRelationship(self.customer, "non_customer")

    def test_a_lead_moved_to_another_customer_moves_the_relationship(self):
        other = self.make_customer()
        lead = self.make_lead(self.customer)
        lead.partner_id = other
        self.assertRelationship(self.customer, "non_customer")
        self.assertRelationship(other, "potential")

    def test_a_lead_that_gets_its_customer_later(self):
        lead = self.make_lead(self.env["res.partner"])
        lead.partner_id = self.customer
        self.assertRelationship(self.customer, "potential")

    def test_a_lead_whose_customer_is_removed(self):
        lead = self.make_lead(self.customer)
        lead.partner_id = False
        self.assertRelationship(self.customer, "non_customer")

    def test_a_stage_that_becomes_one_of_won_leads(self):
        lead = self.make_lead(self.customer)
        self.assertRelationship(self.customer, "potential")
        lead.stage_id.is_won = True
        self.env.flush_all()
        self.assertRelationship(self.customer, "non_customer")

    # ------------------------------------------------------------------ orders
    def test_a_quotation_is_no_purchase(self):
        self.make_order(self.customer, confirm=False)
        self.assertRelationship(self.customer, "non_customer")

    def test_a_confirmed_order_is_the_first_purchase(self):
        self.make_order(self.customer)
        self.assertRelationship(self.customer, "first")

    def test_a_second_order_makes_a_repeat_customer(self):
        self.make_order(self.customer)
        self.make_order(self.customer)
        self.assertRelationship(self.customer, "repeat")

    def test_a_canceled_order_no_longer_counts(self):
        self.make_order(self.customer)
        second = self.make_order(self.customer)
        second._action_cancel()
        self.assertRelationship(self.customer, "first")

    def test_when_the_only_order_is_canceled_nothing_is_left(self):
        order = self.make_order(self.customer)
        order._action_cancel()
        self.assertRelationship(self.customer, "non_customer")

    def test_a_canceled_order_confirmed_again_counts_once(self):
        order = self.make_order(self.customer)
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertRelationship(self.customer, "first")

    def test_an_order_moved_to_another_customer(self):
        other = self.make_customer()
        order = self.make_order(self.customer)
        order.action_unlock() if order.locked else None
        order.partner_id = other
        self.assertRelationship(self.customer, "non_customer")
        self.assertRelationship(other, "first")

    def test_a_lead_with_its_order(self):
        lead = self.make_lead(self.customer)
        self.make_order(self.customer, opportunity_id=lead.id)
        lead.action_set_won()
        self.assertRelationship(self.customer, "first")

    # ------------------------------------------------------------------ organizations
    def test_an_order_of_a_contact_counts_for_its_organization(self):
        school = self.make_organization()
        contact = self.make_person(parent_id=school.id)
        self.make_order(contact)
        self.assertRelationship(school, "first")
        self.assertRelationship(contact, "first")

    def test_orders_of_two_contacts_make_a_repeat_organization(self):
        school = self.make_organization()
        contacts = self.make_people(2, parent_id=school.id)
        for contact in contacts:
            self.make_order(contact)
        self.assertRelationship(school, "repeat")
        self.assertEqual(contacts.mapped("edu_relationship"), ["first", "first"])

    def test_a_lead_of_a_contact_counts_for_its_organization(self):
        school = self.make_organization()
        self.make_lead(self.make_person(parent_id=school.id))
        self.assertRelationship(school, "potential")

    def test_an_order_of_the_organization_is_not_one_of_its_contacts(self):
        school = self.make_organization()
        contact = self.make_person(parent_id=school.id)
        self.make_order(school)
        self.assertRelationship(school, "first")
        self.assertRelationship(contact, "non_customer")

    def test_a_contact_that_changes_its_organization_takes_its_orders_along(self):
        school, other = self.make_organization(), self.make_organization()
        contact = self.make_person(parent_id=school.id)
        self.make_order(contact)
        contact.parent_id = other
        self.assertRelationship(school, "non_customer")
        self.assertRelationship(other, "first")

    # ------------------------------------------------------------------ targets
    def test_a_marked_target(self):
        self.customer.edu_is_target = True
        self.assertRelationship(self.customer, "target")
        self.customer.edu_is_target = False
        self.assertRelationship(self.customer, "non_customer")

    def test_a_target_marked_at_creation(self):
        self.assertRelationship(self.make_customer(edu_is_target=True), "target")

    def test_a_target_with_a_lead_stays_a_target_until_it_buys(self):
        self.customer.edu_is_target = True
        self.make_lead(self.customer)
        self.assertRelationship(self.customer, "target")
        self.make_order(self.customer)
        self.assertRelationship(self.customer, "first")

    def test_the_form_makes_the_customer_a_target(self):
        partners = self.env["res.partner"].with_user(self.make_user("agent"))
        customer = partners.create({"name": "Wanted", "edu_is_target": True})
        self.assertRelationship(customer, "target")

    # ------------------------------------------------------------------ lost
    def test_the_nightly_job_finds_the_lost_buyers(self):
        self.env.company.edu_lost_after_days = 100
        kept = self.make_customer()
        self.make_order(self.customer, ordered_at=self.moment_ago(102))
        self.make_order(kept, ordered_at=self.moment_ago(98))
        self.assertRelationship(kept, "first")
        self.run_cron(CRON_UPKEEP)
        self.assertRelationship(self.customer, "lost")
        self.assertRelationship(kept, "first")

    def test_the_nightly_job_may_run_twice(self):
        self.env.company.edu_lost_after_days = 100
        self.make_order(self.customer, ordered_at=self.moment_ago(102))
        self.run_cron(CRON_UPKEEP)
        self.run_cron(CRON_UPKEEP)
        self.assertRelationship(self.customer, "lost")

    def test_an_open_lead_keeps_a_silent_buyer(self):
        self.env.company.edu_lost_after_days = 100
        self.make_order(self.customer, ordered_at=self.moment_ago(200))
        lead = self.make_lead(self.customer)
        self.run_cron(CRON_UPKEEP)
        self.assertRelationship(self.customer, "first")
        lead.action_set_lost()
        self.assertRelationship(self.customer, "lost")

    def test_a_lost_customer_that_buys_again_comes_back(self):
        self.env.company.edu_lost_after_days = 100
        self.make_order(self.customer, ordered_at=self.moment_ago(200))
        self.run_cron(CRON_UPKEEP)
        self.make_order(self.customer)
        self.assertRelationship(self.customer, "repeat")

    def test_a_lost_customer_with_a_new_lead_comes_back(self):
        self.env.company.edu_lost_after_days = 100
        self.make_order(self.customer, ordered_at=self.moment_ago(200))
        self.run_cron(CRON_UPKEEP)
        self.make_lead(self.customer)
        self.assertRelationship(self.customer, "first")

    def test_the_nightly_job_rolls_the_organization_with_its_contact(self):
        self.env.company.edu_lost_after_days = 100
        school = self.make_organization()
        contact = self.make_person(parent_id=school.id)
        self.make_order(contact, ordered_at=self.moment_ago(200))
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET edu_relationship = 'first' WHERE id IN %s",
            [tuple((school | contact).ids)],
        )
        self.env.invalidate_all()
        self.run_cron(CRON_UPKEEP)
        self.assertRelationship(contact, "lost")
        self.assertRelationship(school, "lost")

    def test_the_rule_is_that_of_the_company_that_sold(self):
        other = self.make_company(edu_lost_after_days=10)
        self.env.company.edu_lost_after_days = 1000
        theirs = self.make_customer()
        self.make_order(self.customer, ordered_at=self.moment_ago(100))
        self.make_order(theirs, ordered_at=self.moment_ago(100), company_id=other.id)
        self.run_cron(CRON_UPKEEP)
        self.assertRelationship(self.customer, "first")
        self.assertRelationship(theirs, "lost")

    # ------------------------------------------------------------------ batches
    def test_a_batch_of_different_customers(self):
        customers = self.make_people(5, edu_is_customer=True)
        self.make_lead(customers[1])
        customers[2].edu_is_target = True
        self.make_order(customers[3])
        self.make_order(customers[4])
        self.make_order(customers[4])
        customers._refresh_relationship()
        self.assertEqual(
            customers.mapped("edu_relationship"),
            ["non_customer", "potential", "target", "first", "repeat"],
        )

    def test_customers_are_found_by_relationship(self):
        self.make_order(self.customer)
        self.env.flush_all()
        found = self.env["res.partner"].search([("edu_relationship", "=", "first")])
        self.assertIn(self.customer, found)

    def test_the_value_of_a_copy_is_its_own(self):
        self.make_order(self.customer)
        self.assertRelationship(self.customer.copy(), "non_customer")

    def test_contacts_made_with_their_organization(self):
        school = self.make_organization(child_ids=[Command.create({"name": "Contact"})])
        self.make_order(school.child_ids)
        self.assertRelationship(school, "first")

    def test_a_salesperson_without_role_moves_the_relationship(self):
        """Who may not read the value changes it by selling all the same."""
        salesperson = self.make_user("salesperson")
        leads = self.env["crm.lead"].with_user(salesperson)
        leads.create({"name": "Lead", "partner_id": self.customer.id})
        self.assertRelationship(self.customer, "potential")

    def test_the_short_cut_at_confirmation_says_what_the_documents_say(self):
        organization = self.make_organization()
        contact = self.make_person(parent_id=organization.id)
        loner = self.make_person(edu_is_target=True)
        for partner in (contact, loner, contact, loner, organization):
            self.make_order(partner)
            for affected in partner | partner.parent_id:
                short = affected.edu_relationship
                affected._refresh_relationship()
                self.assertEqual(affected.edu_relationship, short)
        self.assertRelationship(organization, "repeat")
        self.assertRelationship(contact, "repeat")
