"""What the same customer complained of before is shown, as far as one may see it."""

from odoo.tests import Form, tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestRepeat(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls.make_customer()
        cls.father = cls.make_customer()
        cls.child = cls.make_learner(cls.mother)

    def complain(self, partner, days, **values):
        return self.make_complaint(
            partner,
            received_at=self.moment_ago(days),
            received_note="On paper",
            **values,
        )

    def assertEarlier(self, complaint, earlier, same_type):
        complaint.invalidate_recordset()
        counts = (complaint.earlier_count, complaint.same_type_count)
        self.assertEqual(counts, (earlier, same_type))

    def test_the_year_before_and_the_same_type_in_90_days_count(self):
        for days in (30, 89, 91, 364, 366):
            self.complain(self.mother, days, type="teaching_quality")
        self.complain(self.mother, 10, type="after_sales")
        now = self.make_complaint(self.mother, type="teaching_quality")
        self.assertEarlier(now, 5, 2)
        shown = self.env["edu.complaint"].search(now.action_open_earlier()["domain"])
        self.assertEqual(len(shown), 5)

    def test_the_same_learner_counts_whoever_calls(self):
        self.complain(self.mother, 5, learner_id=self.child.id)
        now = self.make_complaint(self.father, learner_id=self.child.id)
        self.assertEarlier(now, 1, 0)

    def test_a_later_or_merged_one_does_not_count(self):
        now = self.complain(self.mother, 5)
        self.make_complaint(self.mother)
        self.complain(self.mother, 9)._merge_into(self.complain(self.mother, 8))
        self.assertEarlier(now, 1, 0)

    def test_an_anonymous_complaint_has_none(self):
        self.complain(self.mother, 5)
        now = self.make_complaint(is_anonymous=True, partner_id=False)
        self.assertEarlier(now, 0, 0)

    def test_it_is_counted_while_the_customer_talks(self):
        self.complain(self.mother, 5, type="after_sales")
        form = Form(self.env["edu.complaint"])
        form.partner_id = self.mother
        self.assertEqual(form.earlier_count, 1)
        form.type_id = self.complaint_type("after_sales")
        self.assertEqual(form.same_type_count, 1)

    def test_what_one_may_not_see_does_not_count(self):
        agent = self.make_user("agent")
        about = self.complain(self.mother, 5)
        about.accused_partner_ids = agent.partner_id
        self.complain(self.mother, 6, user_id=self.make_user("agent").id)
        own = self.complain(self.mother, 7, user_id=agent.id)
        now = self.make_complaint(self.mother, user_id=agent.id)
        self.assertEarlier(now, 3, 0)
        seen = now.with_user(agent)
        self.assertEarlier(seen, 1, 0)
        shown = seen.search(seen.action_open_earlier()["domain"])
        self.assertEqual(shown, own)

    def test_a_whole_list_costs_one_query(self):
        complaints = self.env["edu.complaint"]
        for days in range(1, 11):
            complaints |= self.complain(self.mother, days)
        complaints.invalidate_recordset()
        complaints.mapped("received_at")
        with self.count_queries() as queries:
            complaints.mapped("earlier_count")
        self.assertLessEqual(queries[0], 1)
