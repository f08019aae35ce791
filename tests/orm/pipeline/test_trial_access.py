"""Who sees and changes which trial lessons, and in which company."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import GOOD_RESULT, EduCase


@tagged("post_install", "-at_install")
class TestTrialAccess(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.colleague = cls.make_user("agent"), cls.make_user("agent")
        cls.stranger, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.manager, cls.reader = cls.make_user("manager"), cls.make_user("readonly")
        cls.team = cls.env["crm.team"].create(
            {"name": "North", "user_id": cls.leader.id}
        )
        for member in (cls.agent, cls.colleague):
            cls.env["crm.team.member"].create(
                {"crm_team_id": cls.team.id, "user_id": member.id}
            )
        cls.own = cls.lesson_of(cls.agent, cls.team)
        cls.teams = cls.lesson_of(cls.colleague, cls.team)
        cls.strange = cls.lesson_of(cls.stranger, False)
        cls.unassigned = cls.lesson_of(cls.env["res.users"], False)
        cls.ours = cls.own | cls.teams | cls.strange | cls.unassigned

    @classmethod
    def lesson_of(cls, user, team):
        lead = cls.make_lead(
            cls.make_person(), user_id=user.id, team_id=team and team.id
        )
        lesson = cls.make_trial(lead)
        lesson.write({"user_id": user.id, "team_id": team and team.id})
        return lesson

    def seen_by(self, user):
        lessons = self.env["edu.trial.lesson"].with_user(user)
        return lessons.search([("id", "in", self.ours.ids)]).with_user(self.env.user)

    def test_an_agent_sees_own_and_unassigned_and_those_of_the_team(self):
        self.assertEqual(self.seen_by(self.agent), self.ours - self.strange)
        self.assertEqual(self.seen_by(self.stranger), self.strange | self.unassigned)

    def test_a_leader_sees_those_of_the_team(self):
        self.assertEqual(self.seen_by(self.leader), self.ours - self.strange)

    def test_a_manager_and_a_reader_see_all(self):
        self.assertEqual(self.seen_by(self.manager), self.ours)
        self.assertEqual(self.seen_by(self.reader), self.ours)

    def test_others_see_nothing(self):
        for role in ("salesperson", "employee", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["edu.trial.lesson"].with_user(self.make_user(role)).search([])

    def test_an_agent_works_from_plan_to_result(self):
        lead = self.make_lead(self.make_person(), user_id=self.agent.id)
        teacher = self.make_teacher()
        lesson = self.env["edu.trial.lesson"].with_user(self.agent)
        lesson = lesson.create(
            {
                "lead_id": lead.id,
                "teacher_id": teacher.id,
                "start_at": self.moment_ago(1),
            }
        )
        lesson.action_confirm()
        lesson.write(GOOD_RESULT)
        lesson.action_attend()
        self.assertEqual(lesson.state, "attended")

    def test_an_agent_does_not_touch_a_strangers_lesson(self):
        with self.assertRaises(AccessError):
            self.strange.with_user(self.agent).action_confirm()
        with self.assertRaises(AccessError):
            self.strange.with_user(self.agent).read(["name"])

    def test_only_a_manager_deletes(self):
        for user in (self.agent, self.leader, self.reader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.own.with_user(user).unlink()
        self.own.with_user(self.manager).unlink()

    def test_a_reader_changes_nothing(self):
        with self.assertRaises(AccessError):
            self.own.with_user(self.reader).action_confirm()
        with self.assertRaises(AccessError):
            self.own.with_user(self.reader).note = "Mine"

    def test_a_salesperson_without_education_role_works_with_leads_as_before(self):
        salesperson = self.make_user("salesperson")
        lead = self.env["crm.lead"].with_user(salesperson)
        lead = lead.create({"name": "Books", "user_id": salesperson.id})
        self.make_trial(lead.with_user(self.env.user))
        lead.action_set_lost()
        with self.assertRaises(AccessError):
            lead.read(["edu_trial_state"])

    # ------------------------------------------------------------------ rooms
    def test_rooms_are_the_managers(self):
        room = self.make_room()
        room.with_user(self.manager).name = "Blue room"
        room.with_user(self.reader).read(["name"])
        with self.assertRaises(AccessError):
            room.with_user(self.agent).name = "Red room"

    def test_a_room_in_use_is_archived_not_deleted(self):
        room = self.make_room()
        self.own.room_id = room
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            room.unlink()

    # ------------------------------------------------------------------ companies
    def test_another_companys_lessons_are_invisible(self):
        campus = self.make_company()
        there = self.make_user("manager", company=campus)
        self.assertFalse(self.seen_by(there))
        report = self.env["edu.trial.report"].with_user(there)
        self.assertFalse(report.search([("lesson_id", "in", self.ours.ids)]))

    def test_a_lesson_is_of_its_leads_company(self):
        campus = self.make_company()
        lead = self.make_lead(
            self.make_person(), company_id=campus.id, team_id=False, user_id=False
        )
        lesson = self.make_trial(lead, user_id=False)
        self.assertEqual(lesson.company_id, campus)
        self.assertFalse(self.seen_by(self.manager) & lesson)

    def test_a_room_of_another_company_cannot_be_booked(self):
        room = self.make_room(company_id=self.make_company().id)
        with self.assertRaises(UserError):
            self.own.room_id = room

    def test_a_teacher_shared_by_companies_is_not_booked_twice(self):
        campus = self.make_company()
        teacher = self.make_teacher()
        lead = self.make_lead(
            self.make_person(), company_id=campus.id, team_id=False, user_id=False
        )
        values = {"teacher_id": teacher.id, "start_at": self.own.start_at}
        self.make_trial(lead, user_id=False, **values)
        with self.assertRaises(UserError):
            self.own.teacher_id = teacher

    def test_an_agent_plans_no_lesson_of_a_lead_it_does_not_see(self):
        lead = self.make_lead(self.make_person(), user_id=self.stranger.id)
        values = {
            "lead_id": lead.id,
            "teacher_id": self.make_teacher().id,
            "user_id": self.agent.id,
            "start_at": self.moment_ago(-2),
        }
        lessons = self.env["edu.trial.lesson"].with_user(self.agent)
        with self.assertRaises(AccessError):
            lessons.create(values)
        with self.assertRaises(AccessError):
            self.own.with_user(self.agent).lead_id = lead

    def test_an_agent_puts_no_other_event_in_the_place_of_the_lessons(self):
        event = self.env["calendar.event"].create(
            {"name": "Board", "start": self.moment_ago(0), "stop": self.moment_ago(0)}
        )
        with self.assertRaises(AccessError):
            self.own.with_user(self.agent).event_id = event
        self.own.with_user(self.agent).action_confirm()
        self.assertTrue(self.own.event_id)
