from odoo.tests import freeze_time, tagged

from .measures import MeasureCase

ALARM = "edu_crm_addon.mail_activity_type_complaint_alarm"


@tagged("post_install", "-at_install")
class TestAlarm(MeasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader, cls.manager = cls.make_user("leader"), cls.make_user("manager")
        cls.complaint_team = cls.make_complaint_team(
            leader_id=cls.leader.id, manager_id=cls.manager.id
        )
        cls.course = cls.make_course()

    def setUp(self):
        super().setUp()
        # Only the course is the same, unless a test says so.
        self.types = iter(self.env["edu.complaint.type"].search([]))

    def decide(self, verdict="upheld", step="feedback", **values):
        values.setdefault("type", next(self.types).code)
        values.setdefault("course_id", self.course.id)
        complaint = self.make_complaint(
            step="implement",
            verdict_reason="So it is",
            received_note="By letter",
            **{"team_id": self.complaint_team.id, **values},
        )
        complaint.write({"verdict": verdict, "state": step})
        self.env.flush_all()
        return complaint

    def alarms(self, complaints):
        kind = self.env.ref(ALARM)
        return complaints.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def test_the_third_upheld_about_a_course_tells_the_leader_once(self):
        complaints = self.decide() | self.decide("partly")
        self.assertFalse(self.alarms(complaints))
        complaints |= self.decide()
        alarm = self.alarms(complaints)
        self.assertEqual(len(alarm), 1)
        self.assertEqual(alarm.user_id, self.leader)
        self.assertIn(self.course.display_name, alarm.summary)
        self.assertEqual(complaints.mapped("is_repeated"), [True] * 3)
        complaints |= self.decide()
        self.assertEqual(len(self.alarms(complaints)), 1)

    def test_each_of_them_says_so_without_naming_the_others(self):
        complaints = self.decide() | self.decide() | self.decide()
        for complaint in complaints:
            notes = " ".join(complaint.message_ids.mapped(lambda m: str(m.body)))
            self.assertIn("3 upheld complaints", notes)
            for other in complaints - complaint:
                self.assertNotIn(other.name, notes)

    def test_what_was_not_upheld_does_not_count(self):
        complaints = self.decide() | self.decide() | self.decide("not_upheld")
        self.assertFalse(self.alarms(complaints))

    def test_what_is_too_long_ago_does_not_count(self):
        with freeze_time("2026-01-01 10:00:00"):
            complaints = self.decide() | self.decide()
        with freeze_time("2026-02-02 10:00:00"):
            complaints |= self.decide()
        self.assertFalse(self.alarms(complaints))

    def test_three_of_a_type_raise_it_as_well(self):
        complaints = self.env["edu.complaint"].union(
            *(
                self.decide(type="product_problem", course_id=False)
                for _number in range(3)
            )
        )
        self.assertEqual(len(self.alarms(complaints)), 1)

    def test_three_about_one_person_go_past_that_person(self):
        accused = self.leader.partner_id
        complaints = self.env["edu.complaint"].union(
            *(
                self.decide(course_id=False, accused_partner_ids=accused.ids)
                for _number in range(3)
            )
        )
        self.assertEqual(self.alarms(complaints).user_id, self.manager)

    def test_who_is_concerned_by_one_of_them_hears_of_none(self):
        complaints = self.decide(accused_partner_ids=self.leader.partner_id.ids)
        complaints |= self.decide() | self.decide()
        self.assertEqual(self.alarms(complaints).user_id, self.manager)

    def test_another_company_counts_for_itself(self):
        complaints = self.decide() | self.decide()
        other = self.make_company()
        complaints |= self.decide(company_id=other.id, team_id=False)
        self.assertFalse(self.alarms(complaints))

    def test_the_alarm_can_be_turned_off(self):
        self.env.company.edu_alarm_count = 0
        complaints = self.decide() | self.decide() | self.decide()
        self.assertFalse(self.alarms(complaints))

    def test_a_batch_is_counted_in_one_query(self):
        complaints = self.decide() | self.decide() | self.decide() | self.decide()
        with self.assertQueryCount(1):
            self.assertFalse(complaints.browse(complaints.ids[:1])._alarm_rows())
        with self.assertQueryCount(1):
            self.assertEqual(len(complaints._alarm_rows()), 1)

    def test_prevention_is_an_activity_of_who_is_responsible(self):
        agent, other = self.make_user("agent"), self.make_user("agent")
        complaint = self.make_complaint()
        complaint.write(
            {
                "improvement": "Tell of cancellations the day before",
                "improvement_user_id": agent.id,
                "improvement_date": "2030-01-01",
            }
        )
        activity = complaint.activity_ids
        self.assertEqual(activity.user_id, agent)
        self.assertEqual(str(activity.date_deadline), "2030-01-01")
        complaint.improvement_user_id = other
        self.assertEqual(complaint.activity_ids.user_id, other)
        complaint.improvement_user_id = False
        self.assertFalse(complaint.activity_ids)
