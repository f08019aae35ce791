from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...logic import complaint as rule

# What makes a promise what it is.
TERMS = (
    "days",
    "calendar_id",
    "started_at",
    "original_due_at",
    "half_at",
    "most_at",
    "due_at",
    "after_at",
    "next_check_at",
)


class EduComplaint(models.Model):
    """Two complaints of one customer about the same thing become one.

    The other one ends as merged: its number still finds it, its messages stay with it,
    and it names the one that goes on. The earlier reception counts.
    """

    _inherit = "edu.complaint"

    merged_ids = fields.One2many(
        "edu.complaint", "merged_into_id", string="Merged into this one"
    )

    def _merge_into(self, target):
        """End these as merged; ``target`` goes on, with the earliest reception."""
        target.ensure_one()
        both = self | target
        both.check_access("write")
        # Whoever merges one of them at the same time has to wait: no circle.
        both.lock_for_update(allow_referencing=True)
        for complaint in self:
            complaint._check_may_merge(target)
        target._take_over(self)
        self._update_state(rule.STEPS, rule.MERGED, merged_into_id=target.id)
        # sudo: the follow-up of what was merged goes on with the other
        self.sudo().activity_ids.write({"res_id": target.id})
        self._tell_merged(target)
        self._after_merged_into(target)

    # ------------------------------------------------------------------ guards
    def _check_may_merge(self, target):
        self.ensure_one()
        if self == target:
            raise UserError(self.env._("A complaint is not merged into itself."))
        for complaint in (self, target):
            if complaint.state not in rule.STEPS:
                raise UserError(
                    self.env._(
                        "%s is not open any more. Only open complaints are merged.",
                        complaint.display_name,
                    )
                )
        names = {"this": self.display_name, "other": target.display_name}
        if self.company_id != target.company_id:
            raise UserError(
                self.env._("%(this)s and %(other)s are of two companies.", **names)
            )
        if not self._is_of_same_customer(target):
            raise UserError(
                self.env._(
                    "%(this)s and %(other)s are not of the same customer.", **names
                )
            )
        # sudo: people concerned are compared, not shown
        if self.sudo().accused_partner_ids != target.sudo().accused_partner_ids:
            raise UserError(
                self.env._(
                    "%(this)s and %(other)s do not concern the same staff: what one "
                    "of them must not see would come to light.",
                    **names,
                )
            )

    def _is_of_same_customer(self, other):
        """Return whether both come from one customer, or from one family."""
        self.ensure_one()
        return bool(
            self._customers() & other._customers()
            or self._contacts() & other._contacts()
        )

    def _customers(self):
        """Return complainant and learner with their guardians, learners and company."""
        # sudo: it only tells whether two complaints come from one family
        people = (self.partner_id | self.learner_id).sudo()
        return (
            people
            | people.edu_guardian_link_ids.guardian_id
            | people.edu_learner_link_ids.learner_id
            | people.commercial_partner_id
        )

    def _contacts(self):
        """Return number and address of somebody who is no contact of ours yet."""
        self.ensure_one()
        if self.partner_id or self.is_anonymous:
            return set()
        phone = self._phone_format(number=self.phone) if self.phone else False
        return {phone, email_normalize(self.email_from)} - {False, None}

    # ------------------------------------------------------------------ doing it
    def _take_over(self, others):
        """Keep the earliest reception and the strictest handling of all."""
        self.ensure_one()
        self._take_promises(others)
        first = min(self | others, key=lambda c: (c.received_at, c.id))
        highest = max((c.level for c in self | others), key=rule.LEVELS.index)
        vals = {}
        if first != self:
            vals["received_at"] = first.received_at
            vals["received_note"] = self.received_note or self.env._(
                "%s, which was merged into this one, came first.", first.name
            )
        if not self.is_safety and any(others.mapped("is_safety")):
            vals["is_safety"] = True
        if vals:
            self.write(vals)
        if rule.LEVELS.index(self.level) < rule.LEVELS.index(highest):
            self._give_to(highest)

    def _take_promises(self, others):
        """What the customer was promised sooner holds."""
        # sudo: nobody edits promises
        rows = (self | others).sudo().deadline_ids._owed().sorted("due_at")
        for mine in rows & self.sudo().deadline_ids:
            first = rows.filtered(lambda row, kind=mine.kind: row.kind == kind)[:1]
            if first.due_at < mine.due_at:
                mine.write(first._convert_to_write({n: first[n] for n in TERMS}))

    def _tell_merged(self, target):
        """Link both ways in the histories; nobody gets a mail or follows by it."""
        for complaint in self:
            complaint._message_log(
                body=self.env._("Merged into %s.", target._get_html_link())
            )
            target._message_log(
                body=self.env._(
                    "%s was merged into this one.", complaint._get_html_link()
                )
            )

    # ------------------------------------------------------------------ hooks
    def _after_merged_into(self, target):
        """Called with those that have just ended in ``target``."""
