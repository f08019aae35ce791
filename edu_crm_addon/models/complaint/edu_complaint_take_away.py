from odoo import api, models
from odoo.fields import Command, Domain

# Nobody is told of what is taken away, nor of what comes in its place.
QUIET = {
    "mail_activity_quick_update": True,
    "mail_auto_subscribe_no_notify": True,
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "tracking_disable": True,
}


class EduComplaint(models.Model):
    """Whoever is named loses what they already had of the complaint.

    All of it happens by sudo: they may have worked on it until now.
    """

    _inherit = "edu.complaint"

    def _take_away_from(self, named):
        """Called by sudo with whom a complaint turns out to be about."""
        self.ensure_one()
        documents = {"edu.complaint": self.ids}
        for name in self._shielded_models()[1:]:
            rows = self.env[name].with_context(active_test=False)
            documents[name] = rows.search([("complaint_id", "=", self.id)]).ids
        users = named.with_context(active_test=False).user_ids
        self._take_away_work(users)
        self._take_away_followed(documents, named)
        self._take_away_messages(documents, named)
        self._take_away_activities(documents, users)
        self._take_away_meetings(documents, named)
        for name in self.env.registry["edu.complaint.shield"]._inherit_children:
            if self.env[name]._auto:
                self.env[name].invalidate_model(["edu_is_concealed"])

    def _successor(self):
        """Return who takes over; nobody if everybody is concerned."""
        self.ensure_one()
        if self.user_id and not self._is_in_conflict():
            return self.user_id
        return self._responsible(self.level)

    def _take_away_work(self, users):
        fields_of = ("delegate_id", "improvement_user_id")
        taken = {name: False for name in fields_of if self[name] & users}
        if taken:
            self.write(taken)

    def _take_away_followed(self, documents, named):
        domain = self._on_documents(documents, "res_model")
        domain &= Domain("partner_id", "in", named.ids)
        self.env["mail.followers"].search(domain).unlink()

    def _take_away_messages(self, documents, named):
        domain = self._on_documents(documents, "model")
        messages = self.env["mail.message"].search(
            domain
            & (
                Domain("partner_ids", "in", named.ids)
                | Domain("notified_partner_ids", "in", named.ids)
                | Domain("starred_partner_ids", "in", named.ids)
            )
        )
        notifications = messages.notification_ids
        notifications.filtered(lambda n: n.res_partner_id in named).unlink()
        gone = [Command.unlink(partner.id) for partner in named]
        messages.write({"partner_ids": gone, "starred_partner_ids": gone})
        for partner in named if messages else ():
            partner._bus_send("mail.message/delete", {"message_ids": messages.ids})
        scheduled = self.env["mail.scheduled.message"].search(domain)
        scheduled.filtered(lambda m: m.author_id in named).unlink()
        scheduled.exists().write({"partner_ids": gone})

    def _take_away_activities(self, documents, users):
        activities = self.env["mail.activity"].with_context(**QUIET, active_test=False)
        activities = activities.search(
            self._on_documents(documents, "res_model")
            & Domain("user_id", "in", users.ids)
        )
        if activities:
            activities.write({"user_id": self._successor().id})

    def _take_away_meetings(self, documents, named):
        meetings = self.env["calendar.event"].with_context(**QUIET, active_test=False)
        meetings = meetings.search(
            self._on_documents(documents, "res_model")
            & (
                Domain("partner_ids", "in", named.ids)
                | Domain("user_id.partner_id", "in", named.ids)
            )
        )
        for meeting in meetings:
            vals = {"partner_ids": [Command.unlink(partner.id) for partner in named]}
            if meeting.user_id.partner_id in named:
                vals["user_id"] = self._successor().id
            meeting.write(vals)

    @api.model
    def _on_documents(self, documents, model_field):
        return Domain.OR(
            Domain(model_field, "=", name) & Domain("res_id", "in", ids)
            for name, ids in documents.items()
            if ids
        )
