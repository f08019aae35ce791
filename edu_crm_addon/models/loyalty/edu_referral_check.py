from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from ...logic import referral as rule

ACTIVITY = "edu_crm_addon.mail_activity_type_referral_review"


class EduReferral(models.Model):
    """Whether somebody has to look at a referral before it earns points.

    It is checked when it is made and again when the enrollment begins, as more is known
    then. What a person accepted once is no reason any more.
    """

    _inherit = "edu.referral"

    block_codes = fields.Char(string="Block codes", readonly=True, copy=False)
    accepted_codes = fields.Char(string="Accepted codes", readonly=True, copy=False)
    block_text = fields.Char(
        string="Why it is blocked", compute="_compute_block_text", compute_sudo=True
    )

    @api.depends("block_codes")
    @api.depends_context("lang")
    def _compute_block_text(self):
        words = {code: self._reason_text(code) for code in rule.REASONS}
        for referral in self:
            codes = (referral.block_codes or "").split(",")
            referral.block_text = ", ".join(words[c] for c in codes if c in words)

    def _reason_text(self, code):
        env = self.env
        return {
            rule.SELF: env._("recommends oneself"),
            rule.HOUSEHOLD: env._("people of one household"),
            rule.PHONE: env._("same phone number"),
            rule.EMAIL: env._("same email"),
            rule.ADDRESS: env._("same address"),
            rule.STAFF: env._("a colleague is one of them"),
            rule.LOOP: env._("one brought the other before"),
            rule.KNOWN: env._("was known to us before"),
            rule.VELOCITY: env._("very many recommendations in a month"),
        }[code]

    # ------------------------------------------------------------------ deciding
    def _check(self):
        """Block those with a reason nobody has accepted yet; return them."""
        blocked = self.browse()
        for referral, facts in self._check_facts().items():
            accepted = (referral.accepted_codes or "").split(",")
            codes = [code for code in rule.check(facts) if code not in accepted]
            if codes:
                blocked |= referral._block(codes)
        return blocked

    def _block(self, codes):
        known = {*(self.block_codes or "").split(","), *codes}
        self.sudo().block_codes = ",".join(c for c in rule.REASONS if c in known)
        blocked = self._update_state(rule.WAITING, rule.BLOCKED)
        blocked._ask_leader()
        return blocked

    def _ask_leader(self):
        """Have the leader of the team look at it."""
        for referral in self:
            leader = referral.lead_id.team_id.user_id
            if leader:
                quick = referral.with_context(mail_activity_quick_update=True)
                quick.activity_schedule(ACTIVITY, user_id=leader.id)

    # ------------------------------------------------------------------ facts
    def _check_facts(self):
        """Gather ``{referral: Facts}`` for the whole batch."""
        brought_by = self._brought_by()
        in_month = self._count_in_month()
        people = {r: (r.referrer_id, r._people()) for r in self}
        everyone = (p for pair in people.values() for p in pair)
        # One reading of all families, so that none is read by itself.
        self.env["res.partner"].union(*everyone)._edu_referral_side()
        sides = {
            r: (one._edu_referral_side(), r._referred_side(other))
            for r, (one, other) in people.items()
        }
        known = self._known(sides)
        return {
            referral: rule.Facts(
                referrer=one,
                referred=other,
                brought_by=frozenset(
                    set().union(*(brought_by[person] for person in one.people))
                ),
                is_known=referral in known,
                in_month=in_month[referral.company_id, referral.referrer_id],
                limit=referral.company_id.edu_referral_limit,
            )
            for referral, (one, other) in sides.items()
        }

    def _people(self):
        """Return the contacts that are known of who is recommended."""
        lead = self.lead_id
        return self.referred_id | lead.partner_id | lead.edu_learner_id

    def _referred_side(self, people):
        """Add what was typed on the form and on the lead."""
        side = people._edu_referral_side()
        lead = self.lead_id
        phones = {lead.phone_sanitized, self._phone_format(fname="phone")}
        emails = {lead.email_normalized, email_normalize(self.email)}
        address = rule.address_key(lead.street, lead.city, lead.zip)
        return rule.Side(
            people=side.people,
            family=side.family,
            phones=side.phones | phones - {False, None, ""},
            emails=side.emails | emails - {False, None, ""},
            addresses=side.addresses | {address} - {""},
            is_staff=side.is_staff,
        )

    def _brought_by(self):
        """Return ``{person id: ids of who brought it, and of those before}``."""
        found = defaultdict(set)
        if self:
            self.flush_model(["referrer_id", "referred_id", "state"])
            for person, other in self.env.execute_query(
                SQL(
                    """
                    WITH RECURSIVE chain(person, other) AS (
                        SELECT referred_id, referrer_id FROM edu_referral
                         WHERE referred_id IN %(people)s AND state <> 'canceled'
                         UNION
                        SELECT chain.person, r.referrer_id
                          FROM chain
                          JOIN edu_referral r ON r.referred_id = chain.other
                         WHERE r.state <> 'canceled'
                    )
                    SELECT person, other FROM chain
                    """,
                    people=tuple(self.referrer_id.ids),
                )
            ):
                found[person].add(other)
        return found

    def _count_in_month(self):
        """Return ``{(company, referrer): referrals in a month}``."""
        counts = defaultdict(int)
        for company in self.company_id:
            since = company._edu_today() - relativedelta(months=1)
            for referrer, count in self._read_group(
                [
                    ("company_id", "=", company.id),
                    ("referrer_id", "in", self.referrer_id.ids),
                    ("date", ">", since),
                    ("state", "!=", rule.CANCELED),
                ],
                ["referrer_id"],
                ["__count"],
            ):
                counts[company, referrer] = count
        return counts

    # ------------------------------------------------------------------ known before
    def _known(self, sides):
        """Return those whose person was a customer, or inquired, before."""
        ids, phones, emails = (
            set().union(*(getattr(other, name) for _one, other in sides.values()))
            for name in ("family", "phones", "emails")
        )
        same = Domain("phone_sanitized", "in", list(phones))
        same |= Domain("email_normalized", "in", list(emails))
        partners = self.env["res.partner"].search(same | Domain("id", "in", list(ids)))
        ids |= set(partners.ids)
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads = leads.search(same | Domain("partner_id", "in", list(ids)))
        bought = self._first_orders(ids)
        known = self.browse()
        for referral, (_one, other) in sides.items():
            people = partners.filtered(lambda p, other=other: _is_of(p, other))
            if referral._has_bought(people, bought) or any(
                referral._is_older(lead) and _is_of(lead, other, lead.partner_id.id)
                for lead in leads
            ):
                known |= referral
        return known

    def _is_older(self, lead):
        """Tell whether ``lead`` is another inquiry, made before."""
        if lead == self.lead_id or lead.company_id not in (
            self.company_id,
            self.env["res.company"],
        ):
            return False
        if self.lead_id:
            return lead.id < self.lead_id.id
        return lead.create_date < self.create_date

    def _has_bought(self, people, bought):
        moments = (bought.get((person, self.company_id)) for person in people)
        # The host dates orders by the second.
        begun = self.create_date.replace(microsecond=0)
        return any(moment and moment < begun for moment in moments)

    def _first_orders(self, ids):
        """Return ``{(customer, company): first confirmed order}``."""
        rows = self.env["sale.order"]._read_group(
            [
                ("state", "=", "sale"),
                ("partner_id", "in", list(ids)),
                ("company_id", "in", self.company_id.ids),
            ],
            ["partner_id", "company_id"],
            ["date_order:min"],
        )
        return {(partner, company): moment for partner, company, moment in rows}


def _is_of(record, side, person_id=None):
    """Tell whether the record is of who is on this side, or of the household."""
    return (
        (person_id or record.id) in side.family
        or record.phone_sanitized in side.phones
        or record.email_normalized in side.emails
    )
