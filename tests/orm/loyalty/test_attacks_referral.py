"""What colleagues may try on recommendations and stories, and do not get."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Date

from .referrals import ReferralCase


class TestAttacksOnReferrals(ReferralCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.leader = self.make_user("leader")

    def refuses(self, call, *arguments, **values):
        with self.assertRaises(UserError), self.cr.savepoint():
            call(*arguments, **values)
            self.env.flush_all()
        self.env.invalidate_all()

    def test_nobody_says_what_follows(self):
        referrals = self.env["edu.referral"].with_user(self.agent)
        good = {"referrer_id": self.wang.id, "partner_name": "Zhao"}
        for name, value in (
            ("state", "rewarded"),
            ("referred_id", self.make_person().id),
            ("accepted_codes", "self,phone"),
            ("block_codes", False),
            ("award_round", 7),
            ("channel", "link"),
            ("form_key", "x"),
            ("reviewed_by_id", self.leader.id),
            ("review_reason", "All is well"),
        ):
            forged = referrals.with_context(**{f"default_{name}": value})
            with self.subTest(name=name):
                self.refuses(referrals.create, {**good, name: value})
                self.refuses(forged.create, good)
                result = referrals.load(
                    ["referrer_id/.id", name], [[str(self.wang.id), str(value)]]
                )
                self.assertFalse(result["ids"])
        referral = self.recommend(user_id=self.agent.id).with_user(self.agent)
        for name, value in (
            ("state", "rewarded"),
            ("referrer_id", self.make_customer().id),
            ("date", "2020-01-01"),
            ("award_round", 7),
            ("company_id", self.make_company().id),
        ):
            with self.subTest(write=name):
                self.refuses(referral.write, {name: value})

    def test_an_old_date_hides_no_crowd(self):
        old = Date.today() - timedelta(days=400)
        referrals = self.env["edu.referral"].with_user(self.agent)
        vals = {"referrer_id": self.wang.id, "partner_name": "Zhao"}
        self.refuses(referrals.create, {**vals, "date": old})
        self.refuses(referrals.with_context(default_date=str(old)).create, vals)
        manager = referrals.with_user(self.make_user("manager"))
        self.assertEqual(manager.create({**vals, "date": old}).date, old)

    def test_the_words_of_a_decision_stay(self):
        person = self.make_person(phone=self.wang.phone)
        referral = self.recommend(person, user_id=self.agent.id)
        self.assertState(referral, "blocked")
        mine = referral.with_user(self.leader)
        mine.review_reason = "Neighbors"
        mine.action_release()
        for user in (self.agent, self.leader):
            self.refuses(referral.with_user(user).write, {"review_reason": "Other"})

    def test_an_agent_gives_no_reason_for_a_decision(self):
        person = self.make_person(phone=self.wang.phone)
        referral = self.recommend(person, user_id=self.agent.id)
        self.refuses(referral.with_user(self.agent).write, {"review_reason": "Fine"})

    def test_staff_and_their_families_earn_nothing(self):
        child = self.make_learner(self.agent.partner_id)
        for person in (self.agent.partner_id, child):
            other = self.make_person()
            self.assertState(self.recommend(other, person), "blocked", "staff")

    def test_a_leader_does_not_release_the_own_family(self):
        parent = self.leader.partner_id
        child = self.make_learner(parent)
        referral = self.recommend(referrer=child)
        self.assertState(referral, "blocked")
        mine = referral.with_user(self.leader)
        mine.review_reason = "Fine"
        self.refuses(mine.action_release)
        self.refuses(mine.action_reject)

    def test_a_referral_of_another_company_is_not_made(self):
        other = self.make_company()
        referrals = self.env["edu.referral"].with_user(self.agent)
        self.refuses(
            referrals.create, {"referrer_id": self.wang.id, "company_id": other.id}
        )

    def test_what_strangers_type_is_no_page(self):
        values = {
            "name": "<b>Zhao</b>",
            "phone": "+86 139 0000 0009",
            "email": "",
            "learner": "",
            "message": "<a href='https://bad.example'><img src='x'/></a>",
            "consent": "Yes",
        }
        referral = self.env["edu.referral"]._submit(
            self.card.edu_referral_code, values, "key", self.env.company
        )
        self.assertNotIn("<img", referral.lead_id.description)
        self.assertIn("&lt;img", referral.lead_id.description)


class TestAttacksOnStories(ReferralCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("zh_CN")
        self.agent = self.make_user("agent")
        self.story = self.env["edu.success.case"].create(
            {
                "name": "First prize",
                "partner_id": self.wang.id,
                "story": "<p>Won</p>",
                "consent_on": "2026-01-01",
                "consent_note": "Form",
            }
        )
        self.story.action_publish()

    def refuses(self, call, *arguments, **values):
        with self.assertRaises(UserError), self.cr.savepoint():
            call(*arguments, **values)
            self.env.flush_all()
        self.env.invalidate_all()

    def test_a_translation_does_not_change_what_was_agreed_to(self):
        story = self.story.with_user(self.agent)
        self.refuses(
            story.update_field_translations,
            "name",
            {"en_US": "Lies", "zh_CN": "Lies"},
        )
        self.refuses(
            story.update_field_translations, "story", {"zh_CN": {"Won": "Lost"}}
        )
        self.refuses(
            story.web_update_field_translations
            if hasattr(story, "web_update_field_translations")
            else story.update_field_translations,
            "story",
            {"en_US": {"Won": "Lost"}},
        )

    def test_a_draft_is_translated(self):
        self.story.action_redraft()
        self.story.with_user(self.agent).update_field_translations(
            "name", {"zh_CN": "一等奖"}
        )
        self.assertEqual(self.story.with_context(lang="zh_CN").name, "一等奖")

    def test_a_story_carries_no_script(self):
        self.story.action_redraft()
        self.story.story = "<p onclick='x()'>a<script>alert(1)</script></p>"
        self.assertNotIn("script", self.story.story)
        self.assertNotIn("onclick", self.story.story)

    def test_an_agent_publishes_nothing(self):
        self.story.action_redraft()
        story = self.story.with_user(self.agent)
        self.refuses(story.action_publish)
        self.refuses(story.write, {"state": "published"})
        self.refuses(
            story.with_context(default_state="published").create,
            {
                "name": "x",
                "partner_id": self.wang.id,
                "story": "x",
                "consent_on": "2026-01-01",
            },
        )
