"""A complaint on the telephone: the number finds the caller, the caller the rest."""

from odoo.tests import Form, tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestCaller(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.mother = cls.make_customer(
            name="Wang Fang", phone="+86 138 1234 5678", email="fang@example.com"
        )
        cls.child = cls.make_learner(cls.mother, name="Wang Xiao")

    def form(self, **context):
        complaints = self.env["edu.complaint"].with_user(self.agent)
        return Form(complaints.with_context(**context))

    def test_eight_fields_are_enough(self):
        form = self.form(default_channel="phone")
        form.phone = "13812345678"
        form.type_id = self.complaint_type("teaching_quality")
        form.matter_id = form.type_id.matter_ids[0]
        form.want = "attention"
        form.remedy = "apology"
        form.description = "The teacher did not come."
        complaint = form.save()
        self.assertEqual(complaint.partner_id, self.mother)
        self.assertEqual(complaint.learner_id, self.child)
        self.assertEqual(complaint.subject, form.matter_id.name)
        self.assertTrue(complaint.name)
        complaint.action_next_step()
        complaint.action_next_step()
        self.assertEqual(complaint.state, "assess")

    def test_the_caller_is_found_in_every_format(self):
        for text in (
            "+86 138 1234 5678",
            "13812345678",
            "138-1234-5678",
            "(138) 1234 5678",
            "0086 13812345678",
        ):
            with self.subTest(typed=text):
                form = self.form()
                form.phone = text
                self.assertEqual(form.partner_id, self.mother)
                self.assertEqual(form.phone, text)

    def test_the_pick_list_finds_the_number_as_well(self):
        found = self.env["res.partner"].with_user(self.agent).name_search("13812345678")
        self.assertIn(self.mother.id, [row[0] for row in found])

    def test_who_shares_the_number_is_offered(self):
        father = self.make_customer(name="Wang Lei", phone="13812345678")
        form = self.form()
        form.phone = "138 1234 5678"
        self.assertFalse(form.partner_id)
        self.assertEqual({*form.caller_ids[:]}, {*(self.mother | father)})
        form.caller_id = father
        self.assertEqual(form.partner_id, father)
        self.assertFalse(form.caller_ids[:])

    def test_a_child_with_the_number_of_its_mother_does_not_call(self):
        self.child.phone = self.mother.phone
        form = self.form()
        form.phone = "13812345678"
        self.assertEqual(form.partner_id, self.mother)

    def test_an_unknown_or_short_number_finds_nobody(self):
        for text in ("13900000000", "138", "Wang"):
            form = self.form()
            form.phone = text
            self.assertFalse(form.partner_id)
            self.assertFalse(form.caller_ids[:])

    def test_nobody_is_looked_up_for_an_anonymous_complaint(self):
        form = self.form()
        form.is_anonymous = True
        form.phone = "13812345678"
        self.assertFalse(form.partner_id)

    def test_a_customer_of_another_company_is_not_found(self):
        self.mother.company_id = self.make_company()
        form = self.form()
        form.phone = "13812345678"
        self.assertFalse(form.partner_id)

    def test_of_several_children_one_is_chosen(self):
        other = self.make_learner(self.mother)
        form = self.form()
        form.partner_id = self.mother
        self.assertFalse(form.learner_id)
        self.assertEqual({*form.child_ids[:]}, {*(self.child | other)})
        form.child_id = other
        self.assertEqual(form.learner_id, other)

    def test_payer_course_and_order_are_filled_in(self):
        father = self.make_customer()
        self.link(father, self.child, is_payer=True, relation="father")
        order = self.make_course_order(father, self.child)
        order.user_id = order.edu_enrollment_ids.user_id = self.agent
        enrollment = order.edu_enrollment_ids
        form = self.form()
        form.phone = "13812345678"
        complaint_values = (
            form.learner_id,
            form.payer_id,
            form.enrollment_id,
            form.course_id,
            form.order_id,
        )
        self.assertEqual(
            complaint_values,
            (self.child, father, enrollment, enrollment.course_id, order),
        )

    def test_the_last_order_is_filled_in_without_a_course_that_goes_on(self):
        last = self.make_order(
            self.mother, ordered_at=self.moment_ago(2), user_id=self.agent.id
        )
        self.make_order(
            self.mother, ordered_at=self.moment_ago(20), user_id=self.agent.id
        )
        self.make_order(self.mother, ordered_at=self.moment_ago(1))
        form = self.form()
        form.partner_id = self.mother
        self.assertEqual(form.order_id, last)

    def test_the_enrollment_of_another_adviser_does_not_stand_in_the_way(self):
        enrollment = self.make_enrollment(self.child, self.mother)
        complaint = self.make_complaint(
            self.mother,
            learner_id=self.child.id,
            enrollment_id=enrollment.id,
            user_id=self.agent.id,
        )
        self.assertFalse(enrollment.with_user(self.agent).has_access("read"))
        with Form(complaint.with_user(self.agent)) as form:
            form.partner_id = self.make_customer()
        self.assertEqual(complaint.enrollment_id, enrollment)
        self.assertEqual(complaint.learner_id, self.child)

    def test_another_caller_brings_another_child(self):
        aunt = self.make_customer()
        cousin = self.make_learner(aunt)
        form = self.form()
        form.partner_id = self.mother
        form.partner_id = aunt
        self.assertEqual(form.learner_id, cousin)

    def test_each_telephone_step_says_how_it_is_done(self):
        steps = self.env["edu.complaint.phone.step"].search([])
        self.assertEqual(len(steps), 6)
        for step in steps.with_context(edu_guidance=True):
            self.assertIn(step.guidance, step.display_name)
        self.assertNotIn("—", steps.with_context(edu_guidance=False)[0].display_name)

    def test_the_type_narrows_its_matters(self):
        teaching = self.complaint_type("teaching_quality")
        service = self.complaint_type("service_attitude")
        form = self.form()
        form.type_id = teaching
        form.matter_id = teaching.matter_ids[0]
        form.type_id = service
        self.assertFalse(form.matter_id)
        self.assertEqual(form.subject, service.name)
