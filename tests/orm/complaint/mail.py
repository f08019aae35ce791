"""Mails as they come in from outside, and the gateway they come through."""

from contextlib import ExitStack

from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from ..common import EduCase

DOMAIN = "school.example.com"


class MailCase(MockEmail, EduCase):
    """For tests that write mails to the complaints team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_gateway()
        cls.domain = cls.env["mail.alias.domain"].create({"name": DOMAIN})
        cls.env.company.alias_domain_id = cls.domain
        cls.leader = cls.make_user("leader")
        cls.handler = cls.make_user("agent")
        cls.team = cls.make_complaint_team(
            cls.handler, leader_id=cls.leader.id, alias_name="help-me"
        )
        cls.customer = cls.make_customer(email="wang@example.com", name="Wang Fang")

    def receive(self, body="The lesson was canceled.", headers=(), **values):
        """Take in one mail; return the complaint it went to."""
        number = next(self._numbers)
        fields = {
            "From": "Wang Fang <wang@example.com>",
            "To": f"help-me@{DOMAIN}",
            "Subject": "My lessons",
            "Message-Id": f"<{number}.mail@client.example.com>",
            "Content-Type": "text/plain; charset=utf-8",
            **{name.replace("_", "-"): value for name, value in values.items()},
            **dict(headers),
        }
        lines = [f"{name}: {value}" for name, value in fields.items() if value]
        # The gateway tracks and subscribes, unlike most tests.
        gateway = self.env(context={"lang": "en_US"})
        res_id = gateway["mail.thread"].message_process(
            None, "\n".join(lines) + f"\n\n{body}\n"
        )
        return gateway["edu.complaint"].browse(res_id)

    def last_message(self, complaint):
        return complaint.message_ids.sorted("id")[-1]

    def acknowledge(self):
        """Run the job that acknowledges; return the mails that went out."""
        self.run_cron("edu_crm_addon.ir_cron_complaint_acknowledge")
        return self.send_queue()

    def send_queue(self, fails=False):
        """Send what waits, as the queue does; return the mails that went out."""
        with self.mock_mail_gateway(mail_unlink_sent=True), ExitStack() as stack:
            if fails:
                stack.enter_context(mute_logger("odoo.addons.mail.models.mail_mail"))
                self.send_email_mocked.side_effect = OSError("no connection")
            waiting = self.env["mail.mail"].search([("state", "=", "outgoing")])
            waiting.send()
        return self._mails
