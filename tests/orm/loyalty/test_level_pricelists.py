"""Levels and tiers give price lists; lists that were agreed stay."""

from odoo.exceptions import UserError

from odoo.addons.edu_crm_addon.models.loyalty.product_pricelist import ProductPricelist

from ..common import EduCase


class TestLevelPricelists(EduCase):
    def setUp(self):
        super().setUp()
        self.list, self.other = self.make_pricelist(10), self.make_pricelist(50)
        self.bronze, self.silver, self.gold = self.make_ladder()
        self.silver.default_pricelist_id = self.list

    def member(self, points=600, **values):
        partner = self.make_customer(**values)
        self.make_card(partner, points)
        return partner

    def test_a_level_gives_its_price_list_to_the_orders_of_the_member(self):
        member = self.member()
        self.run_levels()
        self.assertEqual(member.property_product_pricelist, self.list)
        self.assertEqual(self.make_order(member).amount_total, 90)

    def test_the_list_goes_with_the_level(self):
        member = self.member()
        self.run_levels()
        member._edu_set_level(self.bronze)
        self.assertEqual(member.grade_id, self.bronze)
        self.assertFalse(member.specific_property_product_pricelist)
        member._edu_set_level(self.silver)
        member._edu_set_level(self.env["res.partner.grade"])
        self.assertFalse(member.specific_property_product_pricelist)

    def test_a_list_that_was_agreed_with_the_member_stays(self):
        member = self.member(specific_property_product_pricelist=self.other.id)
        self.run_levels()
        self.assertEqual(member.grade_id, self.silver)
        self.assertEqual(member.specific_property_product_pricelist, self.other)

    def test_the_organization_of_a_guardian_is_untouched(self):
        firm = self.make_organization()
        colleague = self.make_person(parent_id=firm.id)
        guardian = self.member(parent_id=firm.id)
        learner = self.make_learner(guardian)
        self.run_levels()
        self.assertEqual(guardian.grade_id, self.silver)
        for untouched in (firm, colleague, learner):
            self.assertFalse(untouched.grade_id)
            self.assertFalse(untouched.specific_property_product_pricelist)
        # The guardian's orders have the list all the same.
        self.assertEqual(guardian.property_product_pricelist, self.list)
        self.assertEqual(self.make_order(guardian).amount_total, 90)
        # Whatever is later written on the guardian goes nowhere.
        guardian.vat = "BE0477472701"
        self.assertFalse(firm.specific_property_product_pricelist)

    def test_a_list_agreed_with_the_organization_stays_too(self):
        firm = self.make_organization(specific_property_product_pricelist=self.other.id)
        guardian = self.member(parent_id=firm.id)
        self.assertEqual(guardian.specific_property_product_pricelist, self.other)
        self.run_levels()
        self.assertEqual(guardian.grade_id, self.silver)
        self.assertEqual(guardian.property_product_pricelist, self.other)
        self.assertEqual(firm.specific_property_product_pricelist, self.other)

    def test_children_under_the_guardian_share_the_list_and_have_no_level(self):
        guardian = self.member()
        child = self.make_learner(guardian, parent_id=guardian.id)
        self.run_levels()
        self.assertEqual(child.property_product_pricelist, self.list)
        self.assertFalse(child.grade_id)

    def test_the_host_still_refuses_two_lists_at_once(self):
        vals = {
            "grade_id": self.silver.id,
            "specific_property_product_pricelist": self.other.id,
        }
        with self.assertRaises(UserError):
            self.make_customer().write(vals)

    # ------------------------------------------------------------------ tiers
    def test_an_order_of_a_vip_has_the_prices_of_the_tier(self):
        self.tier("vip").pricelist_id = self.other
        vip = self.make_customer(edu_tier_id=self.tier("vip").id)
        self.assertEqual(self.make_order(vip).amount_total, 50)
        self.assertEqual(self.make_order(self.make_customer()).amount_total, 100)

    def test_the_list_of_the_person_or_level_comes_before_that_of_the_tier(self):
        self.tier("vip").pricelist_id = self.other
        member = self.member(edu_tier_id=self.tier("vip").id)
        self.run_levels()
        self.assertEqual(member.property_product_pricelist, self.list)

    def test_a_tier_has_a_list_in_each_company(self):
        self.tier("vip").pricelist_id = self.other
        company = self.make_company()
        vip = self.make_customer(edu_tier_id=self.tier("vip").id)
        elsewhere = vip.with_company(company).property_product_pricelist
        self.assertNotEqual(elsewhere, self.other)

    def test_without_price_lists_nothing_is_asked(self):
        self.env["res.config.settings"].create(
            {"group_product_pricelist": False}
        ).execute()
        self.tier("vip").pricelist_id = self.other
        vip = self.make_customer(edu_tier_id=self.tier("vip").id)
        self.assertFalse(vip.property_product_pricelist)

    def test_orders_of_people_without_level_and_tier_cost_nothing_more(self):
        plain = self.make_person()
        ask = lambda: plain.property_product_pricelist  # noqa: E731
        self.queries(ask)  # what the server keeps in memory
        with_ours = self.queries(ask)
        self.without(ProductPricelist, "_get_partner_pricelist_multi")
        self.assertEqual(self.queries(ask), with_ours)
