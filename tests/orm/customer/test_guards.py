"""What follows from records or from a button cannot be typed, imported or called in."""

from psycopg2.errors import LockNotAvailable

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestGuards(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.customer = cls.make_customer()

    def assertRefused(self, record, **values):
        with self.assertRaises(AccessError):
            record.with_user(self.agent).write(values)

    def test_figures_of_the_file_are_not_typed(self):
        self.assertRefused(self.customer, edu_completeness=100)
        self.assertRefused(self.customer, edu_relationship="repeat")

    def test_a_verification_is_the_button_s_stamp(self):
        self.assertRefused(self.customer, edu_verified_on="2099-01-01")
        self.assertRefused(self.customer, edu_verified_by_id=self.agent.id)
        self.customer.with_user(self.agent).action_edu_verify()
        self.assertEqual(self.customer.edu_verified_by_id, self.agent)

    def test_who_only_reads_does_not_verify(self):
        with self.assertRaises(AccessError):
            self.customer.with_user(self.make_user("readonly")).action_edu_verify()

    def test_a_salesperson_without_role_does_not_verify(self):
        with self.assertRaises(AccessError):
            self.customer.with_user(self.make_user("salesperson")).action_edu_verify()

    def test_groups_of_duplicates_are_not_typed(self):
        group = self.env["edu.duplicate"].create({"reason": "email", "key": "a@b.c"})
        self.assertRefused(group, state="ignored")
        self.assertRefused(group, key="d@e.f")

    def test_an_emptied_number_is_drawn_anew(self):
        first = self.customer.ref
        for blank in (False, "  "):
            with self.subTest(blank=blank):
                self.customer.with_user(self.agent).ref = blank
                self.assertTrue(self.customer.ref.strip())
                self.assertNotEqual(self.customer.ref, first)

    def test_empty_codes_are_no_double(self):
        stages = self.env["edu.stage"]
        self.assertTrue(stages.create([{"name": "A", "code": ""}, {"name": "B"}]))
        self.assertTrue(stages.create({"name": "C", "code": ""}))

    def test_a_family_shows_no_contact_details_of_another_company(self):
        campus = self.make_company()
        guardian = self.make_person(phone="+86 138 0000 1111", company_id=campus.id)
        self.env.flush_all()
        self.env.invalidate_all()
        answer = (
            self.env["edu.guardianship"]
            .with_user(self.agent)
            .onchange(
                {"guardian_id": guardian.id},
                ["guardian_id"],
                {"guardian_id": {}, "guardian_phone": {}},
            )
        )
        self.assertFalse(answer["value"].get("guardian_phone"))

    def test_a_link_locks_the_guardians_above_it(self):
        """So of two transactions that close a loop together, the later one retries.

        The link above is made by SQL: it alone would not touch the contact.
        """
        above = self.env.ref("base.public_partner")
        below = self.env.ref("base.partner_admin")
        self.env.cr.execute(
            SQL(
                "INSERT INTO edu_guardianship (guardian_id, learner_id, relation) "
                "VALUES (%s, %s, 'other')",
                above.id,
                below.id,
            )
        )
        lock = SQL(
            "SELECT FROM res_partner WHERE id = %s FOR NO KEY UPDATE NOWAIT", above.id
        )
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(lock)
            cursor.rollback()
            self.link(below, self.make_person())
            self.env.flush_all()
            with self.assertRaises(LockNotAvailable):
                cursor.execute(lock)
            cursor.rollback()
