from email.utils import format_datetime
from xmlrpc.client import Binary
from zoneinfo import ZoneInfo

from odoo.fields import Datetime
from odoo.tests import tagged

from .mail import DOMAIN, MailCase


@tagged("post_install", "-at_install")
class TestMailNew(MailCase):
    def test_a_mail_to_the_team_becomes_a_complaint(self):
        complaint = self.receive()
        self.assertEqual(complaint.channel, "email")
        self.assertEqual(complaint.team_id, self.team)
        self.assertEqual(complaint.company_id, self.env.company)
        self.assertEqual(complaint.subject, "My lessons")
        self.assertEqual(complaint.description, "The lesson was canceled.")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.email_from, "wang@example.com")
        self.assertRegex(complaint.name, "^CMP/")

    def test_a_mail_costs_at_most_forty_queries(self):
        self.receive()
        with self.count_queries() as queries:
            self.receive()
        self.assertLessEqual(queries[0], 40)

    # ------------------------------------------------------------------ who wrote
    def test_a_stranger_is_heard_and_no_contact_is_made(self):
        contacts = self.env["res.partner"].search_count([])
        with self.mock_mail_gateway():
            complaint = self.receive(From='"Zhao, Lei" <zhao@example.com>')
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.partner_name, "Zhao, Lei")
        self.assertEqual(complaint.email_from, "zhao@example.com")
        self.assertEqual(self.env["res.partner"].search_count([]), contacts)
        self.assertFalse(self._mails, "nothing bounces")

    def test_the_address_is_compared_whatever_its_case(self):
        self.assertEqual(
            self.receive(From="WANG@Example.com").partner_id, self.customer
        )

    def test_of_a_family_the_payer_wrote(self):
        mother = self.make_customer(email="li@example.com")
        father = self.make_customer(email="li@example.com")
        child = self.make_learner(email="li@example.com")
        self.link(mother, child)
        self.assertEqual(self.receive(From="li@example.com").partner_id, mother)
        self.link(father, child, relation="father", is_payer=True)
        self.assertEqual(self.receive(From="li@example.com").partner_id, father)

    def test_nobody_is_guessed(self):
        self.make_customer(email="wang@example.com")
        self.assertFalse(self.receive().partner_id)

    def test_a_colleague_passes_on_what_somebody_else_complains_about(self):
        complaint = self.receive(From=self.handler.email)
        self.assertFalse(complaint.partner_id)
        self.assertFalse(complaint.email_from)
        self.assertEqual(complaint.recorded_by_id, self.handler)

    def test_a_portal_customer_writes_from_a_mail_program(self):
        user = self.make_user("portal")
        complaint = self.receive(From=user.email)
        self.assertEqual(complaint.partner_id, user.partner_id)
        self.assertFalse(complaint.message_partner_ids)

    def test_a_flood_of_one_sender_is_stopped(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", 3)
        with self.mock_mail_gateway():
            made = [self.receive(From="Flood@example.com") for _ in range(5)]
        self.assertEqual(len([complaint for complaint in made if complaint]), 3)

    # ------------------------------------------------------------------ when
    def date(self, days):
        moment = self.moment_ago(days).replace(tzinfo=ZoneInfo("UTC"))
        return format_datetime(moment.astimezone(ZoneInfo("Asia/Shanghai")))

    def test_it_was_received_when_it_was_written(self):
        written = self.moment_ago(0.5)
        complaint = self.receive(Date=self.date(0.5))
        self.assertAlmostEqual(
            complaint.received_at.timestamp(), written.timestamp(), delta=5
        )
        self.assertFalse(complaint.received_note)

    def test_a_mail_fetched_late_says_why_it_is_recorded_late(self):
        complaint = self.receive(Date=self.date(3))
        self.assertLess(complaint.received_at, self.moment_ago(2.9))
        self.assertTrue(complaint.received_note)

    def test_an_impossible_date_is_not_believed(self):
        for date in (self.date(-2), self.date(400), "yesterday", "31 Feb 2026 99:00"):
            with self.subTest(date=date):
                complaint = self.receive(Date=date)
                age = Datetime.now() - complaint.received_at
                self.assertLess(abs(age.total_seconds()), 86400)

    # ------------------------------------------------------------------ odd mails
    def test_no_mail_is_too_odd(self):
        odd = {
            "no subject": {"Subject": None},
            "blank subject": {"Subject": "   "},
            "no sender": {"From": None},
            "broken sender": {"From": "not an address <<"},
            "undisclosed": {"From": '"" <>'},
            "emoji": {"Subject": "😡😡", "body": "😡 投诉"},
            "html only": {
                "Content_Type": "text/html",
                "body": "<p>Very <b>bad</b><script>x()</script></p>",
            },
            "broken html": {"Content_Type": "text/html", "body": "<p><<<b></p></p>"},
            "empty": {"body": ""},
            "huge": {"body": "bad lesson " * 100_000},
            "nul": {"body": "a\0b"},
            "nul in subject": {"Subject": "=?utf-8?q?a=00b?="},
            "half character": {"Subject": "=?utf-8?q?=ED=A0=80?= x"},
            "unknown charset": {"Content_Type": "text/plain; charset=klingon"},
            "long subject": {"Subject": "why " * 500},
            "two senders": {"From": "a@example.com, b@example.com"},
            "no id": {"Message_Id": None},
        }
        for name, values in odd.items():
            with self.subTest(name):
                complaint = self.receive(**values)
                self.env.flush_all()
                self.assertTrue(complaint.subject)
                self.assertTrue(complaint.name)
                self.assertEqual(complaint.channel, "email")

    def test_the_text_of_html_is_read(self):
        complaint = self.receive("<p>Very <b>bad</b></p>", Content_Type="text/html")
        self.assertIn("bad", complaint.description)
        self.assertNotIn("<", complaint.description)

    def test_a_chinese_mail_is_read_whatever_it_calls_its_charset(self):
        for charset in ("gb2312", "x-gbk", "GB18030", "utf-8"):
            encoding = "utf-8" if charset == "utf-8" else "gb18030"
            mail = (
                f"From: {charset}@example.com\nTo: help-me@{DOMAIN}\n"
                f"Subject: x\nContent-Type: text/plain; charset={charset}\n\n"
            ).encode()
            res_id = self.env["mail.thread"].message_process(
                None, Binary(mail + "课程質量投诉".encode(encoding))
            )
            complaint = self.env["edu.complaint"].browse(res_id)
            self.assertEqual(complaint.description, "课程質量投诉", charset)

    def test_what_is_not_understood_is_left_out(self):
        def fail(*args):
            raise ValueError("no date")

        self.patch(type(self.env["edu.complaint"]), "_mail_date", fail)
        with self.assertLogs("odoo.addons.edu_crm_addon", "ERROR"):
            complaint = self.receive()
        self.assertEqual(complaint.subject, "My lessons")
        self.assertEqual(complaint.email_from, "wang@example.com")
        self.assertIn("canceled", self.last_message(complaint).body)

    # ------------------------------------------------------------------ teams
    def test_a_team_has_an_address_for_everybody(self):
        alias = self.team.alias_id
        self.assertEqual(alias.alias_contact, "everyone")
        self.assertEqual(alias.alias_model_id.model, "edu.complaint")
        self.assertEqual(alias.alias_full_name, f"help-me@{DOMAIN}")
        self.team.alias_name = "complain"
        self.assertEqual(self.receive(To=f"complain@{DOMAIN}").team_id, self.team)

    def test_each_company_has_its_own_team_and_contacts(self):
        domain = self.env["mail.alias.domain"].create({"name": "west.example.com"})
        west = self.env["res.company"].create(
            {"name": "West", "alias_domain_id": domain.id}
        )
        team = self.make_complaint_team(company_id=west.id, alias_name="help-me")
        theirs = self.make_customer(email="qian@example.com", company_id=west.id)
        self.customer.company_id = self.env.company
        complaint = self.receive(To="help-me@west.example.com", From="qian@example.com")
        self.assertEqual(complaint.company_id, west)
        self.assertEqual(complaint.team_id, team)
        self.assertEqual(complaint.partner_id, theirs)
        other = self.receive(To="help-me@west.example.com")
        self.assertFalse(other.partner_id, "a contact of the other company")

    def test_a_common_team_tells_the_company_by_its_domain(self):
        domain = self.env["mail.alias.domain"].create({"name": "east.example.com"})
        east = self.env["res.company"].create(
            {"name": "East", "alias_domain_id": domain.id}
        )
        self.make_complaint_team(
            company_id=False, alias_name="any", alias_domain_id=domain.id
        )
        complaint = self.receive(To="any@east.example.com")
        self.assertEqual(complaint.company_id, east)
