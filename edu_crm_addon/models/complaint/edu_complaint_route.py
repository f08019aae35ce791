from odoo import api, models

from ...logic import complaint as rule
from .edu_complaint_team import RESPONSIBLE


class EduComplaint(models.Model):
    """Who a complaint is given to: an agent, the leader, the manager; never the person
    it is about.
    """

    _inherit = "edu.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints._route()
        return complaints

    def write(self, vals):
        result = super().write(vals)
        if {"type_id", "is_safety", "accused_partner_ids", "user_id"} & vals.keys():
            self._route()
        return result

    def _route(self):
        """Give up the ladder what does not belong where it is; safe to repeat."""
        for complaint in self.filtered(lambda c: c.state not in rule.DONE):
            level = complaint._lowest_level()
            if level != complaint.level or complaint._is_in_conflict():
                complaint._give_to(level)

    def _lowest_level(self):
        """Return the level below which this complaint must not be."""
        self.ensure_one()
        level = self.level
        if self.type_id.to_leader or self.accused_partner_ids:
            level = max(level, rule.LEADER, key=rule.LEVELS.index)
        if self.is_safety:
            level = rule.MANAGER
        return level

    def _is_in_conflict(self):
        self.ensure_one()
        return self.user_id.partner_id in self.accused_partner_ids

    def _give_to(self, level):
        """Hand over to who answers at ``level``, or higher up if it is about that one.

        Without anybody there the level rises all the same, and it waits for a handler.
        """
        self.ensure_one()
        user = self._responsible(level)
        vals = {"level": level}
        if user:
            vals["user_id"] = user.id
        elif self._is_in_conflict():
            vals["user_id"] = False
        # sudo: whoever records it may pass it on to people above
        self.sudo().write(vals)

    def _responsible(self, level):
        """Return who answers at ``level`` and is not concerned, else one up."""
        self.ensure_one()
        # sudo: agents cannot read who is above, but complaints go there
        complaint = self.sudo()
        users = [
            complaint.team_id[RESPONSIBLE[name]]
            for name in rule.LEVELS[rule.LEVELS.index(level) :]
            if name in RESPONSIBLE
        ]
        users.append(complaint.company_id.edu_compliance_user_id)
        free = [
            user
            for user in users
            if user.active and user.partner_id not in complaint.accused_partner_ids
        ]
        return free[0].with_env(self.env) if free else self.env["res.users"]

    def _escalate(self, level=None):
        """Take it to ``level``, the next one up by default."""
        for complaint in self:
            complaint._give_to(level or rule.level_above(complaint.level))
