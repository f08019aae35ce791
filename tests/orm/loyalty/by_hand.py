"""Base of the tests of points by hand: a program with a limit of 500."""

from odoo.fields import Command

from ..common import EduCase


class ByHandCase(EduCase):
    def setUp(self):
        super().setUp()
        self.program = self.make_program(earns=False, edu_adjust_limit=500)
        self.leader = self.make_user("leader")
        self.manager = self.make_user("manager")

    def make_adjust(self, *partners, user=None, **values):
        wizard = self.env["edu.points.adjust"].with_user(user or self.leader)
        return wizard.create(
            {
                "partner_ids": [Command.set([partner.id for partner in partners])],
                "purpose": "adjust",
                "reason": "Forgotten",
                **values,
            }
        )

    def ask(self, *partners, user=None, **values):
        """Confirm the wizard; return what was asked for, newest first."""
        self.make_adjust(*partners, user=user, **values).action_confirm()
        self.env.flush_all()
        approvals = self.env["edu.points.approval"].search([])
        return approvals.with_user(user or self.leader)[: len(partners)]
