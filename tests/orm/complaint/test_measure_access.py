from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .measures import MeasureCase


@tagged("post_install", "-at_install")
class TestMeasureAccess(MeasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.complaint_team = cls.make_complaint_team(cls.agent, leader_id=cls.leader.id)

    def rows(self, **values):
        """Return a measure and a solution of one complaint of the team."""
        complaint = self.make_complaint(
            step="implement",
            **{
                "team_id": self.complaint_team.id,
                "user_id": self.agent.id,
                "recorded_by_id": self.env.uid,
                **values,
            },
        )
        solution = self.env["edu.complaint.solution"].create(
            {"complaint_id": complaint.id, "name": "Repeat it"}
        )
        return self.make_measure(complaint, user_id=False), solution

    def visible(self, records, user):
        return records.with_user(user).search([("id", "in", records.ids)])

    def assertSees(self, user, rows, *, seen=True):
        for row in rows:
            self.assertEqual(bool(self.visible(row, user)), seen)
            self.assertEqual(row.with_user(user).has_access("read"), seen)

    def test_the_handler_sees_and_changes_them(self):
        measure, solution = self.rows()
        self.assertSees(self.agent, (measure, solution))
        measure.with_user(self.agent).description = "By mail"
        solution.with_user(self.agent).description = "On Friday"

    def test_another_agent_sees_none_but_own_measures(self):
        measure, solution = self.rows()
        other = self.make_user("agent")
        self.assertSees(other, (measure, solution), seen=False)
        measure.user_id = other
        self.assertSees(other, [measure])
        measure.with_user(other).action_done()
        self.assertEqual(measure.state, "done")

    def test_another_agent_adds_none(self):
        measure, _solution = self.rows()
        other = self.make_user("agent")
        with self.assertRaises(AccessError):
            self.make_measure(measure.complaint_id, user=other, user_id=other.id)

    def test_the_leader_sees_those_of_the_team(self):
        self.assertSees(self.leader, self.rows())
        self.assertSees(self.make_user("leader"), self.rows(), seen=False)

    def test_manager_and_reader_see_all_and_readers_change_none(self):
        rows = self.rows()
        self.assertSees(self.make_user("manager"), rows)
        reader = self.make_user("readonly")
        self.assertSees(reader, rows)
        for row in rows:
            with self.assertRaises(AccessError):
                row.with_user(reader).write({"description": "x"})

    def test_others_see_nothing(self):
        for role in ("employee", "salesperson", "portal", "accountant"):
            user = self.make_user(role)
            for row in self.rows():
                self.assertFalse(row.with_user(user).has_access("read"))

    def test_whom_it_is_about_sees_nothing_whatever_the_role(self):
        for role in ("agent", "leader", "manager", "readonly"):
            user = self.make_user(role)
            rows = self.rows(accused_partner_ids=user.partner_id.ids)
            self.assertSees(user, rows, seen=False)

    def test_another_company_sees_nothing(self):
        manager = self.make_user("manager", company=self.make_company())
        self.assertSees(manager, self.rows(), seen=False)

    def test_one_solution_is_chosen_and_stays(self):
        _measure, solution = self.rows()
        second = solution.copy()
        solution.with_user(self.agent).action_choose()
        second.with_user(self.agent).action_choose()
        self.assertRecordValues(
            solution | second,
            [
                {"is_chosen": False, "chosen_by": False, "chosen_user_id": False},
                {
                    "is_chosen": True,
                    "chosen_by": "staff",
                    "chosen_user_id": self.agent.id,
                },
            ],
        )
        self.assertTrue(second.chosen_at)
        with self.assertRaises(UserError):
            second.with_user(self.agent).name = "Something else"
        with self.assertRaises(UserError):
            second.with_user(self.agent).unlink()

    def test_nobody_writes_the_choice(self):
        _measure, solution = self.rows()
        with self.assertRaises(UserError):
            solution.with_user(self.agent).is_chosen = True

    def test_two_chosen_are_refused_by_the_database(self):
        _measure, solution = self.rows()
        second = solution.copy()
        solution._choose("customer")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            second.is_chosen = True
            second.flush_recordset()

    def test_nothing_is_offered_after_the_end(self):
        _measure, solution = self.rows()
        solution.complaint_id.action_withdraw()
        with self.assertRaises(ValidationError):
            solution.action_choose()

    def test_the_form_opens_and_the_measure_is_made_by_it(self):
        measure, _solution = self.rows()
        for role in ("agent", "leader", "manager"):
            user = self.make_user(role)
            if role == "leader":
                self.complaint_team.member_ids += user
            complaint = self.make_complaint(
                step="implement", team_id=self.complaint_team.id, user_id=user.id
            )
            measures = self.env["edu.complaint.measure"].with_user(user)
            form = Form(measures.with_context(default_complaint_id=complaint.id))
            form.kind = "comp_other"
            form.cost = 5
            made = form.save()
            self.assertEqual(made.user_id, user)
            made.action_done()
        Form(measure.with_user(self.make_user("readonly")))

    def test_another_agent_ends_a_repair_one_is_responsible_for(self):
        complaint = self.make_complaint(
            step="feedback", team_id=self.complaint_team.id, user_id=self.agent.id
        )
        other = self.make_user("agent")
        apology = self.make_measure(
            complaint, "apologise", is_repair=True, user_id=other.id
        )
        apology.with_user(other).action_done()
        self.assertEqual(apology.state, "done")

    def test_the_apology_is_written_with_the_template(self):
        complaint = self.make_family_complaint()
        complaint.partner_id.lang = "zh_CN"
        apology = self.make_measure(complaint, "apologise")
        context = apology.action_write_apology()["context"]
        composer = self.env["mail.compose.message"].with_context(**context).create({})
        composer.action_send_mail()
        message = complaint.message_ids[0]
        self.assertIn(complaint.name, message.body)
        self.assertEqual(message.partner_ids, complaint.partner_id)
