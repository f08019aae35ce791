from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from ...const import GROUP_AGENT, GROUP_READONLY
from ...logic import levels, points

# How many movements the page of the contact shows; the button opens all.
LATEST = 20


class ResPartner(models.Model):
    """Members: how one joins, whose card gets the points of whom, card, balance and
    latest movements, and who may be written to.

    People become members by the first enrollment, or by a button. A member whose points
    moved stays on record.
    """

    _inherit = "res.partner"

    edu_card_ids = fields.One2many(
        "loyalty.card",
        "partner_id",
        string="Member cards",
        domain=[("edu_is_member", "=", True)],
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    edu_points = fields.Float(
        string="Points",
        compute="_compute_edu_points",
        digits=(16, points.DIGITS),
        groups=GROUP_READONLY,
    )
    edu_pending_points = fields.Float(
        string="Pending points",
        compute="_compute_edu_points",
        digits=(16, points.DIGITS),
        groups=GROUP_READONLY,
        help="Given already, but not to be spent yet.",
    )
    edu_expiring_points = fields.Float(
        string="Expiring in 30 days",
        compute="_compute_edu_points",
        digits=(16, points.DIGITS),
        groups=GROUP_READONLY,
    )
    edu_wallet_owner_id = fields.Many2one(
        "res.partner",
        string="Points go to",
        compute="_compute_edu_wallet_owner_id",
        groups=GROUP_READONLY,
        help="In a family wallet learners earn points for the guardian who pays.",
    )
    edu_points_entry_ids = fields.Many2many(
        "edu.points.entry",
        string="Latest movements",
        compute="_compute_edu_points_entry_ids",
        groups=GROUP_READONLY,
        help="As far as you may see them.",
    )
    edu_no_points_mails = fields.Boolean(
        string="No mails about points",
        groups=GROUP_READONLY,
        help="Gets no notice of points that are about to expire.",
    )

    # ------------------------------------------------------------------ points
    @api.depends("edu_card_ids.points", "edu_card_ids.edu_entry_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_points(self):
        for partner in self:
            cards = partner.edu_card_ids
            partner.edu_points = sum(cards.mapped("points"))
            partner.edu_pending_points = sum(cards.mapped("edu_pending_points"))
            partner.edu_expiring_points = sum(cards.mapped("edu_expiring_points"))

    @api.depends_context("company")
    @api.depends("edu_payer_id", "edu_guardian_link_ids.guardian_id")
    def _compute_edu_wallet_owner_id(self):
        owners = self._origin._edu_wallet_owners(self.env.company)
        for partner in self:
            partner.edu_wallet_owner_id = owners.get(partner._origin)

    @api.depends("edu_card_ids.edu_entry_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_points_entry_ids(self):
        entries = self.env["edu.points.entry"]
        for partner in self:
            cards = partner._origin.edu_card_ids
            latest = [("card_id", "in", cards.ids)]
            partner.edu_points_entry_ids = (
                entries.search(latest, limit=LATEST) if cards else entries
            )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_count_active_cards(self):
        """Leave member cards out for who has the button of ours."""
        super()._compute_count_active_cards()
        if not self.env.user.has_group(GROUP_READONLY):
            return
        for partner in self.filtered("loyalty_card_count"):
            own = partner.edu_card_ids.filtered(
                lambda card: card.points > 0 and card.company_id in self.env.companies
            )
            partner.loyalty_card_count -= len(own)

    def action_edu_open_cards(self):
        """Open the member card, or the list of them."""
        self.ensure_one()
        cards = self.edu_card_ids
        if len(cards) == 1:
            return cards.get_formview_action()
        return self.env["ir.actions.act_window"]._edu_open(
            "loyalty_card_action_members", [("id", "in", cards.ids)]
        )

    def action_edu_open_ledger(self):
        self.ensure_one()
        return self.edu_card_ids.action_edu_open_ledger()

    # ------------------------------------------------------------------ wallets
    def _edu_wallet_owners(self, company):
        """Return ``{person: whose card gets the points}``.

        In a family wallet a learner earns for the guardian who pays; one under age for
        the first guardian if nobody is said to pay.
        """
        # sudo: the rule is the same whoever has the points booked
        people = self.sudo().with_company(company)
        if not company.sudo().edu_family_wallet:
            return {person: person for person in people}
        today = company._edu_today()
        return {person: person._edu_wallet_owner(today) for person in people}

    def _edu_wallet_owner(self, today):
        self.ensure_one()
        if self.edu_payer_id == self and self._edu_needs_guardian(today):
            return self.edu_guardian_link_ids[:1].guardian_id or self
        return self.edu_payer_id

    # ------------------------------------------------------------------ members
    @api.ondelete(at_uninstall=False)
    def _unlink_except_members(self):
        if not self.env["loyalty.card"]._edu_has_members():
            return
        # sudo: cards of every company
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        found = cards.search(
            [("partner_id", "in", self.ids), ("edu_is_member", "=", True)]
        )
        if moved := found.filtered("edu_entry_ids"):
            raise UserError(
                self.env._(
                    "%s has movements of points: archive the contact instead.",
                    moved[0].partner_id.name,
                )
            )
        found.unlink()

    def action_edu_make_members(self):
        """Make these contacts members and show their cards."""
        if not self.env.user.has_group(GROUP_AGENT):
            raise AccessError(self.env._("Only staff of the school makes members."))
        self.check_access("write")
        company = self.env.company
        if not company.sudo().edu_member_program_id:
            raise UserError(
                self.env._("Choose the member program in the settings first.")
            )
        cards = self._edu_become_members(company)
        return {
            **cards._get_records_action(name=self.env._("Member cards")),
            "target": "current",
        }

    def _edu_become_members(self, company):
        """Return the cards of these people, or who pays for them; make what is missing.

        Without a member program there are none.
        """
        program = company.sudo().edu_member_program_id  # sudo: whoever enrolls them
        if not program:
            return self.env["loyalty.card"]
        owners = self._edu_wallet_owners(company)
        holders = self.browse().union(*owners.values())
        cards = holders._edu_member_cards(program)
        return self.env["loyalty.card"].union(*cards.values()).with_env(self.env)

    def _edu_member_cards(self, program, *, create=True):
        """Return ``{person: card}``; who has none becomes a member.

        :param bool create: if not, who has no card is left out
        """
        # sudo: members are made by events, whoever causes them
        cards = self.env["loyalty.card"].sudo()
        found = {
            card.partner_id: card
            for card in cards.search(
                [
                    ("program_id", "=", program.id),
                    ("partner_id", "in", self.ids),
                    ("edu_is_member", "=", True),
                ]
            )
        }
        missing = [person.id for person in self if person not in found]
        if create and missing:
            made = cards.with_context(tracking_disable=True).create(
                [{"program_id": program.id, "partner_id": p} for p in missing]
            )
            found.update({card.partner_id: card for card in made})
        return found

    def _edu_join(self, company):
        """Give these people a member card of the company, if it has a program."""
        program = company.sudo().edu_member_program_id  # sudo: whoever lets them join
        if program:
            self._edu_member_cards(program)

    def _edu_earned_grade(self, company):
        """Return the level that the points of this person reach, if any."""
        self.ensure_one()
        grade = self.env["res.partner.grade"]
        program = company.sudo().edu_member_program_id  # sudo: as above
        card = self._edu_member_cards(program, create=False).get(self)
        if not card:
            return grade
        standing = card._edu_standings()[card]
        level = levels.earned(
            standing.points, standing.best_points, company._edu_ladder()
        )
        return grade.browse(level and level.id)

    def _edu_is_member(self, company):
        """Tell whether this person has a card of a member program of the company."""
        self.ensure_one()
        # sudo: as above
        cards = self.env["loyalty.card"].sudo()
        return bool(
            cards.search_count(
                [
                    ("partner_id", "=", self.id),
                    ("edu_is_member", "=", True),
                    ("company_id", "=", company.id),
                ],
                limit=1,
            )
        )

    # ------------------------------------------------------------------ mails
    def _edu_with_mail(self):
        """Return those who have a mail address and did not refuse mails."""
        mails = {person: email_normalize(person.email) for person in self}
        known = [mail for mail in mails.values() if mail]
        # sudo: nobody else may read the list, and nothing but the mails is taken
        refused = self.env["mail.blacklist"].sudo().search([("email", "in", known)])
        refused = set(refused.mapped("email"))
        return self.filtered(
            lambda person: (
                person.active and mails[person] and mails[person] not in refused
            )
        )

    def _edu_points_mail_reasons(self):
        """Return ``{person: code}`` of those who are not written to, and why."""
        mails = {person: email_normalize(person.email) for person in self}
        # sudo: nobody else may read the list, and nothing but the mails is taken
        listed = self.env["mail.blacklist"].sudo()
        found = listed.search([("email", "in", [m for m in mails.values() if m])])
        blacklisted = set(found.mapped("email"))
        result = {}
        for person, mail in mails.items():
            if not person.active:
                result[person] = "archived"
            elif person.edu_no_points_mails or mail in blacklisted:
                result[person] = "opted_out"
            elif not mail:
                result[person] = "no_address"
        return result
