from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import GROUP_READONLY
from ...logic.birthday import birth_days, birthdays
from .points_source import Claim

# Under this key of the context a price list stays with the person it is written on.
OWN_LEVEL = "edu_own_level"
JOB = "points_birthday"
# Days a job that did not run looks back.
LATE = 3
EVENT = "birthday"


class ResPartner(models.Model):
    """What customers get: levels with their prices, points on birthdays, coupons.

    The level of a person is the host's grade, with care for its price list. One that
    was agreed with the person stays. A person who belongs to an organization gets the
    level alone: the host would give its price list to all of the organization.

    Birthdays of members, and of the learners they pay for, earn once a year. Coupons
    are for old customers: those chosen in the list get a code each, by mail.
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

    # ------------------------------------------------------------------ level
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

    # ------------------------------------------------------------------ prices
    # Not of the tier: with a field of ours the host would delete the one of its users,
    # which depends on this one, when the addon is uninstalled.
    @api.depends("grade_id")
    def _compute_product_pricelist(self):
        return super()._compute_product_pricelist()

    def write(self, vals):
        result = super().write(vals)
        if "edu_tier_id" in vals:
            self.invalidate_recordset(["property_product_pricelist"], flush=False)
        return result

    @api.model
    def _synced_commercial_fields(self):
        names = super()._synced_commercial_fields()
        if self.env.context.get(OWN_LEVEL):
            names = [n for n in names if n != "specific_property_product_pricelist"]
        return names

    def _edu_preferred_pricelist(self):
        """Return the list of the level or tier, for who has no own one."""
        self.ensure_one()
        # sudo: the price is the same whoever asks
        partner = self.sudo()
        own = partner.specific_property_product_pricelist
        if own._get_partner_pricelist_multi_filter_hook():
            return self.env["product.pricelist"]
        level = partner.grade_id
        given = partner.edu_tier_id.pricelist_id
        if level and level.edu_is_earned and level._edu_is_of(self.env.company):
            given = level.default_pricelist_id or given
        given = given.filtered(lambda p: p.company_id <= self.env.company)
        return given._get_partner_pricelist_multi_filter_hook().with_env(self.env)

    # ------------------------------------------------------------------ birthdays
    @api.model
    def _cron_edu_birthdays(self):
        """Daily: give the points of today's birthdays, and of a few days before."""
        rules = self.env["edu.points.rule"].search([("event", "=", EVENT)])
        periods = {}
        for company in rules.company_id:
            today = company._edu_today()
            periods[company] = (today - timedelta(days=LATE), today)
        people = self.browse().union(
            *(self._edu_born_between(*period) for period in periods.values())
        )
        self.env["edu.job.failure"]._run_job(
            JOB, people, lambda batch: batch._edu_award_birthdays(periods)
        )

    def _edu_award_birthdays(self, periods):
        for company, (date_from, date_to) in periods.items():
            claims = self._edu_birthday_claims(company, date_from, date_to)
            self.env["edu.points.rule"]._award(EVENT, claims, company)

    @api.model
    def _edu_born_between(self, date_from, date_to):
        """Return the people with a birthday in this period."""
        days = (date_to - date_from).days + 1
        born = Domain.OR(
            Domain("edu_birth_date.month_number", "=", month)
            & Domain("edu_birth_date.day_of_month", "=", number)
            for n in range(min(days, 366))
            for month, number in birth_days(date_from + timedelta(days=n))
        )
        return self.search(born & Domain("edu_birth_date", "!=", False), order="id")

    def _edu_birthday_claims(self, company, date_from, date_to):
        """Return the claims of birthdays in the period, of members only."""
        people = self.filtered(lambda p: p.company_id in (company, company.browse()))
        owners = people._edu_wallet_owners(company)
        holders = self.browse().union(*owners.values())
        members = holders._edu_member_cards(company.edu_member_program_id, create=False)
        return [
            Claim(
                key=f"{day.year}:{person.id}",
                partner_id=person.id,
                model=self._name,
                record_id=person.id,
                on=day,
            )
            for person in people
            if owners[person] in members
            for day in birthdays(person.edu_birth_date, date_from, date_to)
        ]

    # ------------------------------------------------------------------ coupons
    def action_edu_give_coupons(self):
        """Open the host's wizard that makes and mails the codes."""
        programs = self.env["loyalty.program"]
        program = programs.search(
            [
                ("program_type", "=", "coupons"),
                ("company_id", "in", [False, self.env.company.id]),
            ],
            order="id desc",
            limit=1,
        )
        if not program:
            raise UserError(
                self.env._(
                    "There is no program for coupons yet: make one with “New program”."
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty.loyalty_generate_wizard_action"
        )
        action["context"] = {
            "default_program_id": program.id,
            "default_mode": "selected",
            "default_customer_ids": self.ids,
        }
        return action
