"""Members are told twice before points expire, each time once, in their language."""

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase

CRON = "edu_crm_addon.ir_cron_loyalty_points"
TEMPLATE = "edu_crm_addon.mail_template_edu_points_notice"


@tagged("post_install", "-at_install")
class TestPointsNotice(EduCase):
    def member(self, days=30, points=100, **values):
        """Return a card on which points expire in so many days."""
        values.setdefault("email", f"member.{next(self._numbers)}@example.com")
        customer = self.make_customer(**values)
        return self.make_card(customer, points, expires_on=self.days_ago(-days))

    def notices(self, card):
        return self.env["edu.points.notice"].search(
            [("card_id", "=", card.id)], order="id"
        )

    def mails(self, card):
        return self.env["mail.mail"].search(
            [
                ("model", "=", "edu.points.notice"),
                ("res_id", "in", self.notices(card).ids),
            ]
        )

    def test_members_are_told_so_many_days_before(self):
        early, late = self.member(days=31), self.member(days=30)
        self.run_cron(CRON)
        self.assertFalse(self.notices(early))
        notice = self.notices(late)
        self.assertEqual((notice.step, notice.points), ("first", 100))
        self.assertEqual(len(self.mails(late)), 1)
        self.assertEqual(self.mails(late).recipient_ids, late.partner_id)

    def test_each_notice_is_sent_once(self):
        card = self.member()
        self.run_cron(CRON)
        self.run_cron(CRON)
        self.env["loyalty.card"].browse(card.id).sudo()._edu_notify()
        self.assertEqual(len(self.mails(card)), 1)

    def test_the_last_notice_follows_the_first(self):
        card = self.member(days=20)
        self.run_cron(CRON)
        self.assertEqual(card.edu_next_notice, self.days_ago(-13))
        card.program_id.write({"edu_notice_days": 40, "edu_last_notice_days": 21})
        self.run_cron(CRON)
        self.assertEqual(self.notices(card).mapped("step"), ["first", "last"])
        self.assertEqual(len(self.mails(card)), 2)
        self.assertFalse(card.edu_next_notice)

    def test_points_with_a_short_term_are_told_of_once(self):
        card = self.member(days=3)
        self.run_cron(CRON)
        self.run_cron(CRON)
        self.assertEqual(self.notices(card).mapped("step"), ["last"])

    def test_several_grants_are_one_mail(self):
        card = self.member(points=100)
        self.book(card, 50, expires_on=self.days_ago(-20))
        self.run_cron(CRON)
        self.assertEqual(len(self.notices(card)), 2)
        mail = self.mails(card)
        self.assertEqual(len(mail), 1)
        self.assertIn("<b>50</b>", mail.body_html)
        self.assertIn("<b>100</b>", mail.body_html)
        self.assertIn("<b>150</b>", mail.body_html)

    def test_a_new_grant_is_told_of_without_the_old_one(self):
        card = self.member(points=100)
        self.run_cron(CRON)
        self.book(card, 50, expires_on=self.days_ago(-20))
        self.run_cron(CRON)
        last = self.mails(card).sorted("id")[-1]
        self.assertIn("<b>50</b>", last.body_html)
        self.assertNotIn("<b>100</b>", last.body_html)

    def test_who_was_told_is_not_told_again_after_a_merge(self):
        card = self.member(points=100)
        self.run_cron(CRON)
        other = self.make_customer(email="the.same@example.com")
        kept = self.make_card(other, 20)
        self.merge(card.partner_id, other)
        self.run_cron(CRON)
        self.assertBalance(kept, 120)
        self.assertFalse(self.notices(kept))

    def test_what_was_spent_is_not_told_of(self):
        card = self.member(points=100)
        self.book(card, -100)
        self.run_cron(CRON)
        self.assertFalse(self.notices(card))

    def test_who_cannot_be_written_to_is_not_but_it_is_known(self):
        silent = self.member(email=False)
        opted_out = self.member(edu_no_points_mails=True)
        listed = self.member()
        self.env["mail.blacklist"]._add(listed.partner_id.email)
        self.run_cron(CRON)
        for card, reason in (
            (silent, "no_address"),
            (opted_out, "opted_out"),
            (listed, "opted_out"),
        ):
            self.assertEqual(self.notices(card).skip_reason, reason)
            self.assertFalse(self.mails(card))
            self.assertGreater(card.edu_next_notice, self.days_ago(0))

    def test_the_mail_speaks_the_language_of_the_member(self):
        self.env.ref(TEMPLATE).with_context(lang="zh_CN").subject = "积分即将到期"
        chinese, english = self.member(lang="zh_CN"), self.member(lang="en_US")
        self.run_cron(CRON)
        self.assertEqual(self.mails(chinese).subject, "积分即将到期")
        self.assertIn("expire soon", self.mails(english).subject)

    def test_a_program_without_notices_tells_nobody(self):
        self.make_program(edu_notice_days=0, edu_last_notice_days=0)
        card = self.member()
        self.run_cron(CRON)
        self.assertFalse(self.notices(card))

    def test_the_last_notice_comes_after_the_first_one(self):
        program = self.make_program()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.cr.savepoint(),
        ):
            program.write({"edu_notice_days": 5, "edu_last_notice_days": 9})
            self.env.flush_all()

    # ------------------------------------------------------------------ rights
    def test_each_role_sees_the_notices_of_its_members_and_changes_none(self):
        agent, leader = self.make_user("agent"), self.make_user("leader")
        card = self.member(user_id=leader.id)
        self.run_cron(CRON)
        notice = self.notices(card)
        for role in ("agent", "leader", "manager"):
            self.assertEqual(self.rights(self.make_user(role), notice._name), "r")
        self.assertFalse(notice.with_user(agent).has_access("read"))
        self.assertTrue(notice.with_user(leader).has_access("read"))
        self.assertFalse(self.rights(self.make_user("portal"), notice._name))
        self.assertFalse(self.rights(self.make_user("salesperson"), notice._name))

    def test_notices_of_another_company_are_not_seen(self):
        far = self.env["res.company"].create({"name": "Far"})
        program = self.make_program(company=far)
        customer = self.make_customer(email="far@example.com")
        card = self.make_card(customer, 10, program, expires_on=self.days_ago(-9))
        self.run_cron(CRON)
        notice = self.notices(card)
        self.assertEqual(notice.company_id, far)
        here = self.make_user("manager")
        self.assertFalse(notice.with_user(here).has_access("read"))
        there = self.make_user("manager", company=far)
        self.assertTrue(notice.with_user(there).has_access("read"))

    # ------------------------------------------------------------------ cost
    def test_the_price_of_a_notice_is_small(self):
        def tell(count):
            cards = self.env["loyalty.card"].union(
                *(self.member() for _ in range(count))
            )
            return self.queries(cards.sudo()._edu_notify)

        tell(2)
        few, many = tell(5), tell(45)
        self.assertLessEqual((many - few) / 40, 1)
