from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import complaint as rule

# What the same family complained of in this time is shown.
EARLIER_DAYS = 365
# So near, the same type is no coincidence.
SAME_TYPE_DAYS = 90


class EduComplaint(models.Model):
    """What the same customer complained of before, as far as the user may see it."""

    _inherit = "edu.complaint"

    earlier_count = fields.Integer(
        string="Earlier complaints", compute="_compute_earlier_counts"
    )
    same_type_count = fields.Integer(
        string="Earlier complaints of this type", compute="_compute_earlier_counts"
    )

    @api.depends("partner_id", "learner_id", "type_id", "received_at")
    def _compute_earlier_counts(self):
        people = (self.partner_id | self.learner_id)._origin
        found = self.search_fetch(
            self._earlier_domain(people),
            ["partner_id", "learner_id", "type_id", "received_at"],
        )
        for complaint in self:
            earlier = complaint._earlier_among(found)
            since = complaint._received() - timedelta(days=SAME_TYPE_DAYS)
            same = earlier.filtered(
                lambda e, kind=complaint.type_id._origin, since=since: (
                    kind and e.type_id == kind and e.received_at >= since
                )
            )
            complaint.earlier_count = len(earlier)
            complaint.same_type_count = len(same)

    @api.model
    def _earlier_domain(self, people):
        of_them = Domain("partner_id", "in", people.ids)
        of_them |= Domain("learner_id", "in", people.ids)
        return of_them & Domain("state", "!=", rule.MERGED)

    def _earlier_among(self, complaints):
        """Return those of the same complainant or learner in the time before."""
        self.ensure_one()
        people = (self.partner_id | self.learner_id)._origin
        received = self._received()
        since = received - timedelta(days=EARLIER_DAYS)
        return complaints.filtered(
            lambda c: (
                c != self._origin
                and (c.partner_id | c.learner_id) & people
                and since <= c.received_at <= received
            )
        )

    def _received(self):
        return self.received_at or fields.Datetime.now()

    def action_open_earlier(self):
        """Open what the banner counts."""
        self.ensure_one()
        people = self.partner_id | self.learner_id
        earlier = self._earlier_among(self.search(self._earlier_domain(people)))
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_complaint_action", [("id", "in", earlier.ids)]
        )
