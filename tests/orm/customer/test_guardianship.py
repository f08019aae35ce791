"""Guardians and learners: each pair once, no loops, one payer, siblings derived."""

from psycopg2 import IntegrityError
from psycopg2.errors import CheckViolation, LockNotAvailable, UniqueViolation

from odoo import Command, api
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestGuardianship(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls.make_person(name="Mother")
        cls.father = cls.make_person(name="Father")
        cls.learner = cls.make_learner(name="Learner")

    def assertForbidden(self, error, *arguments, **values):
        with mute_logger("odoo.sql_db"), self.assertRaises(error), self.cr.savepoint():
            self.link(*arguments, **values)
            self.env.flush_all()

    # ------------------------------------------------------------------ who with whom
    def test_a_learner_has_several_guardians_and_a_guardian_several_learners(self):
        sister = self.make_learner(guardian=self.mother)
        self.link(self.mother, self.learner)
        self.link(self.father, self.learner, relation="father")
        self.assertEqual(
            self.learner.edu_guardian_link_ids.guardian_id, self.mother | self.father
        )
        self.assertEqual(
            self.mother.edu_learner_link_ids.learner_id, self.learner | sister
        )

    def test_nobody_is_their_own_guardian(self):
        self.assertForbidden(CheckViolation, self.mother, self.mother)

    def test_the_same_pair_twice_is_refused(self):
        self.link(self.mother, self.learner)
        self.assertForbidden(UniqueViolation, self.mother, self.learner)

    def test_two_people_never_guard_each_other(self):
        self.link(self.mother, self.learner)
        self.assertForbidden(UniqueViolation, self.learner, self.mother)

    def test_a_loop_of_three_is_refused(self):
        grandmother = self.make_person(name="Grandmother")
        self.link(grandmother, self.mother)
        self.link(self.mother, self.learner)
        with self.assertRaisesRegex(ValidationError, "own guardian through others"):
            self.link(self.learner, grandmother)

    def test_a_loop_made_by_one_batch_is_refused(self):
        people = self.make_people(3)
        with self.assertRaises(ValidationError):
            self.env["edu.guardianship"].create(
                [
                    {"guardian_id": people[a].id, "learner_id": people[b].id}
                    for a, b in ((0, 1), (1, 2), (2, 0))
                ]
            )

    def test_a_loop_made_by_a_change_is_refused(self):
        grandmother = self.make_person(name="Grandmother")
        self.link(grandmother, self.mother)
        self.link(self.mother, self.learner)
        link = self.link(self.father, grandmother)
        with self.assertRaises(ValidationError):
            link.guardian_id = self.learner

    def test_generations_without_loop_are_fine(self):
        grandmother = self.make_person()
        self.link(grandmother, self.mother)
        self.link(self.mother, self.learner)
        link = self.link(grandmother, self.learner, relation="grandparent")
        self.assertTrue(link.exists())

    def test_an_organization_is_neither_guardian_nor_learner(self):
        school = self.make_organization(name="School")
        with self.assertRaisesRegex(ValidationError, "School is an organization"):
            self.link(school, self.learner)
        with self.assertRaisesRegex(ValidationError, "School is an organization"):
            self.link(self.mother, school)

    def test_a_person_of_a_family_does_not_become_an_organization(self):
        self.link(self.mother, self.learner)
        with self.assertRaises(ValidationError):
            self.mother.is_company = True
            self.env.flush_all()

    def test_the_same_pair_in_two_transactions_survives_once(self):
        """The second waits for the first; it cannot slip in beside it."""
        admin = self.env.ref("base.partner_admin")
        robot = self.env.ref("base.partner_root")
        self.link(admin, robot)
        self.env.flush_all()
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            other = api.Environment(cursor, self.env.uid, {})["edu.guardianship"]
            with self.assertRaises(LockNotAvailable):
                other.create({"guardian_id": robot.id, "learner_id": admin.id})
            cursor.rollback()

    # ------------------------------------------------------------------ who pays
    def test_a_customer_pays_for_itself_by_default(self):
        self.assertEqual(self.learner.edu_payer_id, self.learner)
        self.link(self.mother, self.learner)
        self.assertEqual(self.learner.edu_payer_id, self.learner)

    def test_the_guardian_who_pays(self):
        self.link(self.mother, self.learner, is_payer=True)
        self.assertEqual(self.learner.edu_payer_id, self.mother)

    def test_a_new_payer_takes_over_from_the_present_one(self):
        first = self.link(self.mother, self.learner, is_payer=True)
        second = self.link(self.father, self.learner, is_payer=True)
        self.env.flush_all()
        self.assertFalse(first.is_payer)
        self.assertTrue(second.is_payer)
        self.assertEqual(self.learner.edu_payer_id, self.father)

    def test_marking_another_guardian_takes_over_too(self):
        first = self.link(self.mother, self.learner, is_payer=True)
        second = self.link(self.father, self.learner)
        second.is_payer = True
        self.env.flush_all()
        self.assertFalse(first.is_payer)

    def test_one_pays_for_several_learners(self):
        sister = self.make_learner()
        links = self.link(self.mother, self.learner, is_payer=True)
        links |= self.link(self.mother, sister, is_payer=True)
        self.env.flush_all()
        self.assertEqual(links.mapped("is_payer"), [True, True])

    def test_both_guardians_in_one_batch_cannot_both_pay(self):
        """However they are entered: at most one payer is left."""
        values = [
            {
                "guardian_id": guardian.id,
                "learner_id": self.learner.id,
                "is_payer": True,
            }
            for guardian in (self.mother, self.father)
        ]
        try:
            with mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.env["edu.guardianship"].create(values)
                self.env.flush_all()
        except UniqueViolation:
            self.env.invalidate_all()
        payers = self.learner.edu_guardian_link_ids.filtered("is_payer")
        self.assertLessEqual(len(payers), 1)

    def test_the_payer_is_changed_on_the_form(self):
        self.link(self.mother, self.learner, is_payer=True)
        self.link(self.father, self.learner, relation="father")
        with Form(self.learner.with_user(self.make_user("agent"))) as form:
            with form.edu_guardian_link_ids.edit(0) as line:
                line.is_payer = False
            with form.edu_guardian_link_ids.edit(1) as line:
                line.is_payer = True
        self.assertEqual(self.learner.edu_payer_id, self.father)

    def test_ticking_the_second_payer_alone_on_the_form_is_enough(self):
        self.link(self.mother, self.learner, is_payer=True)
        self.link(self.father, self.learner, relation="father")
        learner = self.learner.with_user(self.make_user("agent"))
        with Form(learner) as form, form.edu_guardian_link_ids.edit(1) as line:
            line.is_payer = True
        self.assertEqual(self.learner.edu_payer_id, self.father)

    # ------------------------------------------------------------------ families
    def test_siblings_share_a_guardian(self):
        sister = self.make_learner(guardian=self.mother)
        brother = self.make_learner(guardian=self.father)
        stranger = self.make_learner(guardian=self.make_person())
        self.link(self.mother, self.learner)
        self.link(self.father, self.learner, relation="father")
        self.assertEqual(self.learner.edu_sibling_ids, sister | brother)
        self.assertEqual(sister.edu_sibling_ids, self.learner)
        self.assertFalse(stranger.edu_sibling_ids)

    def test_an_only_child_has_no_siblings(self):
        self.link(self.mother, self.learner)
        self.assertFalse(self.learner.edu_sibling_ids)
        self.assertFalse(self.mother.edu_sibling_ids)

    def test_siblings_of_another_company_are_not_shown(self):
        campus = self.make_company()
        self.link(self.mother, self.learner)
        hidden = self.make_learner(company_id=campus.id, guardian=self.mother)
        agent = self.make_user("agent")
        siblings = self.learner.with_user(agent).edu_sibling_ids
        self.assertNotIn(hidden, siblings)

    def test_a_link_makes_both_sides_customers_of_their_nature(self):
        self.link(self.mother, self.learner)
        self.assertIn(self.nature("guardian"), self.mother.edu_nature_ids)
        self.assertIn(self.nature("learner"), self.learner.edu_nature_ids)
        self.assertTrue(self.mother.edu_is_customer)
        self.assertRegex(self.mother.ref, r"^C\d{6}$")

    def test_a_link_moved_to_another_guardian_marks_that_one(self):
        link = self.link(self.mother, self.learner)
        link.guardian_id = self.father
        self.assertIn(self.nature("guardian"), self.father.edu_nature_ids)

    def test_natures_of_their_own_stay(self):
        self.mother.edu_nature_ids = self.nature("investment")
        self.link(self.mother, self.learner)
        self.assertEqual(
            self.mother.edu_nature_ids,
            self.nature("investment") | self.nature("guardian"),
        )

    def test_both_sides_are_entered_on_the_form(self):
        partners = self.env["res.partner"].with_user(self.make_user("agent"))
        mother = partners.browse(self.mother.id)
        with Form(mother) as form, form.edu_learner_link_ids.new() as line:
            line.learner_id = self.learner.with_env(partners.env)
            line.relation = "mother"
        self.assertEqual(self.learner.edu_guardian_link_ids.guardian_id, self.mother)

    def test_a_learner_is_created_with_its_guardian(self):
        learner = self.make_customer(
            edu_guardian_link_ids=[
                Command.create({"guardian_id": self.mother.id, "is_payer": True})
            ]
        )
        self.assertEqual(learner.edu_payer_id, self.mother)
        self.assertIn(self.nature("learner"), learner.edu_nature_ids)

    def test_a_linked_person_cannot_be_deleted_without_the_link(self):
        link = self.link(self.mother, self.learner)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.mother.unlink()
        link.unlink()
        self.mother.unlink()
        self.assertFalse(self.mother.exists())

    def test_the_link_is_named_after_both(self):
        link = self.link(self.mother, self.learner, relation="mother")
        self.assertEqual(link.display_name, "Mother, Mother of Learner")
