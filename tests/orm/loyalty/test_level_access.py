"""Who says what levels take and give; companies apart."""

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.tools import mute_logger

from ..common import EduCase


class TestLevelAccess(EduCase):
    def test_only_managers_say_how_levels_are_earned(self):
        grade = self.make_level()
        for role in ("salesperson", "readonly", "agent", "leader"):
            user = self.make_user(role)
            with self.subTest(role):
                self.assertRefused(grade.with_user(user).write, {"edu_is_earned": True})
                self.assertRefused(
                    self.env["res.partner.grade"].with_user(user).create,
                    {"name": "Mine", "edu_threshold": 1},
                )
        manager = self.make_user("manager")
        grade.with_user(manager).write({"edu_is_earned": True, "edu_threshold": 77})
        self.assertTrue(grade.edu_is_earned)

    def test_salespeople_still_change_what_is_the_hosts(self):
        grade = self.make_level()
        grade.edu_multiplier = 2
        for role in ("salesperson", "agent"):
            seller = self.make_user(role)
            with self.subTest(role):
                grade.with_user(seller).name = role
                self.assertEqual(grade.name, role)
                copied = grade.with_user(seller).copy().sudo()
                self.assertEqual(copied.edu_multiplier, 1)

    def test_a_copied_level_is_not_earned(self):
        self.assertFalse(self.make_level(501).copy().edu_is_earned)

    def test_two_levels_do_not_take_the_same_points(self):
        self.make_ladder()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_level(500)
            self.env.flush_all()

    def test_the_hosts_levels_are_a_ladder_and_no_partner_was_changed(self):
        gold = self.env.ref("partnership.res_partner_grade_data_gold")
        silver = self.env.ref("partnership.res_partner_grade_data_silver")
        self.assertTrue(gold.edu_is_earned and silver.edu_is_earned)
        self.assertGreater(gold.edu_threshold, silver.edu_threshold)
        self.assertTrue(gold._edu_reaches(silver))
        self.assertIn("1.25", gold.edu_benefits)
        # What the school made of them is not made again.
        gold.edu_threshold = 7000
        self.env["res.partner.grade"]._edu_begin_ladder()
        self.assertEqual(gold.edu_threshold, 7000)

    def test_the_first_benefits_are_in_each_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        gold = self.env.ref("partnership.res_partner_grade_data_gold")
        with patch.object(
            type(gold), "_edu_first_benefits", lambda grade: f"In {grade.env.lang}"
        ):
            gold._edu_set_first_benefits()
        for code in ("en_US", "fr_FR"):
            with self.subTest(code):
                self.assertIn(code, gold.with_context(lang=code).edu_benefits)

    def test_ladders_of_companies_do_not_mix(self):
        campus = self.make_company()
        here = self.make_ladder()
        there = self.make_level(10, company_id=campus.id)
        program = self.make_program(company=campus)
        member = self.make_customer()
        card = self.make_card(member, 50, program=program)
        self.make_card(member, 600, program=self.make_program())
        self.assertEqual(len(self.env.company._edu_ladder()), len(here))
        self.run_levels()
        # One company gave a level: it is no step of the other's ladder.
        self.assertIn(member.grade_id, here[1] | there)
        given = member.grade_id
        self.run_levels()
        self.assertEqual(member.grade_id, given)
        self.assertEqual(card.edu_qualifying_points, 50)

    def test_a_level_of_all_companies_is_held_by_the_points_of_any(self):
        self.make_ladder(company_id=False)
        campus = self.make_company()
        member = self.make_customer()
        self.make_card(member, 600, program=self.make_program(company=campus))
        card = self.make_card(member, 0, program=self.make_program())
        self.run_levels()
        self.assertEqual(member.grade_id.name, "Silver")
        self.run_levels()
        self.assertFalse(card.edu_level_notice_on)

    def test_nobody_types_the_notice(self):
        card = self.make_card()
        manager = self.make_user("manager")
        vals = {"edu_level_notice_on": "2026-01-01"}
        self.assertRefused(card.with_user(manager).write, vals)

    def test_each_role_opens_the_screens_of_levels(self):
        self.make_ladder()
        member = self.make_customer()
        self.make_card(member, 600)
        self.run_levels()
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role)
            with self.subTest(role):
                seen = member.with_user(user)
                self.assertEqual(seen.edu_qualifying_points, 600)
                self.assertEqual(seen.edu_next_grade_id.name, "Gold")
                self.assertEqual(seen.edu_card_ids.edu_missing_points, 400)
