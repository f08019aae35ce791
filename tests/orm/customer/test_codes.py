"""The codes of the pure rules are those of the models' selections and catalogues."""

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import completeness, relationship
from odoo.addons.edu_crm_addon.models.customer import (
    edu_customer_nature,
    res_partner_quality,
)

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestCodes(EduCase):
    def selection(self, model, name):
        return [code for code, _label in self.env[model]._fields[name].selection]

    def test_relationships_are_those_of_the_rule_in_order(self):
        self.assertEqual(
            self.selection("res.partner", "edu_relationship"), list(relationship.CODES)
        )

    def test_the_report_knows_the_same_relationships(self):
        self.assertEqual(
            self.selection("edu.customer.report", "relationship"),
            list(relationship.CODES),
        )

    def test_every_item_of_the_file_has_a_label_and_fields(self):
        items = set(completeness.ITEMS)
        self.assertEqual(set(res_partner_quality.MISSING_LABELS), items)
        self.assertEqual(set(res_partner_quality.KNOWN_BY), items)

    def test_the_fields_of_the_file_exist(self):
        nobody = self.env["res.partner"]
        for item, names in res_partner_quality.KNOWN_BY.items():
            for name in names:
                with self.subTest(item=item, path=name):
                    self.assertFalse(any(nobody.mapped(name)))

    def test_the_natures_that_rules_rely_on_are_shipped(self):
        codes = self.env["edu.customer.nature"].search([]).mapped("code")
        for code in (
            edu_customer_nature.LEARNER,
            edu_customer_nature.GUARDIAN,
            edu_customer_nature.SUPPLIER,
        ):
            self.assertIn(code, codes)

    def test_attitudes_to_losing_a_customer_are_those_of_the_documents(self):
        self.assertEqual(
            self.selection("edu.customer.tier", "loss_attitude"),
            ["utmost", "full_effort", "case_by_case", "mostly_give_up"],
        )
