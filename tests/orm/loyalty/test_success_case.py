"""Success stories: told with consent, sent to members with their own link."""

from odoo.exceptions import UserError

from .referrals import ReferralCase


class TestSuccessCase(ReferralCase):
    def setUp(self):
        super().setUp()
        self.leader = self.make_user("leader")
        self.wang.email = "wang@example.com"
        self.case = self.make_story()

    def make_story(self, **values):
        return self.env["edu.success.case"].create(
            {
                "name": "To the stage in one year",
                "partner_id": self.make_customer().id,
                "story": "<p>She began from nothing.</p>",
                "consent_on": self.days_ago(1),
                "consent_note": "Signed form",
                **values,
            }
        )

    def send(self, people, user=None):
        wizard = self.env["edu.success.send"].with_user(user or self.leader)
        wizard = wizard.create(
            {"case_id": self.case.id, "partner_ids": [(6, 0, people.ids)]}
        )
        wizard.action_send()
        return self.case.share_ids

    def test_without_consent_nothing_is_published(self):
        for missing in ({"consent_on": False}, {"consent_note": " "}):
            story = self.make_story(**missing)
            with self.subTest(missing=missing), self.assertRaises(UserError):
                story.with_user(self.leader).action_publish()

    def test_a_member_gets_it_with_the_own_link(self):
        self.case.with_user(self.leader).action_publish()
        agent = self.make_user("agent")
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        shares = self.send(self.wang, agent)
        self.assertEqual(shares.partner_id, self.wang)
        mail = mails.search([]) - before
        self.assertEqual(len(mail), 1)
        self.assertIn("She began from nothing", mail.body_html)
        self.assertIn(f"/refer/{self.card.edu_referral_code}", mail.body_html)
        self.assertEqual(mail.recipient_ids, self.wang)

    def test_each_gets_it_once_and_nobody_who_cannot(self):
        self.case.with_user(self.leader).action_publish()
        stranger = self.make_customer(email="no.member@example.com")
        silent = self.make_customer()
        self.make_card(silent)
        unwilling = self.make_customer(email="unwilling@example.com")
        self.make_card(unwilling)
        self.env["mail.blacklist"].sudo()._add("unwilling@example.com")
        people = self.wang | stranger | silent | unwilling
        self.assertEqual(self.send(people).partner_id, self.wang)
        with self.assertRaises(UserError):
            self.send(people)
        self.assertEqual(self.case.share_count, 1)

    def test_only_published_ones_are_sent(self):
        with self.assertRaises(UserError):
            self.send(self.wang)
        self.case.with_user(self.leader).action_publish()
        self.case.with_user(self.leader).action_withdraw()
        with self.assertRaises(UserError):
            self.send(self.wang)

    def test_what_the_customer_agreed_to_stays(self):
        story = self.case.with_user(self.leader)
        story.action_publish()
        for values in (
            {"story": "<p>Other</p>"},
            {"name": "Other"},
            {"state": "draft"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                story.write(values)
        story.action_redraft()
        self.assertFalse(story.consent_on)
        story.story = "<p>Other</p>"

    def test_an_agent_writes_and_a_leader_publishes(self):
        agent = self.make_user("agent")
        with self.assertRaises(UserError):
            self.case.with_user(agent).action_publish()
        self.assertEqual(self.rights(agent, "edu.success.case"), "rwc")
        portal = self.make_user("portal")
        for model in ("edu.success.case", "edu.success.share", "edu.referral.report"):
            self.assertEqual(self.rights(portal, model), "")
