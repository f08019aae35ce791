import logging

from odoo import api, fields, models
from odoo.tools import email_normalize

from ...logic import complaint as rule
from ...logic.robot_mail import numbers_in

_logger = logging.getLogger(__name__)


class EduComplaint(models.Model):
    """Which complaint a reply belongs to, and what becomes of a reply after the end.

    In this order: the headers of a reply (the host does that); a number in the subject,
    if the complainant wrote it; otherwise it is a new complaint. What goes to a merged
    complaint goes on to the one it was merged into.

    A mail opens no closed complaint by itself, for “thank you” is a mail as well: the
    leader gets an activity and decides. When the time for opening it again is over, a
    reply becomes a new complaint that follows from the old one. Robots change nothing.
    """

    _inherit = "edu.complaint"

    @api.model
    def _reroute_mail(self, message, message_dict, routes):
        try:
            return [
                self._reroute(message, message_dict, route)
                if route[0] == self._name
                else route
                for route in routes
            ]
        except Exception:
            _logger.exception("Odd mail %s", message_dict.get("message_id"))
            return routes

    @api.model
    def _reroute(self, message, message_dict, route):
        """Return the route to the complaint that ``message`` is about."""
        model, res_id, values, user_id, alias = route
        # sudo: the gateway finds complaints whoever its user is
        complaints = self.sudo()
        if res_id:
            named = complaints.browse(res_id).exists()
        else:
            named = complaints._named_in(message_dict, values or {})
        target = named._merge_target()
        if not target:
            return route
        if target != named:
            message_dict["parent_id"] = False
        if (
            target._is_past_reopening()
            and not self._edu_robot(message)
            and not self._is_colleague_mail(message_dict)
        ):
            values = {"team_id": target.team_id.id, **(values or {})}
            return (model, 0, {**values, "previous_id": target.id}, user_id, alias)
        return (model, target.id, values, user_id, alias)

    @api.model
    def _named_in(self, message_dict, values):
        """Return the complaint whose number the subject names and whose customer wrote.

        Numbers are easily guessed: a stranger's mail is never attached.
        """
        numbers = numbers_in(message_dict.get("subject"))
        sender = email_normalize(message_dict.get("email_from"))
        if not numbers or not sender:
            return self.browse()
        found = self.search([("name", "in", numbers)]).filtered(
            lambda complaint: sender in complaint._customer_addresses()
        )
        team_id = values.get("team_id")
        return found.sorted(lambda complaint: complaint.team_id.id != team_id)[:1]

    @api.model
    def _is_mail_of_concerned(self, message_dict, routes):
        """Return whether somebody it is about wrote: the customer must not get that."""
        ids = [route[1] for route in routes if route[1]]
        # sudo: people concerned are compared, not shown
        concerned = self.sudo().browse(ids).accused_partner_ids
        sender = email_normalize(message_dict.get("email_from"))
        return bool(sender) and sender in concerned.mapped("email_normalized")

    def _customer_addresses(self):
        """Return from where the complainant, the payer and the guardians write."""
        partners = self.partner_id | self.payer_id
        partners |= self.learner_id.edu_guardian_link_ids.guardian_id
        addresses = {email_normalize(self.email_from)} if self else set()
        return (addresses | set(partners.mapped("email_normalized"))) - {False}

    def _merge_target(self):
        """Return where a merged complaint goes on; in a circle, stay here."""
        target, seen = self, self.browse()
        while target.merged_into_id and target not in seen:
            seen |= target
            target = target.merged_into_id
        return self if target in seen else target

    def _is_past_reopening(self):
        """Return whether it was over too long ago to be opened again."""
        self.ensure_one()
        end = self.reopen_until or self._reopen_end()
        over = not end or fields.Datetime.now() > end
        return self.state in rule.DONE and over
