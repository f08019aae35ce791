"""The dialogs of promises open filled in, for who may use them."""

from odoo.fields import Datetime
from odoo.tests import Form, tagged

from .promises import PromiseCase


@tagged("post_install", "-at_install")
class TestPromiseForms(PromiseCase):
    def dialog(self, complaint, user, action):
        complaint = complaint.with_user(user)
        opened = getattr(complaint, action)()
        model = self.env[opened["res_model"]].with_user(user)
        return Form(model.with_context(**opened["context"]))

    def make_now(self):
        return self.make_complaint(
            team_id=self.complaint_team.id, user_id=self.agent.id
        )

    def test_a_pause_proposes_its_end(self):
        complaint = self.make_now()
        form = self.dialog(complaint, self.agent, "action_pause")
        self.assertTrue(form.to_at)
        form.reason = "Receipt missing"
        pause = form.save()
        self.assertEqual(pause.complaint_id, complaint)
        self.assertTrue(complaint.is_paused)

    def test_an_escalation_proposes_the_leader(self):
        form = self.dialog(self.make_now(), self.agent, "action_escalate")
        self.assertEqual(form.level, "team_leader")
        self.assertEqual(form.user_id, self.leader)
        form.level = "supervisor"
        self.assertEqual(form.user_id, self.manager)

    def test_an_extension_proposes_the_next_promise(self):
        complaint = self.make_now()
        form = self.dialog(complaint, self.leader, "action_extend")
        self.assertEqual(form.deadline_id, complaint.deadline_ids[0])
        self.assertEqual(form.promised_at, complaint.due_at)

    def test_the_complaint_shows_its_promises(self):
        complaint = self.make_now()
        for user in (self.agent, self.leader, self.manager):
            form = Form(complaint.with_user(user))
            self.assertEqual(Datetime.to_datetime(form.due_at), complaint.due_at)
