from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...const import GROUP_READONLY, MODULE
from ...logic import points_expiry as expiry_rule

_lt = LazyTranslate(__name__)

# Members are told early what they are about to lose.
EXPIRING_DAYS = 30
WITHOUT_LEVEL = _lt("Without level")


class LoyaltyCard(models.Model):
    """What screens show of a member card beside its balance."""

    _inherit = "loyalty.card"

    edu_expiring_points = fields.Float(
        string="Expiring in 30 days",
        compute="_compute_edu_expiring_points",
        compute_sudo=True,  # of the whole balance, which everybody sees
        digits=(16, 2),
    )
    # What `edu_next_expiry` says for the job may be too early.
    edu_expires_on = fields.Date(
        string="Next points expire on",
        compute="_compute_edu_expires_on",
        compute_sudo=True,
    )
    # As superuser, so that members can be grouped by it; grades are no secret.
    edu_grade_id = fields.Many2one(
        related="partner_id.grade_id",
        string="Member level",
        falsy_value_label=WITHOUT_LEVEL,
    )

    @api.depends("edu_entry_ids")
    def _compute_edu_expiring_points(self):
        expiring = self._origin._edu_expiring(EXPIRING_DAYS)
        for card in self:
            card.edu_expiring_points = expiring.get(card._origin, 0.0)

    @api.depends("edu_entry_ids")
    def _compute_edu_expires_on(self):
        wallets, days = self._origin._edu_wallets(), self._origin._edu_days()
        for card in self:
            wallet = wallets.get(card._origin)
            card.edu_expires_on = wallet and expiry_rule.next_expiry(
                wallet, days[card._origin]
            )

    @api.depends("edu_is_member", "partner_id.name", "program_id.name")
    def _compute_display_name(self):
        """Name a member card by its member: nobody knows codes by heart."""
        members = self.filtered(lambda card: card.edu_is_member and card.partner_id)
        for card in members:
            card.display_name = f"{card.partner_id.name} ({card.program_id.name})"
        return super(LoyaltyCard, self - members)._compute_display_name()

    @api.model
    def _edu_member_form(self):
        return self.env.ref(f"{MODULE}.loyalty_card_view_form_member")

    def get_formview_id(self, access_uid=None):
        """Open member cards with their ledger, not with the host's history."""
        user = self.env["res.users"].browse(access_uid or self.env.uid)
        if len(self) == 1 and self.edu_is_member and user.has_group(GROUP_READONLY):
            return self._edu_member_form().id
        return super().get_formview_id(access_uid=access_uid)

    def action_edu_open_contact(self):
        self.ensure_one()
        return self.partner_id._get_records_action()

    def action_edu_open_ledger(self):
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_points_entry_action", [("card_id", "in", self.ids)]
        )
