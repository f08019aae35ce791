from odoo import api, fields, models
from odoo.exceptions import UserError


class LoyaltyCard(models.Model):
    """Co-branded and affinity cards: the partner institution and its own number."""

    _inherit = "loyalty.card"

    edu_mode = fields.Selection(related="program_id.edu_mode")
    edu_institution_id = fields.Many2one(
        "res.partner",
        string="Partner institution",
        domain=[("is_company", "=", True)],
        ondelete="restrict",
        copy=False,
    )
    edu_external_number = fields.Char(
        string="Card number of the partner", copy=False, tracking=True
    )

    _edu_external_unique = models.UniqueIndex(
        "(program_id, edu_external_number) WHERE edu_external_number IS NOT NULL",
        "Another member has this card number of the partner.",
    )

    @api.model
    def _edu_member_vals(self, vals_list):
        """A new member card bears the institution of its program."""
        result = super()._edu_member_vals(vals_list)
        programs = self.env["loyalty.program"].sudo()  # sudo: see the mode
        for vals in result:
            program = programs.browse(vals.get("program_id") or [])
            if vals.get("edu_is_member") and program.edu_institution_id:
                vals.setdefault("edu_institution_id", program.edu_institution_id.id)
        return result

    def _edu_by_number(self, program, numbers):
        """Return ``{number: card}`` of a program, by the partner's number or ours."""
        cards = self.search(
            [
                ("program_id", "=", program.id),
                ("edu_is_member", "=", True),
                "|",
                ("edu_external_number", "in", list(numbers)),
                ("code", "in", list(numbers)),
            ]
        )
        found = {card.code: card for card in cards}
        found.update({c.edu_external_number: c for c in cards if c.edu_external_number})
        return found

    def _edu_check_covers(self, points):
        """Refuse to redeem more than there is, or from a card that does not add up."""
        self.ensure_one()
        if self.edu_difference:
            raise UserError(self.env._("The card is blocked until its ledger adds up."))
        if points > self.points:
            raise UserError(
                self.env._(
                    "The balance is %(balance)s: not enough for %(points)s.",
                    balance=self._format_points(self.points),
                    points=self._format_points(points),
                )
            )

    def _edu_portal_figures(self):
        return {
            **super()._edu_portal_figures(),
            "program_benefits": self.program_id.edu_benefits,
            "institution": self.edu_institution_id.name,
            "external_number": self.edu_external_number,
        }
