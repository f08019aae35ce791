"""A contact shows its complaints: those it made and those about its learning."""

from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestContact(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls.make_customer()
        cls.child = cls.make_learner(cls.mother)
        cls.agent = cls.make_user("agent")
        cls.complaint = cls.make_complaint(
            cls.mother, learner_id=cls.child.id, user_id=cls.agent.id
        )

    def test_complainant_and_learner_count_it(self):
        own = self.make_customer()
        self.make_complaint(own, learner_id=own.id)
        people = self.mother | self.child | own | self.make_customer()
        self.assertEqual(people.mapped("edu_complaint_count"), [1, 1, 1, 0])

    def test_the_button_opens_what_it_counts(self):
        for partner in (self.mother, self.child):
            action = partner.action_edu_open_complaints()
            found = self.env["edu.complaint"].search(action["domain"])
            self.assertEqual(found, self.complaint)

    def test_it_counts_what_the_user_may_see(self):
        self.assertEqual(self.mother.with_user(self.agent).edu_complaint_count, 1)
        other = self.mother.with_user(self.make_user("agent"))
        self.assertEqual(other.edu_complaint_count, 0)
        self.complaint.sudo().accused_partner_ids = self.make_user("manager").partner_id
        accused = self.complaint.accused_partner_ids.user_ids
        self.assertEqual(self.mother.with_user(accused).edu_complaint_count, 0)

    def test_who_has_no_role_has_no_count(self):
        salesperson = self.make_user("salesperson")
        names = self.mother.with_user(salesperson).fields_get()
        self.assertNotIn("edu_complaint_count", names)

    def test_a_list_of_contacts_costs_one_query(self):
        people = self.make_people(20)
        for partner in people[:5]:
            self.make_complaint(partner)
        people = people.with_user(self.make_user("manager"))
        people.mapped("name")
        people[0].mapped("edu_complaint_count")
        people.invalidate_recordset(["edu_complaint_count"])
        with self.count_queries() as queries:
            people.mapped("edu_complaint_count")
        self.assertEqual(queries[0], 1)

    def test_the_enrollment_shows_its_complaints(self):
        order = self.make_course_order(self.mother, self.child)
        enrollment = order.edu_enrollment_ids
        self.assertEqual(enrollment.complaint_count, 0)
        self.complaint.enrollment_id = enrollment
        self.assertEqual(enrollment.complaint_count, 1)
        action = enrollment.action_open_complaints()
        found = self.env["edu.complaint"].search(action["domain"])
        self.assertEqual(found, self.complaint)
        new = self.env["edu.complaint"].with_context(action["context"]).new()
        self.assertEqual(new.learner_id, self.child)

    def test_from_the_complaint_each_linked_record_opens(self):
        order = self.make_course_order(self.mother, self.child)
        enrollment = order.edu_enrollment_ids
        invoice = self.make_invoice(order)
        lead = self.make_lead(self.mother)
        self.complaint.write(
            {
                "enrollment_id": enrollment.id,
                "order_id": order.id,
                "lead_id": lead.id,
                "invoice_id": invoice.id,
            }
        )
        for name, record in (
            ("learner", self.child),
            ("enrollment", enrollment),
            ("order", order),
            ("invoice", invoice),
            ("lead", lead),
        ):
            action = getattr(self.complaint, f"action_open_{name}")()
            self.assertEqual(
                (action["res_model"], action["res_id"]), (record._name, record.id)
            )

    def test_merging_contacts_keeps_their_complaints(self):
        twin = self.make_customer(email=self.mother.email)
        accused = self.make_person(email=twin.email)
        own = self.make_complaint(twin, payer_id=twin.id, learner_id=twin.id)
        about = self.make_complaint(
            self.mother, accused_partner_ids=(accused | self.make_person()).ids
        )
        self.merge(twin | accused, self.mother)
        self.assertEqual(own.partner_id, self.mother)
        self.assertEqual(own.payer_id | own.learner_id, self.mother)
        self.assertIn(self.mother, about.accused_partner_ids)
        self.assertEqual(len(about.accused_partner_ids), 2)
