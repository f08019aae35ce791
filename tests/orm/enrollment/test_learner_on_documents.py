"""Order, invoice and portal name the learner: siblings are told apart."""

from odoo.fields import Command
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestLearnerOnDocuments(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls.make_person(name="Mother")
        cls.children = [cls.make_learner(cls.mother, name=n) for n in ("Mei", "Long")]
        course = cls.make_course(name="Piano")
        lines = [
            {"product_id": course.id, "edu_learner_id": c.id} for c in cls.children
        ]
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.mother.id,
                "order_line": [
                    *map(Command.create, lines),
                    Command.create({"product_id": cls.make_product(name="Book").id}),
                ],
            }
        )
        cls.order.action_confirm()

    def test_the_invoice_names_the_learner_of_each_line(self):
        names = self.make_invoice(self.order).invoice_line_ids.mapped("name")
        self.assertRegex(names[0], r"^Piano[^\n]*\nLearner: Mei$")
        self.assertRegex(names[1], r"^Piano[^\n]*\nLearner: Long$")
        self.assertNotIn("Learner", names[2])

    def test_a_salesperson_without_role_makes_the_same_invoice(self):
        user = self.make_user("salesperson")
        self.order.user_id = user
        user.group_ids |= self.env.ref("account.group_account_invoice")
        [values, *_others] = [
            line._prepare_invoice_line()
            for line in self.order.with_user(user).order_line
        ]
        self.assertIn("Learner: Mei", values["name"])

    def test_the_printed_order_names_the_learner_of_each_line(self):
        reports = self.env["ir.actions.report"].with_user(self.make_user("manager"))
        html, _type = reports._render_qweb_html(
            "sale.action_report_saleorder", self.order.ids
        )
        for name in ("Mei", "Long"):
            self.assertEqual(html.decode().count(f"Learner: {name}"), 1)
