from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from ...const import GROUP_READONLY
from ...logic import loyalty_measure, referral

PRICE_STEPS = [
    ("1", "1: leaves for a small difference"),
    ("2", "2: compares prices first"),
    ("3", "3: price counts like the rest"),
    ("4", "4: pays more for what is good"),
    ("5", "5: price hardly counts"),
]
QUALITY_STEPS = [
    ("1", "1: leaves at the first problem"),
    ("2", "2: tells others before us"),
    ("3", "3: complains and waits"),
    ("4", "4: tells us and gives us time"),
    ("5", "5: helps us to do better"),
]
COMPETITOR_STEPS = [
    ("1", "1: prefers another school"),
    ("2", "2: is looking at others"),
    ("3", "3: knows others, without preference"),
    ("4", "4: prefers us"),
    ("5", "5: does not look at others"),
]


class ResPartner(models.Model):
    """Loyalty of a customer: its five signs, what they come to together, and
    recommendations: who brought whom.

    The attitudes are set by an agent or by an answer to a questionnaire, the last one
    counts; the chatter keeps those before.
    """

    _inherit = "res.partner"

    # What somebody says or judges
    edu_price_sensitivity = fields.Selection(
        PRICE_STEPS,
        string="Price sensitivity",
        tracking=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    edu_attitude_quality = fields.Selection(
        QUALITY_STEPS,
        string="Attitude to quality problems",
        tracking=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    edu_attitude_competitor = fields.Selection(
        COMPETITOR_STEPS,
        string="Attitude to competing brands",
        tracking=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    # What orders and leads say
    edu_order_count = fields.Integer(
        string="Confirmed orders",
        compute="_compute_edu_loyalty",
        groups=GROUP_READONLY,
    )
    edu_repeat_rate = fields.Float(
        string="Repeat purchase rate",
        compute="_compute_edu_loyalty",
        groups=GROUP_READONLY,
        help="Purchases after the first, of all purchases.",
    )
    edu_choosing_days = fields.Float(
        string="Choosing time (days)",
        compute="_compute_edu_loyalty",
        digits=(16, 1),
        groups=GROUP_READONLY,
        help="From the lead to its first order, on average.",
    )
    edu_has_choosing_days = fields.Boolean(
        string="Choosing time known",
        compute="_compute_edu_loyalty",
        groups=GROUP_READONLY,
    )
    # Together
    edu_loyalty_score = fields.Float(
        string="Loyalty score",
        compute="_compute_edu_loyalty",
        digits=(5, 1),
        groups=GROUP_READONLY,
        help="Mean of the signs that are known, 0 to 100. What is unknown is no zero.",
    )
    edu_loyalty_known = fields.Integer(
        string="Signs known",
        compute="_compute_edu_loyalty",
        groups=GROUP_READONLY,
        help="Of five. The fewer, the less the score says.",
    )
    # Recommendations
    edu_referral_ids = fields.One2many(
        "edu.referral", "referrer_id", string="Recommended us to", groups=GROUP_READONLY
    )
    edu_referral_count = fields.Integer(
        string="Referrals",
        compute="_compute_edu_referral_count",
        groups=GROUP_READONLY,
        help="As far as you may see them, canceled ones apart.",
    )
    edu_referred_by_id = fields.Many2one(
        "res.partner",
        string="Brought by",
        compute="_compute_edu_brought_by",
        compute_sudo=True,
        groups=GROUP_READONLY,
    )
    edu_referral_chain = fields.Char(
        string="Chain of recommendations",
        compute="_compute_edu_brought_by",
        compute_sudo=True,
        groups=GROUP_READONLY,
    )
    edu_referral_link = fields.Char(
        string="Referral link",
        compute="_compute_edu_referral_link",
        compute_sudo=True,
        groups=GROUP_READONLY,
        help="To be passed on by the member: who inquires by it is recommended.",
    )

    # ------------------------------------------------------------------ signs
    @api.depends(
        "edu_price_sensitivity", "edu_attitude_quality", "edu_attitude_competitor"
    )
    @api.depends_context("company")
    def _compute_edu_loyalty(self):
        bought = self._loyalty_facts()
        for partner in self:
            orders, days = bought.get(partner._origin.id, (0, None))
            known = loyalty_measure.scores(orders, days, partner._loyalty_attitudes())
            partner.edu_order_count = orders
            partner.edu_repeat_rate = loyalty_measure.repeat_rate(orders) or 0.0
            partner.edu_choosing_days = days or 0.0
            partner.edu_has_choosing_days = days is not None
            partner.edu_loyalty_score = loyalty_measure.total(known) or 0.0
            partner.edu_loyalty_known = len(known)

    def _loyalty_attitudes(self):
        """Return ``{code: step or None}``, as the rule takes them."""
        return {
            name: int(self[f"edu_{name}"]) if self[f"edu_{name}"] else None
            for name in loyalty_measure.ATTITUDES
        }

    def _loyalty_facts(self):
        """Return ``{id: (orders, days to choose)}`` in the current company."""
        if not self._origin:
            return {}
        # sudo: how often a customer bought is shown to who may read the customer
        orders = self.env["sale.order"].sudo()
        groups = orders._read_group(
            [
                ("partner_id", "in", self._origin.ids),
                ("company_id", "=", self.env.company.id),
                ("state", "=", "sale"),
            ],
            ["partner_id", "opportunity_id"],
            ["__count", "date_order:min"],
        )
        groups_of = {}
        for partner, lead, count, ordered_at in groups:
            days = lead and (ordered_at - lead.create_date).total_seconds() / 86400
            groups_of.setdefault(partner.id, []).append((count, lead and days))
        return {id_: self._loyalty_totals(rows) for id_, rows in groups_of.items()}

    @api.model
    def _loyalty_totals(self, rows):
        days = [days for _count, days in rows if isinstance(days, float)]
        return sum(count for count, _days in rows), (
            sum(days) / len(days) if days else None
        )

    # ------------------------------------------------------------------ recommendations
    @api.depends("edu_referral_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_referral_count(self):
        counts = dict(
            self.env["edu.referral"]._read_group(
                [
                    ("referrer_id", "in", self._origin.ids),
                    ("state", "!=", referral.CANCELED),
                ],
                ["referrer_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.edu_referral_count = counts.get(partner._origin, 0)

    @api.depends_context("allowed_company_ids")
    def _compute_edu_brought_by(self):
        chains = self._origin._edu_referral_chains()
        for partner in self:
            chain = chains.get(partner._origin.id, self.browse())
            partner.edu_referred_by_id = chain[:1]
            names = [person.name or "" for person in reversed(chain)]
            names += [partner.name or ""] if names else []
            partner.edu_referral_chain = " → ".join(names)

    @api.depends_context("company")
    def _compute_edu_referral_link(self):
        for partner in self:
            known = partner._origin  # empty while a contact is typed in
            partner.edu_referral_link = known._edu_referral_url() if known else False

    def _edu_referral_chains(self):
        """Return ``{id: who brought it, who brought that one, …}``."""
        chains = {}
        if self.ids:
            self.env["edu.referral"].flush_model(
                ["referrer_id", "referred_id", "state", "company_id"]
            )
            for person_id, chain in self.env.execute_query(
                SQL(
                    """
                    WITH RECURSIVE chain(person, ids) AS (
                        SELECT referred_id, ARRAY[referrer_id] FROM edu_referral r
                         WHERE referred_id IN %(people)s AND %(counted)s
                         UNION
                        SELECT chain.person, chain.ids || r.referrer_id
                          FROM chain
                          JOIN edu_referral r ON %(counted)s
                           AND r.referred_id = chain.ids[array_length(chain.ids, 1)]
                         WHERE r.referrer_id <> ALL (chain.ids)
                           AND r.referrer_id <> chain.person
                    )
                    SELECT person, ids FROM chain ORDER BY array_length(ids, 1)
                    """,
                    people=tuple(self.ids),
                    counted=SQL(
                        "r.state <> 'canceled' AND r.company_id IN %s",
                        tuple(self.env.companies.ids),
                    ),
                )
            ):
                chains[person_id] = self.browse(chain)
        return chains

    def _edu_referral_url(self, company=None):
        """Return the link with which this member recommends us; nothing of others."""
        self.ensure_one()
        # sudo: the member program of the company, whoever asks
        program = (company or self.env.company).sudo().edu_member_program_id
        if not program:
            return ""
        card = self._edu_member_cards(program, create=False).get(self)
        return card._edu_referral_url() if card else ""

    def action_edu_open_referrals(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_referral_action",
            [("referrer_id", "=", self.id)],
            {"default_referrer_id": self.id},
        )

    # ------------------------------------------------------------------ checks
    def _edu_referral_side(self):
        """Return the ``logic.referral.Side`` of these contacts of one person."""
        family = self._edu_household()
        return referral.Side(
            people=frozenset(self.ids),
            family=frozenset(family.ids),
            phones=frozenset(filter(None, family.mapped("phone_sanitized"))),
            emails=frozenset(
                filter(None, (email_normalize(person.email) for person in family))
            ),
            addresses=frozenset(
                filter(
                    None,
                    (
                        referral.address_key(person.street, person.city, person.zip)
                        for person in family
                    ),
                )
            ),
            is_staff=any(not person.partner_share for person in family),
        )

    def _edu_household(self):
        """Return these people with guardians, children, and their other guardians."""
        guardians = self | self.edu_guardian_link_ids.guardian_id
        learners = guardians.edu_learner_link_ids.learner_id
        return guardians | learners | learners.edu_guardian_link_ids.guardian_id

    def _edu_is_family_of(self, user):
        """Tell whether one of these people is the user, or of the user's household."""
        # sudo: families are looked at whoever asks
        return bool(user.sudo().partner_id._edu_household() & self.sudo())
