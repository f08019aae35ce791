from odoo import api, fields, models

from ...const import GROUP_READONLY
from ...logic import points as rule

# How many movements the page of the contact shows; the button opens all.
LATEST = 20


class ResPartner(models.Model):
    """The points of a contact: card, balance, and the latest movements."""

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
        digits=(16, rule.DIGITS),
        groups=GROUP_READONLY,
    )
    edu_pending_points = fields.Float(
        string="Pending points",
        compute="_compute_edu_points",
        digits=(16, rule.DIGITS),
        groups=GROUP_READONLY,
        help="Given already, but not to be spent yet.",
    )
    edu_expiring_points = fields.Float(
        string="Expiring in 30 days",
        compute="_compute_edu_points",
        digits=(16, rule.DIGITS),
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
