"""A used value of a catalogue cannot be deleted; the message says what to do."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestCatalogueDeletion(EduCase):
    def assertUsed(self, value, customer):
        with self.assertRaises(UserError) as caught:
            value.unlink()
        message = str(caught.exception)
        self.assertIn(value.name, message)
        self.assertIn(customer.display_name, message)
        self.assertIn("Archive it instead", message)

    def make_need(self, stage):
        return self.env["edu.need"].create(
            {"name": "Quiet rooms", "stage_id": stage.id}
        )

    def test_a_stage_of_a_customer(self):
        stage = self.env["edu.stage"].create({"name": "Adult education"})
        self.assertUsed(stage, self.make_customer(edu_stage_ids=stage.ids))

    def test_a_nature_of_a_customer(self):
        nature = self.env["edu.customer.nature"].create({"name": "Donor"})
        self.assertUsed(nature, self.make_customer(edu_nature_ids=nature.ids))

    def test_a_need_of_a_customer(self):
        need = self.make_need(self.stage("primary"))
        customer = self.make_customer(
            edu_stage_ids=need.stage_id.ids, edu_need_ids=need.ids
        )
        self.assertUsed(need, customer)

    def test_a_type_of_a_customer(self):
        kind = self.env["edu.education.type"].create({"name": "Evening"})
        self.assertUsed(kind, self.make_customer(edu_type_id=kind.id))

    def test_a_tier_of_a_customer(self):
        tier = self.env["edu.customer.tier"].create({"name": "Gold"})
        self.assertUsed(tier, self.make_customer(edu_tier_id=tier.id))

    def test_a_stage_with_needs(self):
        stage = self.env["edu.stage"].create({"name": "Adult education"})
        self.assertUsed(stage, self.make_need(stage))

    def test_a_value_of_an_archived_customer_only(self):
        tier = self.env["edu.customer.tier"].create({"name": "Gold"})
        self.assertUsed(tier, self.make_customer(edu_tier_id=tier.id, active=False))

    def test_an_archived_value_that_is_still_used(self):
        stage = self.env["edu.stage"].create({"name": "Adult education"})
        customer = self.make_customer(edu_stage_ids=stage.ids)
        stage.action_archive()
        self.assertUsed(stage, customer)

    def test_a_value_of_a_customer_the_manager_may_not_see(self):
        """Another school's use counts, though its customer is named for no one else."""
        other = self.make_company()
        tier = self.env["edu.customer.tier"].create({"name": "Gold"})
        self.make_customer(edu_tier_id=tier.id, company_id=other.id)
        manager = self.make_user("manager")
        with self.assertRaises(UserError):
            tier.with_user(manager).unlink()

    def test_deleting_several_names_the_used_one(self):
        tiers = self.env["edu.customer.tier"].create(
            [{"name": "Silver"}, {"name": "Gold"}]
        )
        customer = self.make_customer(edu_tier_id=tiers[1].id)
        with self.assertRaises(UserError) as caught:
            tiers.unlink()
        self.assertIn("Gold", str(caught.exception))
        self.assertIn(customer.display_name, str(caught.exception))

    def test_an_unused_value_may_be_deleted(self):
        manager = self.make_user("manager")
        stage = self.env["edu.stage"].with_user(manager).create({"name": "Mistake"})
        stage.unlink()
        self.assertFalse(stage.exists())

    def test_a_value_no_longer_used_may_be_deleted(self):
        stage = self.env["edu.stage"].create({"name": "Mistake"})
        customer = self.make_customer(edu_stage_ids=stage.ids)
        customer.edu_stage_ids = self.stage("primary")
        stage.unlink()
        self.assertFalse(stage.exists())
