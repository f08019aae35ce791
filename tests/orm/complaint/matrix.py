"""Who sees what of a complaint: one function per way to see it."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command

from ..common import EduCase

ACTIVITY = "mail.mail_activity_data_todo"
COMMENT = "mail.mt_comment"


class MatrixCase(EduCase):
    """``PATHS`` are tried one by one; each says whether the user got something."""

    def setUp(self):
        super().setUp()
        self.handler, self.leader = self.make_user("agent"), self.make_user("leader")
        self.manager = self.make_user("manager")
        self.complaints = self.make_complaint_team(
            self.handler, leader_id=self.leader.id, manager_id=self.manager.id
        )

    # ------------------------------------------------------------------ what there is
    def make_case(self, customer=None, about=(), **values):
        """Return a complaint with everything that can hang on one."""
        values = {"team_id": self.complaints.id, "user_id": self.handler.id, **values}
        partners = [user.partner_id.id for user in about]
        complaint = self.make_complaint(
            customer, accused_partner_ids=[Command.set(partners)], **values
        )
        self.furnish(complaint)
        return complaint

    def furnish(self, complaint):
        on = {"res_model": complaint._name, "res_id": complaint.id}
        model = self.env["ir.model"]._get(complaint._name)
        self.message = complaint.message_post(body="Said", subtype_xmlid=COMMENT)
        self.env["mail.tracking.value"].create(
            {
                "mail_message_id": self.message.id,
                "field_id": self.env["ir.model.fields"]._get(model.model, "subject").id,
                "new_value_char": complaint.subject,
            }
        )
        self.attachment = self.env["ir.attachment"].create(
            {"name": "Proof", "raw": b"seen", **on}
        )
        user = complaint.user_id or self.leader
        self.activity = complaint.activity_schedule(ACTIVITY, user_id=user.id)
        self.rating = self.env["rating.rating"].create(
            {
                "res_model_id": model.id,
                "res_id": complaint.id,
                "rated_partner_id": user.partner_id.id,
                "rating": 1,
            }
        )
        self.event = self.env["calendar.event"].create(
            {
                "name": "Talk",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "res_model_id": model.id,
                "res_id": complaint.id,
                "partner_ids": [Command.set(user.partner_id.ids)],
                "user_id": user.id,
            }
        )
        complaint.message_subscribe(user.partner_id.ids)
        self.env.flush_all()
        self.env.invalidate_all()

    # ------------------------------------------------------------------ ways to see it
    def sees(self, complaint, user):
        """Return the ways in which ``user`` gets something of the complaint."""
        seen = set()
        if not user.share:
            user.group_ids |= self.env.ref("base.group_allow_export")
        for name in dir(self):
            if name.startswith("by_"):
                self.env.flush_all()
                self.env.invalidate_all()
                try:
                    if getattr(self, name)(complaint.with_user(user)):
                        seen.add(name.removeprefix("by_"))
                except (AccessError, MissingError):
                    pass
        return seen

    def rows(self, complaint, model, model_field="res_model", name="res_id"):
        domain = [(model_field, "=", complaint._name), (name, "=", complaint.id)]
        return complaint.env[model].search(domain)

    def by_read(self, complaint):
        return complaint.read(["subject"])

    def by_web_read(self, complaint):
        return complaint.web_read({"subject": {}})

    def by_search(self, complaint):
        return complaint.search([("id", "=", complaint.id)])

    def by_name_search(self, complaint):
        return complaint.name_search(complaint.sudo().name)

    def by_search_count(self, complaint):
        return complaint.search_count([("id", "=", complaint.id)])

    def by_read_group(self, complaint):
        groups = complaint.formatted_read_group(
            [("id", "=", complaint.id)], ["state"], ["__count"]
        )
        return any(group["__count"] for group in groups)

    def by_export(self, complaint):
        internal = not complaint.env.user.share
        return internal and complaint.export_data(["subject"])["datas"]

    def by_write(self, complaint):
        return complaint.write({"lesson": "Forged"})

    def by_post(self, complaint):
        return complaint.message_post(body="Forged")

    def by_chatter(self, complaint):
        return self.rows(complaint, "mail.message", "model")

    def by_chatter_count(self, complaint):
        domain = [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        return complaint.env["mail.message"].search_count(domain)

    def by_chatter_read(self, complaint):
        return self.message.with_env(complaint.env).read(["body"])

    def by_thread(self, complaint):
        return complaint._get_thread_with_access(complaint.id)

    def by_attachment(self, complaint):
        return self.rows(complaint, "ir.attachment")

    def by_attachment_read(self, complaint):
        return self.attachment.with_env(complaint.env).read(["raw"])

    def by_activity(self, complaint):
        return self.rows(complaint, "mail.activity")

    def by_activity_read(self, complaint):
        return self.activity.with_env(complaint.env).read(["res_name"])

    def by_rating(self, complaint):
        return self.rows(complaint, "rating.rating")

    def by_rating_read(self, complaint):
        return self.rating.with_env(complaint.env).read(["res_name"])

    def by_follower(self, complaint):
        return self.rows(complaint, "mail.followers")

    def by_event(self, complaint):
        return self.rows(complaint, "calendar.event")

    def by_event_read(self, complaint):
        return self.event.with_env(complaint.env).read(["name"])

    def by_tracking(self, complaint):
        values = complaint.env["mail.tracking.value"]
        return values.search([("mail_message_id", "=", self.message.id)])

    def by_mail(self, complaint):
        """Whether an automatic message to the user arrives."""
        message = complaint.with_env(self.env).message_post(
            body="Notice", partner_ids=complaint.env.user.partner_id.ids
        )
        return message.notification_ids

    def by_mention(self, complaint):
        """Whether the leader may name the user in a message."""
        partner = complaint.env.user.partner_id
        try:
            complaint.with_user(self.manager).message_post(
                body="Look", partner_ids=partner.ids
            )
        except UserError:
            return False
        return True
