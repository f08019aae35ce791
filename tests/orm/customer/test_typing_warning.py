"""While a contact is typed, the form warns that phone or e-mail already exists."""

from datetime import date

from odoo.tests import Form, tagged

from ..common import EduCase

PHONE = "+86 138 1234 5678"
EMAIL = "known@example.com"
BIRTH = date(2015, 5, 1)


@tagged("post_install", "-at_install")
class TestTypingWarning(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = cls.make_customer(
            name="Known", phone=PHONE, email=EMAIL, edu_birth_date=BIRTH
        )
        cls.agent = cls.make_user("agent")

    def new_form(self):
        form = Form(self.env["res.partner"].with_user(self.agent))
        form.name = "Being typed"
        return form

    def assertWarned(self, form, *partners):
        self.assertEqual(
            set(form.edu_duplicate_ids.ids), {partner.id for partner in partners}
        )

    def test_nothing_typed_nothing_warned(self):
        self.assertWarned(self.new_form())

    def test_a_known_phone_in_another_format(self):
        form = self.new_form()
        form.country_id = self.env.ref("base.cn")
        form.phone = "138-1234-5678"
        self.assertWarned(form, self.known)

    def test_a_known_email_in_another_case(self):
        form = self.new_form()
        form.email = "KNOWN@example.com"
        self.assertWarned(form, self.known)

    def test_a_known_name_and_birth_date(self):
        form = self.new_form()
        form.name = "known"
        form.edu_birth_date = BIRTH
        self.assertWarned(form, self.known)

    def test_the_name_alone_is_no_reason(self):
        form = self.new_form()
        form.name = "Known"
        self.assertWarned(form)

    def test_the_warning_goes_when_the_value_is_corrected(self):
        form = self.new_form()
        form.email = EMAIL
        form.email = "new@example.com"
        self.assertWarned(form)

    def test_a_saved_contact_is_not_warned_of_itself(self):
        with Form(self.known.with_user(self.agent)) as form:
            form.email = "known2@example.com"
            form.email = EMAIL
            self.assertWarned(form)

    def test_the_guardian_of_the_learner_is_no_reason(self):
        learner = self.make_learner(guardian=self.known)
        form = Form(learner.with_user(self.agent))
        form.email = EMAIL
        self.assertWarned(form)

    def test_the_organization_of_the_contact_is_no_reason(self):
        school = self.make_organization(email="school@example.com")
        contact = self.make_person(parent_id=school.id)
        form = Form(contact.with_user(self.agent))
        form.email = "school@example.com"
        self.assertWarned(form)

    def test_customers_of_another_company_stay_hidden(self):
        campus = self.make_company()
        self.make_customer(email="hidden@example.com", company_id=campus.id)
        form = self.new_form()
        form.email = "hidden@example.com"
        self.assertWarned(form)

    def test_the_warning_costs_three_queries_at_most(self):
        partner = self.env["res.partner"].with_user(self.agent)
        typed = {"name": "Typed", "email": EMAIL, "phone": PHONE}
        partner.new(typed).edu_duplicate_ids  # noqa: B018 - rights, once per session
        self.env.invalidate_all()
        typing = partner.new({**typed, "edu_birth_date": BIRTH})
        self.assertTrue(typing.email_normalized and typing.phone_sanitized)
        with self.count_queries() as queries:
            self.assertEqual(typing.edu_duplicate_ids.ids, self.known.ids)
        self.assertLessEqual(queries[0], 3)

    def test_opening_a_saved_contact_searches_nothing(self):
        partner = self.known.with_user(self.agent)
        partner.read(["phone_sanitized", "email_normalized", "name", "edu_birth_date"])
        with self.assertQueryCount(0):
            self.assertFalse(partner.edu_duplicate_ids)
