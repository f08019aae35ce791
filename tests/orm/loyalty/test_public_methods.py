from odoo.tests import tagged
from odoo.tools import mute_logger

from ..public_methods import PublicMethodCalls
from .referrals import ReferralCase

# What only a fraction of the methods could show: names, numbers, reasons, codes.
WORDS = ("Mrs. Known", "+86 139 1234 5678", "known@", "A secret reason")


@tagged("post_install", "-at_install")
class TestPublicMethods(PublicMethodCalls, ReferralCase):
    """What can be called from outside tells nobody more than one's rights do."""

    def setUp(self):
        super().setUp()
        self.owner = self.make_user("agent")
        self.known = self.make_customer(
            name="Mrs. Known",
            phone="+86 139 1234 5678",
            email="known@example.com",
            user_id=self.owner.id,
        )
        self.held = self.make_card(self.known, 300, reason="A secret reason")
        approval = self.env["edu.points.approval"].create(
            {
                "partner_id": self.known.id,
                "member_id": self.known.id,
                "purpose": "adjust",
                "points": 5000,
                "reason": "A secret reason",
                "company_id": self.env.company.id,
                "program_id": self.program.id,
            }
        )
        story = self.env["edu.success.case"].create(
            {
                "name": "A secret reason",
                "partner_id": self.known.id,
                "story": "<p>Mrs. Known won</p>",
            }
        )
        grade = self.env["res.partner.grade"].create({"name": "Gold"})
        term = self.env["edu.membership"].create(
            {
                "partner_id": self.known.id,
                "grade_id": grade.id,
                "reason": "A secret reason",
            }
        )
        other = self.make_person(name="Mrs. Known's friend")
        self.records = [
            self.held.edu_entry_ids,
            approval,
            self.recommend(other, self.known, user_id=self.owner.id),
            story,
            term,
            self.program.edu_rule_ids[0],
            self.held,
            self.program,
            self.known,
        ]
        self.env.flush_all()
        self.env.invalidate_all()

    @mute_logger(
        "odoo.addons.base.models.ir_rule",
        "odoo.sql_db",
        "odoo.models",
        "odoo.models.unlink",
        "odoo.addons.mail.models.mail_mail",
    )
    def sweep(self, user, records, words):
        for record in records:
            before = self.facts()
            for name in self.own_methods(record):
                text = self.call(name, record.with_user(user))
                for word in words:
                    with self.subTest(record=record, method=name, user=user.login):
                        self.assertNotIn(word, text)
            with self.subTest(record=record, user=user.login):
                self.assertEqual(self.facts(), before)

    def own_methods(self, record):
        """Yield what this addon adds or overrides; the host's is swept elsewhere."""
        classes = [c for c in type(record).mro() if "edu_crm_addon" in c.__module__]
        added = set().union(*(vars(own) for own in classes))
        return [name for name in self.methods(record) if name in added]

    def facts(self):
        """Return what nobody may change here, as it is now."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertAddsUp(self.held)
        entries = self.env["edu.points.entry"].sudo().search([])
        cards = self.env["loyalty.card"].sudo().search([])
        states = [r.state for r in self.records[:5] if r.exists()]
        return (
            entries.ids,
            cards.mapped("points"),
            cards.mapped("active"),
            states,
            [r.exists().ids for r in self.records],
        )

    def test_whoever_has_no_role(self):
        for role in ("employee", "portal"):
            self.sweep(self.make_user(role), self.records[:7], WORDS)

    def test_another_company(self):
        user = self.make_user("manager", company=self.make_company())
        self.sweep(user, self.records[:8], WORDS)

    def test_an_agent_of_another_team(self):
        # Contacts are everybody's in the school; movements and decisions are not.
        self.sweep(self.make_user("agent"), self.records[:3], WORDS)

    def test_who_only_reads_changes_nothing(self):
        self.sweep(self.make_user("readonly"), self.records, ())
