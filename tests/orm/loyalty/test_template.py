"""A program is made from a template, and has nothing to do with it afterwards."""

from psycopg2.errors import CheckViolation

from odoo.tests import Form
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.models.loyalty.loyalty_program import MODES

from ..common import MODULE, EduCase

CODES = {
    "independent_points": "independent",
    "alliance_points": "alliance",
    "cobranded_affinity_card": "cobrand",
    "member_club": "club",
}


class TestTemplate(EduCase):
    def template(self, code):
        return self.env.ref(f"{MODULE}.loyalty_program_template_{code}")

    def make(self, code="independent", user=None, **values):
        """Make a program as the manager does: choose a template, fill in the form."""
        template = self.template(code).with_user(user or self.make_user("manager"))
        action = template.action_edu_use_template()
        wizard = template.env[action["res_model"]].with_context(action["context"])
        with Form(wizard) as form:
            for name, value in values.items():
                form[name] = value
        return template.browse(form.save().action_make()["res_id"]).sudo()

    def test_each_mode_is_made_from_its_template(self):
        for mode, _label in MODES:
            program = self.make(CODES[mode])
            with self.subTest(mode=mode):
                self.assertEqual(program.edu_mode, mode)
                self.assertTrue(program.active)
                self.assertFalse(program.edu_is_template)
                self.assertEqual(program.company_id, self.env.company)
                self.assertTrue(program.edu_rule_ids)
                self.assertTrue(program.rule_ids)
                self.assertEqual(program.edu_rule_ids.company_id, self.env.company)

    def test_partners_are_named_with_the_program(self):
        bank = self.env["res.partner"].create({"name": "Bank", "is_company": True})
        program = self.make("cobrand", institution_id=bank)
        self.assertEqual(program.edu_institution_id, bank)
        template = self.template("alliance")
        wizard = self.env["edu.program.new"].create(
            {"template_id": template.id, "firm_ids": bank.ids}
        )
        made = self.env["loyalty.program"].browse(wizard.action_make()["res_id"])
        self.assertEqual(made.edu_firm_ids, bank)
        self.assertFalse(template.edu_firm_ids)

    def test_the_first_program_becomes_that_of_the_company(self):
        first = self.make()
        second = self.make("club")
        self.assertEqual(self.env.company.edu_member_program_id, first)
        self.assertNotEqual(first, second)

    def test_the_rewards_are_ready(self):
        rewards = self.make().reward_ids.sorted("required_points")
        self.assertEqual(
            rewards.mapped("description"),
            ["Coupon for a later order", "10 off", "Free lesson", "Gift course"],
        )
        lesson, course = rewards[2:].reward_product_id
        self.assertTrue(lesson.active and course.active)
        self.assertEqual((lesson.edu_term_unit, lesson.edu_lessons), ("lessons", 1))
        self.assertEqual(lesson.service_tracking, "edu_course")
        self.assertEqual(lesson.company_id, self.env.company)
        self.assertFalse(lesson.sale_ok)
        self.assertTrue(all(rewards.discount_line_product_id.mapped("active")))

    def test_the_school_may_give_away_courses_of_its_own(self):
        lesson, course = self.make_course(edu_lessons=1), self.make_course()
        rewards = self.make(lesson_id=lesson, course_id=course).reward_ids
        rewards = rewards.sorted("required_points")
        self.assertEqual(rewards[2:].reward_product_id, lesson | course)
        self.assertEqual(rewards[2].description, "Free lesson")

    def test_words_of_the_template_are_copied_in_every_language(self):
        template = self.template("independent")
        template.with_context(lang="zh_CN").name = "学校积分"
        rule = template.edu_rule_ids.filtered(lambda r: r.event == "survey")
        rule.with_context(lang="zh_CN").name = "问卷"
        reward = template.reward_ids.sorted("required_points")[2]
        reward.with_context(lang="zh_CN").description = "免费课"
        gift = reward.reward_product_id.product_tmpl_id
        gift.with_context(lang="zh_CN").name = "免费课"
        program = self.make().with_context(lang="zh_CN")
        self.assertEqual(program.name, "学校积分")
        self.assertIn("问卷", program.edu_rule_ids.mapped("name"))
        self.assertIn("免费课", program.reward_ids.mapped("description"))
        self.assertIn("免费课", program.reward_ids.reward_product_id.mapped("name"))

    def test_a_template_is_nobodys_and_stays_archived(self):
        template = self.template("independent")
        self.assertFalse(self.env["loyalty.program"].search([("id", "=", template.id)]))
        gifts = template.reward_ids.reward_product_id.product_tmpl_id
        self.assertFalse(any(gifts.mapped("active")))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            template.action_unarchive()
            self.env.flush_all()

    def test_a_program_does_not_follow_its_template(self):
        program = self.make()
        self.template("independent").edu_rule_ids.points = 9
        self.assertNotIn(9, program.edu_rule_ids.mapped("points"))

    def test_only_managers_make_programs(self):
        for role in ("readonly", "agent", "leader"):
            user = self.make_user(role)
            template = self.template("club").with_user(user)
            with self.subTest(role=role):
                self.assertRefused(template._edu_make, self.env.company)
                self.assertNotIn("c", self.rights(user, "edu.program.new"))

    def test_a_program_for_coupons_has_no_members(self):
        program = self.make("coupons")
        self.assertEqual(program.program_type, "coupons")
        self.assertFalse(program.edu_mode)
        self.assertTrue(program.communication_plan_ids)
        self.assertFalse(self.env.company.edu_member_program_id)

    def test_all_programs_of_a_company_give_the_same_coupons(self):
        coupons = self.make().reward_ids.edu_coupon_program_id
        self.assertEqual(coupons.company_id, self.env.company)
        self.assertTrue(coupons.active)
        self.assertEqual(self.make("club").reward_ids.edu_coupon_program_id, coupons)

    def test_an_upgrade_leaves_templates_as_the_school_changed_them(self):
        rows = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("name", "like", "_template_")]
        )
        rows = rows.filtered(
            lambda row: row.model in ("loyalty.program", "loyalty.reward")
        )
        self.assertEqual(len(rows), 5 + 4 * 4 + 1)
        self.assertTrue(all(rows.mapped("noupdate")))

    def test_templates_act_on_no_order(self):
        customer = self.make_customer()
        order = self.make_course_order(customer, confirm=False)
        order._update_programs_and_rewards()
        self.assertFalse(order._get_claimable_rewards())
        order.action_confirm()
        self.assertFalse(order.coupon_point_ids)
        cards = self.env["loyalty.card"].with_context(active_test=False)
        self.assertFalse(cards.search([("partner_id", "=", customer.id)]))
