from odoo import api, fields, models

from ...const import GROUP_READONLY

# Under this key of the context a price list stays with the person it is written on.
OWN_LEVEL = "edu_own_level"


class ResPartner(models.Model):
    """The level of a person: the host's grade, with care for its price list.

    A price list that was agreed with the person stays. A person who belongs to an
    organization gets the level alone: the host would give its price list to all of the
    organization.
    """

    _inherit = "res.partner"

    edu_membership_ids = fields.One2many(
        "edu.membership", "partner_id", string="Memberships", groups=GROUP_READONLY
    )
    edu_member_until = fields.Date(
        string="Membership paid until",
        compute="_compute_edu_member_until",
        groups=GROUP_READONLY,
    )
    edu_level_benefits = fields.Html(
        string="Benefits",
        related="grade_id.edu_benefits",
        groups=GROUP_READONLY,
    )
    edu_qualifying_points = fields.Float(
        string="Qualifying points",
        compute="_compute_edu_qualifying_points",
        digits=(16, 2),
        groups=GROUP_READONLY,
        help="Points earned in the months that count for the level.",
    )
    edu_next_grade_id = fields.Many2one(
        "res.partner.grade",
        string="Next level",
        compute="_compute_edu_qualifying_points",
        groups=GROUP_READONLY,
    )
    edu_missing_points = fields.Float(
        string="Missing for the next level",
        compute="_compute_edu_qualifying_points",
        digits=(16, 2),
        groups=GROUP_READONLY,
    )
    edu_lower_level_on = fields.Date(
        string="Lower level from",
        compute="_compute_edu_qualifying_points",
        groups=GROUP_READONLY,
        help="The member has been told; until then points can still be earned.",
    )

    @api.depends("edu_membership_ids.state", "edu_membership_ids.date_to")
    @api.depends_context("company")
    def _compute_edu_member_until(self):
        running = self.env["edu.membership"]._read_group(
            [
                ("partner_id", "in", self._origin.ids),
                ("company_id", "=", self.env.company.id),
                ("state", "in", ("planned", "running")),
            ],
            ["partner_id"],
            ["date_to:max"],
        )
        until = {partner.id: day for partner, day in running}
        for partner in self:
            partner.edu_member_until = until.get(partner._origin.id)

    @api.depends("edu_card_ids", "grade_id")
    @api.depends_context("company")
    def _compute_edu_qualifying_points(self):
        program = self.env.company.sudo().edu_member_program_id
        cards = self._origin._edu_member_cards(program, create=False)
        cards = {partner.id: card for partner, card in cards.items()}
        # Together, so that they are found by the same two queries.
        together = self.env["loyalty.card"].sudo().union(*cards.values())
        for partner in self:
            card = cards.get(partner._origin.id, together.browse())
            card = card.with_prefetch(together.ids)
            partner.edu_qualifying_points = card.edu_qualifying_points
            partner.edu_next_grade_id = card.edu_next_grade_id
            partner.edu_missing_points = card.edu_missing_points
            partner.edu_lower_level_on = card and card._edu_grace_until()

    @api.model
    def _synced_commercial_fields(self):
        names = super()._synced_commercial_fields()
        if self.env.context.get(OWN_LEVEL):
            names = [n for n in names if n != "specific_property_product_pricelist"]
        return names

    def _edu_set_level(self, grade, reasons=None):
        """Give these people ``grade``, or none; tell why in their chatters.

        The price list of the level before goes with it; see above for which stay. The
        context must be of the company whose price lists are meant.

        :param reasons: ``{partner: words}``
        """
        # sudo: levels follow from rules and orders, whoever causes them
        people = self.sudo().with_context(mail_notrack=True)
        people = people.filtered(lambda partner: partner.grade_id != grade)
        changes = {p: (p.grade_id.name, grade.name) for p in people}
        keeping = people.filtered(lambda p: p._edu_keeps_pricelist())
        kept = keeping.grouped("specific_property_product_pricelist")
        (people - keeping)._edu_write_level(grade)
        for pricelist, keepers in kept.items():
            keepers._edu_write_level(grade, pricelist)
        self._edu_log_levels(changes, reasons or {})

    def _edu_keeps_pricelist(self):
        """Tell whether the price list of this person is none of the level."""
        self.ensure_one()
        present = self.specific_property_product_pricelist
        return self.commercial_partner_id != self or bool(
            present and present != self.grade_id.default_pricelist_id
        )

    def _edu_agreed_pricelists(self):
        """Return the price lists of these people that are not of their level."""
        agreed = self.filtered(
            lambda p: (
                p.specific_property_product_pricelist != p.grade_id.default_pricelist_id
            )
        )
        return agreed.specific_property_product_pricelist

    def _edu_lay_down_level(self):
        """Take level and price list off, to have them written by ``_edu_write_level``.

        Nobody is told, and organizations keep theirs.
        """
        people = self.with_context(mail_notrack=True, **{OWN_LEVEL: True})
        people.write({"grade_id": False, "specific_property_product_pricelist": False})

    def _edu_write_level(self, grade, pricelist=None):
        """Write the level with its price list, or with one that was agreed."""
        if pricelist is not None:
            people = self.with_context(**{OWN_LEVEL: True})
            people.grade_id = grade
            people.specific_property_product_pricelist = pricelist
            return
        vals = {"grade_id": grade.id}
        if not grade.default_pricelist_id:
            vals["specific_property_product_pricelist"] = False
        if self:
            self.write(vals)

    @api.model
    def _edu_log_levels(self, changes, reasons):
        nothing = self.env._("none")
        bodies = {
            partner.id: self.env._(
                "Level: %(old)s → %(new)s (%(why)s)",
                old=old or nothing,
                new=new or nothing,
                why=reasons.get(partner) or self.env._("membership"),
            )
            for partner, (old, new) in changes.items()
        }
        if bodies:
            self.env["res.partner"].browse(bodies)._message_log_batch(bodies=bodies)
