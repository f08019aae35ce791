from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from ...const import GROUP_READONLY
from ...logic import referral as rule


class ResPartner(models.Model):
    """Who brought whom: the recommendations of a contact, and who recommended it."""

    _inherit = "res.partner"

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

    @api.depends("edu_referral_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_referral_count(self):
        counts = dict(
            self.env["edu.referral"]._read_group(
                [
                    ("referrer_id", "in", self._origin.ids),
                    ("state", "!=", rule.CANCELED),
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

    # ------------------------------------------------------------------ link
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
        return rule.Side(
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
                        rule.address_key(person.street, person.city, person.zip)
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
