from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...logic import points as rule


class LoyaltyCard(models.Model):
    """The card of a member: one for each person and program.

    The host's ``points`` stay the balance that orders spend; the ledger says how they
    came to be. Learners of a family share the card of the guardian who pays.
    """

    _name = "loyalty.card"
    _inherit = ["loyalty.card", "edu.role.mixin"]
    _edu_derived_fields = frozenset(
        {
            "edu_is_member",
            "edu_joined_on",
            "edu_entry_ids",
            "edu_difference",
            "edu_next_expiry",
            "edu_next_notice",
            "edu_level_notice_on",
            "edu_referral_code",
            "edu_notice_ids",
        }
    )

    # Follows from the program, and never changes.
    edu_is_member = fields.Boolean(string="Member card", readonly=True, copy=False)
    edu_joined_on = fields.Date(string="Member since", readonly=True, copy=False)
    edu_entry_ids = fields.One2many(
        "edu.points.entry", "card_id", string="Ledger", readonly=True
    )
    edu_pending_points = fields.Float(
        string="Pending points",
        compute="_compute_edu_pending_points",
        compute_sudo=True,  # part of the balance, which everybody sees
        digits=(16, 2),
        help="Given already, but not to be spent yet.",
    )
    edu_difference = fields.Float(
        string="Difference",
        readonly=True,
        copy=False,
        digits=(16, 2),
        help="Balance minus the sum of the ledger, at the last check. While it is not "
        "zero the card redeems nothing.",
    )

    _edu_member_unique = models.UniqueIndex(
        "(program_id, partner_id) WHERE edu_is_member AND active",
        "This person has a card of this program already.",
    )

    @api.depends("edu_entry_ids")
    def _compute_edu_pending_points(self):
        pending = dict(
            self.env["edu.points.entry"]._read_group(
                [("card_id", "in", self.ids), ("state", "=", rule.PENDING)],
                ["card_id"],
                ["points:sum"],
            )
        )
        for card in self:
            card.edu_pending_points = pending.get(card._origin, 0.0)

    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        if any(card.edu_is_member for card in cards) and not self._edu_has_members():
            self.env.registry.clear_cache()
        cards._edu_mirror_created()
        return cards

    @api.model
    @tools.ormcache()
    def _edu_has_members(self):
        """Return whether there is any member: without, sales cost nothing more."""
        # sudo: of whatever company
        cards = self.sudo().with_context(active_test=False)
        return bool(cards.search([("edu_is_member", "=", True)], limit=1))

    @api.model
    def _prepare_create_values(self, vals_list):
        # Here rather than in `create`: these are no values that the user gives.
        return super()._prepare_create_values(self._edu_member_vals(vals_list))

    @api.model
    def _edu_member_vals(self, vals_list):
        """Say of new cards whether they are of members."""
        default = self.env.context.get("active_id")
        ids = {vals.get("program_id", default) for vals in vals_list} - {None, False}
        programs = self.env["loyalty.program"].browse(ids).sudo()  # sudo: see the mode
        members = {program.id: program for program in programs if program.edu_mode}
        if not members:
            return [{**vals, "edu_is_member": False} for vals in vals_list]
        result = []
        for vals in vals_list:
            program = members.get(vals.get("program_id", default))
            is_member = bool(program and vals.get("partner_id"))
            joined_on = is_member and program.company_id._edu_today()
            given = {"edu_is_member": is_member, "edu_joined_on": joined_on}
            result.append({**vals, **given})
        people = [v["partner_id"] for v in result if v["edu_is_member"]]
        self._edu_claim(people)
        return result

    @api.model
    def _edu_claim(self, partner_ids):
        """Of two transactions that make a card for one person the later is retried."""
        if partner_ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET write_date = write_date WHERE id IN %s",
                    tuple(partner_ids),
                )
            )

    @api.constrains("program_id", "partner_id")
    def _check_edu_member(self):
        """A member card stays a person's, in its program; others it has none."""
        for card in self:
            expected = bool(card.program_id.sudo().edu_mode)
            if card.edu_is_member != expected or (expected and not card.partner_id):
                raise ValidationError(
                    self.env._(
                        "A member card belongs to one person and one program: make "
                        "another card instead."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_moved(self):
        # sudo: movements nobody may read still keep the card
        moved = self.sudo().filtered("edu_entry_ids")
        if moved:
            raise UserError(
                self.env._(
                    "Card %s has movements of points: archive it instead.",
                    moved[0].code,
                )
            )

    def _edu_wallets(self):
        """Return ``{card: logic.points.Wallet}``, from one query."""
        entries = self.env["edu.points.entry"].search_fetch(
            [("card_id", "in", self.ids), ("state", "=", rule.AVAILABLE)],
            ["card_id", "points", "date", "expires_on", "reverses_id"],
            order="id",
        )
        movements = {card: [] for card in self}
        for entry in entries:
            movements[entry.card_id].append(entry._as_movement())
        return {card: rule.replay(rows) for card, rows in movements.items()}

    def _edu_multiplier(self):
        """Return by what the points of a rule are multiplied; grades say more."""
        self.ensure_one()
        return 1.0

    def _edu_lock(self):
        """Wait for others who move points of these cards.

        If one of them did since this transaction began it is tried again by the host.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    """
                    SELECT id FROM loyalty_card WHERE id IN %s
                     ORDER BY id FOR NO KEY UPDATE
                    """,
                    tuple(self.ids),
                )
            )

    def _edu_in_words(self, text):
        """Return what ``text(env)`` says in the language of the member."""
        self.ensure_one()
        lang = self.partner_id.lang or self.env.user.lang
        return text(self.with_context(lang=lang).env)
