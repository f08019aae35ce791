"""Fields and windows that a client fills in by itself, past the form."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Datetime
from odoo.tests import tagged

from ..common import EduCase

# The host writes these itself, whoever may write the record.
HOSTS = {"id", "create_uid", "create_date", "write_uid", "write_date"}


@tagged("post_install", "-at_install")
class TestForgedFields(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.complaints = cls.make_complaint_team(
            cls.agent,
            leader_id=cls.leader.id,
            manager_id=cls.make_user("manager").id,
        )
        cls.hidden = cls.make_complaint(
            subject="Hidden matter",
            user_id=cls.leader.id,
            accused_partner_ids=[Command.set(cls.make_person().ids)],
        )

    def make(self, **values):
        return self.make_complaint(
            team_id=self.complaints.id, user_id=self.agent.id, **values
        )

    def readonly_fields(self):
        return [
            name
            for name, field in self.hidden._fields.items()
            if field.store and field.readonly and name not in HOSTS
        ]

    def test_no_readonly_field_is_written_by_an_agent(self):
        complaint = self.make().with_user(self.agent)
        for name in self.readonly_fields():
            with self.subTest(field=name), self.assertRaises(UserError):
                complaint.write({name: False})

    def test_no_readonly_field_is_given_to_a_new_one(self):
        complaints = self.env["edu.complaint"].with_user(self.agent)
        values = {"subject": "New", "partner_id": self.make_customer().id}
        for name, value in (
            ("score_speed", 5),
            ("previous_id", self.hidden.id),
            ("round", 7),
            ("cost_total", 7),
            ("is_first_contact", True),
            ("refusal_count", 7),
            ("reopen_until", "2099-01-01 00:00:00"),
            ("answer_by", "customer"),
        ):
            with self.subTest(default=name), self.assertRaises(UserError):
                complaints.with_context(**{f"default_{name}": value}).create(values)
            if name != "answer_by":
                with self.subTest(field=name), self.assertRaises(UserError):
                    complaints.create({**values, name: value})

    def test_not_even_a_manager_records_a_rating(self):
        complaints = self.env["edu.complaint"].with_user(self.make_user("manager"))
        values = {"subject": "New", "partner_id": self.make_customer().id}
        with self.assertRaisesRegex(UserError, "Only the customer"):
            complaints.create({**values, "score_speed": 5})
        with self.assertRaisesRegex(UserError, "Only the customer"):
            complaints.with_context(default_score_speed=5).create(values)

    def test_only_a_leader_names_who_may_close_for_the_leader(self):
        complaint = self.make(type="service_attitude")
        complaint.user_id = self.agent
        with self.assertRaisesRegex(UserError, "Only a leader"):
            complaint.with_user(self.agent).delegate_id = self.agent
        complaint.with_user(self.leader).delegate_id = self.agent

    def test_an_agent_wins_no_time_by_another_moment_of_receipt(self):
        complaint = self.make(received_at=self.moment_ago(0.5)).with_user(self.agent)
        with self.assertRaisesRegex(UserError, "Only a leader"):
            complaint.received_at = Datetime.now()
        with self.assertRaisesRegex(UserError, "Only a leader"):
            complaint.kind = "suggestion"
        complaint.received_at -= timedelta(hours=1)
        complaint.with_user(self.leader).received_at = Datetime.now()

    def test_a_complaint_stays_in_its_company(self):
        company = self.make_company()
        self.agent.company_ids |= company
        complaint = self.make().with_user(self.agent)
        complaint = complaint.with_context(
            allowed_company_ids=self.agent.company_ids.ids
        )
        with self.assertRaises(UserError):
            complaint.write({"company_id": company.id, "team_id": False})

    def test_a_pause_begins_when_it_is_made(self):
        complaint = self.make()
        pauses = self.env["edu.complaint.pause"].with_user(self.agent)
        earlier = self.moment_ago(2)
        pause = pauses.with_context(
            default_from_at=earlier, default_user_id=self.leader.id
        ).create({"complaint_id": complaint.id, "reason": "Receipt missing"})
        self.assertGreater(pause.from_at, earlier + timedelta(days=1))
        self.assertEqual(pause.user_id, self.agent)

    def test_a_solution_is_chosen_by_no_default(self):
        complaint = self.make(step="plan")
        solutions = self.env["edu.complaint.solution"].with_user(self.agent)
        solution = solutions.with_context(
            default_is_chosen=True, default_chosen_by="customer"
        ).create({"complaint_id": complaint.id, "name": "A book"})
        self.assertFalse(solution.is_chosen)
        self.assertFalse(solution.chosen_by)

    def test_no_window_opens_on_what_one_cannot_change(self):
        outsider = self.make_user("leader")
        self.hidden.team_id = self.complaints
        deadline = self.hidden.deadline_ids[:1]
        for model, values in (
            ("escalate", {"reason": "x"}),
            (
                "extend",
                {
                    "deadline_id": deadline.id,
                    "due_at": "2099-01-01 00:00:00",
                    "reason": "x",
                },
            ),
            ("statement.ask", {"partner_id": outsider.partner_id.id, "points": "x"}),
        ):
            wizards = self.env[f"edu.complaint.{model}"].with_user(outsider)
            with self.subTest(model=model), self.assertRaises(AccessError):
                wizards.create({"complaint_id": self.hidden.id, **values})
        own = self.make_complaint(user_id=outsider.id)
        wizards = self.env["edu.complaint.merge"].with_user(outsider)
        wizard = wizards.create({"complaint_ids": [Command.set(own.ids)]})
        for values in (
            {"target_id": self.hidden.id},
            {"complaint_ids": [Command.link(self.hidden.id)]},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                wizard.write(values)
                wizard.flush_recordset()
