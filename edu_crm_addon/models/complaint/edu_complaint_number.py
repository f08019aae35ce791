from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import complaint as rule

SEQUENCE = "edu_crm_addon.seq_edu_complaint"
# Recording may follow the talk; more than a day is worth a word.
LATE = timedelta(days=1)
# A clock may go a little wrong.
AHEAD = timedelta(minutes=5)


class EduComplaint(models.Model):
    """How a complaint comes in: its number, and when it was really received."""

    _inherit = "edu.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        companies = [
            vals.get("company_id") or self.env.company.id for vals in vals_list
        ]
        numbers = {
            company_id: iter(self._draw_numbers(company_id, count))
            for company_id, count in Counter(companies).items()
        }
        return super().create(
            [
                {**vals, "name": next(numbers[company_id])}
                for vals, company_id in zip(vals_list, companies, strict=True)
            ]
        )

    @api.model
    def _draw_numbers(self, company_id, count):
        """Return numbers of the company's own sequence, or of the common one."""
        # sudo: whoever complains draws a number
        sequences = self.env["ir.sequence"].sudo()
        own = sequences.search_fetch(
            [("code", "=", self._name), ("company_id", "in", (company_id, False))],
            sequences._edu_drawn_fields(),
            order="company_id",
            limit=1,
        )
        return own._edu_next_numbers(count)

    @api.constrains("received_at", "received_note")
    def _check_received_at(self):
        now = fields.Datetime.now()
        for complaint in self:
            if complaint.received_at > now + AHEAD:
                raise ValidationError(
                    self.env._("A complaint cannot have been received in the future.")
                )
            recorded = complaint.create_date or now
            if (
                recorded - complaint.received_at > LATE
                and not (complaint.received_note or "").strip()
            ):
                raise ValidationError(
                    self.env._(
                        "%s was received more than a day before it was recorded. Say "
                        "why.",
                        complaint.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_real(self):
        if any(complaint.state not in rule.DONE for complaint in self):
            raise UserError(
                self.env._(
                    "A complaint is not deleted: withdraw it, or merge it into another."
                )
            )
