from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import points as rule

BOOKED = "booked"
FAILED = "error"
STATES = [(BOOKED, "Booked"), (FAILED, "Error")]


class EduPointsImportLine(models.Model):
    """Points given or redeemed at a partner firm, as the firm reported them.

    The number of the firm makes them unique: what is reported twice is booked once. A
    line is written once; one with an error is reported anew.
    """

    _name = "edu.points.import.line"
    _description = "Points at a partner"
    _order = "id desc"
    _rec_name = "external_id"

    import_id = fields.Many2one(
        "edu.points.import",
        string="File",
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    line = fields.Integer(readonly=True)
    program_id = fields.Many2one(
        "loyalty.program", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, index=True
    )
    firm_id = fields.Many2one(
        "res.partner",
        string="Partner firm",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    external_id = fields.Char(string="Number of the partner", readonly=True)
    number = fields.Char(string="Card number", readonly=True)
    card_id = fields.Many2one(
        "loyalty.card", string="Member card", readonly=True, ondelete="restrict"
    )
    date = fields.Date(string="Day at the partner", readonly=True)
    points = fields.Float(
        readonly=True, digits=(16, rule.DIGITS), help="Negative: redeemed there."
    )
    state = fields.Selection(STATES, required=True, readonly=True)
    error = fields.Char(readonly=True)

    _booked_unique = models.UniqueIndex(
        "(program_id, firm_id, external_id) WHERE state = 'booked'",
        "The partner has reported this already.",
    )

    @api.model
    def _known(self, program, firm, external_ids):
        """Return those of these numbers that are booked."""
        found = self.search_fetch(
            [
                ("program_id", "=", program.id),
                ("firm_id", "=", firm.id),
                ("external_id", "in", list(external_ids)),
                ("state", "=", BOOKED),
            ],
            ["external_id"],
        )
        return set(found.mapped("external_id"))

    @api.model
    def _report(self, program, firm, rows, **values):
        """Book what a firm reports, ``points_file.Row`` each; return the lines.

        Points given at the firm are booked together; what is redeemed there one by one,
        as long as there is something to redeem.
        """
        cards = self.env["loyalty.card"]._edu_by_number(program, {r.card for r in rows})
        errors = self._errors(rows, cards)
        common = {"program_id": program.id, "firm_id": firm.id, **values}
        lines = self.create(
            [
                {
                    **common,
                    "line": row.line,
                    "external_id": row.external_id,
                    "number": row.card,
                    "card_id": row.card in cards and cards[row.card].id,
                    "date": row.date,
                    "points": row.points,
                    "state": FAILED if row in errors else BOOKED,
                    "error": errors.get(row),
                }
                for row in rows
            ]
        )
        booked = lines.filtered(lambda line: line.state == BOOKED)
        booked.filtered(lambda line: line.points > 0)._book()
        for line in booked.filtered(lambda line: line.points < 0):
            line._redeem()
        return lines

    @api.model
    def _errors(self, rows, cards):
        """Return ``{row: why it is not booked}``."""
        # sudo: families are looked at whoever reads the file
        family = self.env.user.sudo().partner_id._edu_household()
        unknown = self.env._("No member has this card.")
        own = self.env._("Somebody else enters the points of one's own family.")
        errors = {row: unknown for row in rows if row.card not in cards}
        for row in rows:
            if row not in errors and cards[row.card].partner_id in family:
                errors[row] = own
        return errors

    def _redeem(self):
        self.ensure_one()
        self.card_id._edu_expire_due()
        self.card_id._edu_lock()
        try:
            self.card_id._edu_check_covers(-self.points)
        except UserError as error:
            self.write({"state": FAILED, "error": str(error)})
        else:
            self._book()

    def _book(self):
        self.env["edu.points.entry"]._book([line._entry_row() for line in self])

    def _entry_row(self):
        given = self.points > 0
        firm = self.firm_id.display_name
        return {
            "card_id": self.card_id.id,
            "points": self.points,
            "kind": rule.EARN if given else rule.SPEND,
            "text": self.card_id._edu_in_words(
                lambda env: (
                    env._("Collected at %s", firm)
                    if given
                    else env._("Redeemed at %s", firm)
                )
            ),
            "firm_id": self.firm_id.id,
            "res_model": self._name,
            "res_id": self.id,
            "key": f"{self.program_id.id}:firm:{self.firm_id.id}:{self.external_id}",
            "expires_on": given and self.program_id._edu_expiry_day(),
        }
