import secrets

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ...const import FIELD_PREFIX, GROUP_MANAGER
from ...logic import points as rule
from ...logic.secret_code import ALPHABET, normalize

LENGTH = 8
# Whose points they are, and of which program.
IDENTITY = frozenset({"partner_id", "program_id"})
# By these the host finds a card, or no longer accepts it.
VALIDITY = frozenset({"active", "code", "expiration_date"})


class LoyaltyCard(models.Model):
    """The card of a member: one for each person and program.

    The host's ``points`` stay the balance that orders spend; the ledger says how they
    came to be. Learners of a family share the card of the guardian who pays.

    The host lets every salesperson write to cards; member cards are worth money.
    Co-branded and affinity cards have a partner institution and its own number.

    With the referral code a member recommends us. It is no secret: who has it can
    recommend in the member's name, no more. The host's own code of the card redeems
    points, so it is never given away.
    """

    _name = "loyalty.card"
    _inherit = ["loyalty.card", "edu.role.mixin"]
    _edu_write_group = GROUP_MANAGER
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
    edu_referral_code = fields.Char(string="Referral code", readonly=True, copy=False)
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

    _edu_member_unique = models.UniqueIndex(
        "(program_id, partner_id) WHERE edu_is_member AND active",
        "This person has a card of this program already.",
    )
    _edu_referral_code_unique = models.UniqueIndex(
        "(edu_referral_code) WHERE edu_referral_code IS NOT NULL",
        "Another member has this referral code.",
    )
    _edu_external_unique = models.UniqueIndex(
        "(program_id, edu_external_number) WHERE edu_external_number IS NOT NULL",
        "Another member has this card number of the partner.",
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

    # ------------------------------------------------------------------ create, write
    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        if any(card.edu_is_member for card in cards) and not self._edu_has_members():
            self.env.registry.clear_cache()
        cards._edu_mirror_created()
        return cards

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._edu_check_empty()
        if not self.env.su and (IDENTITY | VALIDITY) & vals.keys():
            self.filtered("edu_is_member")._edu_check_writable(vals.keys())
        members = "points" in vals and self.filtered("edu_is_member")
        if not members:
            return super().write(vals)
        members._edu_check_movable()
        members._edu_lock()
        before = {card: card.points for card in members}
        result = super().write(vals)
        members._edu_mirror({card: card.points - before[card] for card in members})
        return result

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
            if is_member:
                given["edu_referral_code"] = self._edu_new_code()
            result.append({**vals, **given})
        people = [v["partner_id"] for v in result if v["edu_is_member"]]
        self._edu_claim(people)
        self._edu_add_institutions(result)
        return result

    @api.model
    def _edu_add_institutions(self, vals_list):
        """A new member card bears the institution of its program."""
        programs = self.env["loyalty.program"].sudo()  # sudo: see the mode
        for vals in vals_list:
            program = programs.browse(vals.get("program_id") or [])
            if vals.get("edu_is_member") and program.edu_institution_id:
                vals.setdefault("edu_institution_id", program.edu_institution_id.id)

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

    # ------------------------------------------------------------------ rights
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

    @api.model
    def _has_field_access(self, field, operation):
        """What follows from the ledger or from jobs nobody writes, not even by RPC."""
        follows = field.readonly and field.name.startswith(FIELD_PREFIX)
        if operation == "write" and follows and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def _edu_check_writable(self, names):
        if self and IDENTITY & names:
            raise AccessError(
                self.env._(
                    "A member card belongs to one person and one program: make another "
                    "card instead."
                )
            )
        if self and not self.env.user.has_group(GROUP_MANAGER):
            raise AccessError(
                self.env._("Only education managers change or archive member cards.")
            )

    # ------------------------------------------------------------------ finding
    @api.model
    @tools.ormcache()
    def _edu_has_members(self):
        """Return whether there is any member: without, sales cost nothing more."""
        # sudo: of whatever company
        cards = self.sudo().with_context(active_test=False)
        return bool(cards.search([("edu_is_member", "=", True)], limit=1))

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

    @api.model
    def _edu_find_by_code(self, code, company=None):
        """Return the member card with this code, however it was typed."""
        code = normalize(code or "")
        if len(code) != LENGTH:
            return self.browse()
        # sudo: the code is the right to recommend in the member's name
        domain = [("edu_referral_code", "=", code), ("edu_is_member", "=", True)]
        if company:
            domain.append(("company_id", "=", company.id))
        return self.sudo().search(domain, limit=1)

    # ------------------------------------------------------------------ referral code
    @api.model
    def _edu_new_code(self):
        return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))

    def _edu_referral_url(self):
        self.ensure_one()
        card = self.sudo()  # sudo: a card from before the codes gets its own now
        if not card.company_id.edu_referral_page:
            return ""
        if not card.edu_referral_code:
            card.edu_referral_code = self._edu_new_code()
        return f"{card.company_id.get_base_url()}/refer/{card.edu_referral_code}"

    # ------------------------------------------------------------------ for others
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
