"""A hundred trial lessons take as many queries as ten."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ..common import GOOD_RESULT, MODULE, EduCase

FEW, MANY = 10, 100
# The host writes and reads in chunks: that may be some queries more for the hundred.
CHUNKS = 6
NAMED = {"fields": {"display_name": {}}}
LIST = {
    "name": {},
    "start_at": {},
    "learner_name": {},
    "lead_id": NAMED,
    "teacher_id": NAMED,
    "room_id": NAMED,
    "course_id": NAMED,
    "user_id": NAMED,
    "source_id": NAMED,
    "rating": {},
    "outcome": {},
    "state": {},
    "is_result_late": {},
    "activity_ids": {},
}


@tagged("post_install", "-at_install")
class TestTrialQueries(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.used = 0
        cls.day = Datetime.to_datetime("2026-01-01")
        team = cls.env.ref(f"{MODULE}.crm_team_school")
        cls.people = cls.make_people(2 * MANY)
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": "Lead",
                    "partner_id": person.id,
                    "team_id": team.id,
                    "user_id": cls.agent.id,
                    "stage_id": cls.env.ref(f"{MODULE}.crm_stage_prospect").id,
                }
                for person in cls.people
            ]
        )
        cls.teacher = cls.make_teacher()
        cls.room = cls.make_room()

    def values(self, number):
        """Return lessons one after the other, each of a lead without lessons so far."""
        self.day += timedelta(days=30)
        self.used += number
        return [
            {
                "lead_id": lead.id,
                "teacher_id": self.teacher.id,
                "room_id": self.room.id,
                "start_at": self.day + timedelta(hours=hour),
            }
            for hour, lead in enumerate(self.leads[self.used - number : self.used])
        ]

    @property
    def lessons(self):
        return self.env["edu.trial.lesson"].with_user(self.agent)

    def assertFlat(self, function, few, many):
        self.queries(function, few())
        cost_of_few = self.queries(function, few())
        cost_of_many = self.queries(function, many())
        self.assertLessEqual(cost_of_many, cost_of_few + CHUNKS)

    def made(self, number, state="planned"):
        return self.lessons.create(
            [{**values, "state": state} for values in self.values(number)]
        )

    def test_creating(self):
        self.assertFlat(
            self.lessons.create, lambda: self.values(FEW), lambda: self.values(MANY)
        )

    def test_canceling(self):
        self.assertFlat(
            lambda lessons: lessons.action_cancel(),
            lambda: self.made(FEW),
            lambda: self.made(MANY),
        )

    def test_confirming_with_an_event_each(self):
        self.assertFlat(
            lambda lessons: lessons.action_confirm(),
            lambda: self.made(FEW),
            lambda: self.made(MANY),
        )

    def test_recording_results(self):
        def attend(lessons):
            lessons.write({**GOOD_RESULT, "state": "attended"})

        self.assertFlat(
            attend,
            lambda: self.made(FEW, "confirmed"),
            lambda: self.made(MANY, "confirmed"),
        )

    def test_asking_for_results(self):
        self.assertFlat(
            lambda lessons: lessons.sudo()._ask_result(),
            lambda: self.made(FEW),
            lambda: self.made(MANY),
        )

    def test_reading_the_list(self):
        lessons = self.made(MANY)

        def read(number):
            domain = [("id", "in", lessons.ids)]
            rows = self.lessons.web_search_read(domain, LIST, limit=number)["records"]
            self.assertEqual(len(rows), number)

        self.assertFlat(read, lambda: FEW, lambda: MANY)

    def test_reading_leads_with_their_lessons(self):
        self.made(MANY)
        fields = {"name": {}, "edu_trial_count": {}, "edu_trial_state": {}}

        def read(number):
            leads = self.env["crm.lead"].with_user(self.agent)
            domain = [("id", "in", self.leads.ids)]
            leads.web_search_read(domain, fields, limit=number)

        self.assertFlat(read, lambda: FEW, lambda: MANY)
