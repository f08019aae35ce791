"""Nobody gives points to oneself or to one's family, by whatever way."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .by_hand import ByHandCase


class TestAttacksByHand(ByHandCase):
    def setUp(self):
        super().setUp()
        self.env.company.edu_family_wallet = False
        self.child = self.make_learner(self.leader.partner_id)

    def refuses(self, call, *arguments, **values):
        with self.assertRaises(UserError), self.cr.savepoint():
            call(*arguments, **values)
            self.env.flush_all()
        self.env.invalidate_all()

    def card_of(self, partner):
        return partner._edu_member_cards(self.program, create=False).get(partner)

    def test_points_for_the_own_child_wait_for_a_manager(self):
        approval = self.ask(self.child, points=100)
        self.assertEqual(approval.state, "waiting")
        approval.with_user(self.manager).action_approve()
        self.assertBalance(self.card_of(self.child), 100)

    def test_a_parent_does_not_approve(self):
        child = self.make_learner(self.manager.partner_id)
        approval = self.ask(child, points=1000)
        self.refuses(approval.with_user(self.manager).action_approve)
        self.assertFalse(self.card_of(child))

    def test_the_other_parent_counts_as_well(self):
        other = self.make_customer()
        self.link(other, self.child)
        self.assertEqual(self.ask(other, points=100).state, "waiting")

    def test_the_activity_is_not_for_a_parent(self):
        child = self.make_learner(self.manager.partner_id)
        self.assertNotEqual(
            self.ask(child, points=1000).sudo()._manager(), self.manager
        )

    def test_what_comes_by_rpc_is_asked_for_as_well(self):
        person = self.make_customer()
        vals = {
            "partner_id": person.id,
            "purpose": "adjust",
            "points": 5000,
            "reason": "By RPC",
            "state": "done",
            "requested_by_id": self.manager.id,
            "approved_by_id": self.manager.id,
        }
        approvals = self.env["edu.points.approval"].with_user(self.leader)
        default = {f"default_{name}": value for name, value in vals.items()}
        for made in (
            approvals.create(vals),
            approvals.with_context(**default).create(vals),
        ):
            self.assertEqual(made.state, "waiting")
            self.assertEqual(made.requested_by_id, self.leader)
            self.refuses(made.action_approve)
            made.with_user(self.manager).action_approve()
            self.assertEqual(made.state, "done")
        self.assertBalance(self.card_of(person), 10000)

    def test_an_agent_asks_for_nothing(self):
        agent = self.make_user("agent")
        person = self.make_customer()
        for model in ("edu.points.adjust", "edu.points.approval", "edu.points.firm"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(agent).create({})
        self.assertFalse(self.card_of(person))

    def test_one_document_of_others_is_not_attached(self):
        secret = self.env["ir.attachment"].create(
            {"name": "Secret", "raw": b"x", "res_model": "res.company", "res_id": 0}
        )
        secret.res_id = self.make_company().id
        person = self.make_customer()
        wizard = self.make_adjust(person, points=10)
        wizard.sudo().attachment_ids = secret
        self.refuses(wizard.action_confirm)

    # ------------------------------------------------------------------ partners
    def test_a_leader_books_nothing_at_a_partner_for_oneself(self):
        firm = self.make_person(is_company=True)
        self.program.edu_firm_ids = firm
        self.program.edu_mode = "alliance_points"
        for person in (self.leader.partner_id, self.child):
            wizard = self.env["edu.points.firm"].with_user(self.leader)
            wizard = wizard.create(
                {
                    "card_id": self.make_card(person).id,
                    "firm_id": firm.id,
                    "points": 100000,
                    "external_id": f"R{person.id}",
                }
            )
            with self.subTest(person=person.name):
                self.refuses(wizard.action_book)

    def test_waiting_points_stay_as_they_were_asked_for(self):
        approval = self.ask(self.make_customer(), points=1000)
        for user in (self.leader, self.manager):
            row = approval.with_user(user)
            for vals in (
                {"points": 9000},
                {"partner_id": user.partner_id.id},
                {"state": "done"},
                {"requested_by_id": self.env.uid},
                {"attachment_ids": [Command.clear()]},
            ):
                with self.subTest(user=user.login, vals=vals):
                    self.refuses(row.write, vals)
            self.refuses(row.unlink)
