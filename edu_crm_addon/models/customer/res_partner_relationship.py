from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import GROUP_READONLY
from ...logic import relationship as rule
from ...logic.people import is_minor
from ..settings.res_company import DEFAULT_ADULT_AGE

RELATIONSHIPS = [
    (rule.NON_CUSTOMER, "Non-customer"),
    (rule.POTENTIAL, "Potential customer"),
    (rule.TARGET, "Target customer"),
    (rule.FIRST, "First purchase"),
    (rule.REPEAT, "Repeat customer"),
    (rule.LOST, "Lost customer"),
]
AFTER_ONE_MORE_ORDER = {
    rule.NON_CUSTOMER: rule.FIRST,
    rule.POTENTIAL: rule.FIRST,
    rule.TARGET: rule.FIRST,
    rule.FIRST: rule.REPEAT,
    rule.REPEAT: rule.REPEAT,
}


class ResPartner(models.Model):
    """How close the customer is to us, and its family: learners, their guardians,
    siblings, and who pays.

    The rule is in ``logic/relationship.py``. Leads and confirmed orders of a contact
    count for itself and for the organization it belongs to. The value is stored; leads
    and orders say when they change, rather than being dependencies: a quotation or one
    more lead of a customer costs no recompute. What only the calendar changes (a buyer
    becomes lost) is done by the nightly upkeep.
    """

    _inherit = "res.partner"

    edu_is_target = fields.Boolean(
        string="Target customer",
        help="Marked by hand: we want to win this customer.",
        tracking=True,
        groups=GROUP_READONLY,
    )
    # The default spares a new contact the search for documents it cannot have yet.
    edu_relationship = fields.Selection(
        RELATIONSHIPS,
        string="Relationship",
        compute="_compute_edu_relationship",
        store=True,
        readonly=False,
        default=rule.NON_CUSTOMER,
        index=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    # Family
    edu_guardian_link_ids = fields.One2many(
        "edu.guardianship", "learner_id", string="Guardians", groups=GROUP_READONLY
    )
    edu_learner_link_ids = fields.One2many(
        "edu.guardianship", "guardian_id", string="Learners", groups=GROUP_READONLY
    )
    edu_sibling_ids = fields.Many2many(
        "res.partner",
        string="Siblings",
        compute="_compute_edu_sibling_ids",
        groups=GROUP_READONLY,
        help="Learners who share a guardian with this one.",
    )
    edu_payer_id = fields.Many2one(
        "res.partner",
        string="Payer",
        compute="_compute_edu_payer_id",
        groups=GROUP_READONLY,
        help="The guardian who pays, else the customer itself.",
    )

    # ------------------------------------------------------------------ family
    @api.depends("edu_guardian_link_ids.guardian_id.edu_learner_link_ids.learner_id")
    @api.depends_context("allowed_company_ids")
    def _compute_edu_sibling_ids(self):
        for partner in self:
            guardians = partner.edu_guardian_link_ids.guardian_id
            partner.edu_sibling_ids = (
                guardians.edu_learner_link_ids.learner_id - partner
            )

    @api.depends("edu_guardian_link_ids.is_payer", "edu_guardian_link_ids.guardian_id")
    @api.depends_context("allowed_company_ids")
    def _compute_edu_payer_id(self):
        for partner in self:
            payers = partner.edu_guardian_link_ids.filtered("is_payer").guardian_id
            partner.edu_payer_id = payers[:1] or partner

    @api.constrains("is_company", "company_id")
    def _check_family(self):
        """A member of a family stays a person, of a company both sides belong to."""
        # sudo: the links of other companies count too
        links = self.sudo().edu_guardian_link_ids | self.sudo().edu_learner_link_ids
        links._check_persons()
        links._check_company()

    def _edu_needs_guardian(self, today):
        """Tell whether this person is under age by the rule of its company."""
        self.ensure_one()
        company = self.company_id
        adult_age = company.edu_adult_age if company else DEFAULT_ADULT_AGE
        birth = self.edu_birth_date or None
        return not self.is_company and is_minor(birth, today, adult_age)

    def _edu_looked_after_by(self, user):
        """Return those whom ``user`` looks after; higher areas add theirs."""
        return self.filtered(lambda p: user in (p.user_id, p.create_uid))

    def _edu_with_pages(self):
        """Return the learners whose guardians see pages of theirs in the portal."""
        return self.browse()

    # ------------------------------------------------------------------ relationship
    @api.depends("edu_is_target")
    def _compute_edu_relationship(self):
        today = fields.Date.context_today(self)
        facts = self._relationship_facts()
        for partner in self:
            partner.edu_relationship = rule.decide(facts[partner], today)

    @api.model_create_multi
    def create(self, vals_list):
        # Who creates a user passes the defaults of its contact on as values.
        if any("edu_relationship" in vals for vals in vals_list):
            vals_list = [self._without_default_relationship(v) for v in vals_list]
        partners = super().create(vals_list)
        if any(vals.get("edu_is_target") for vals in vals_list):
            targets = partners.sudo().filtered("edu_is_target")
            self.env.add_to_compute(self._fields["edu_relationship"], targets)
        return partners

    @api.model
    def _without_default_relationship(self, vals):
        if vals.get("edu_relationship") != rule.NON_CUSTOMER:
            return vals
        return {name: vals[name] for name in vals if name != "edu_relationship"}

    def write(self, vals):
        """A contact that changes its organization takes its documents along."""
        if "parent_id" not in vals:
            return super().write(vals)
        organizations = self.parent_id
        result = super().write(vals)
        (organizations | self).sudo()._after_documents_changed()
        return result

    def _after_new_lead(self):
        """One more open lead matters only to who was no customer, or not any more.

        Who was none has neither order nor mark: the new lead decides, nothing needs to
        be counted.
        """
        partners = self.grouped("edu_relationship")
        none = partners.get(rule.NON_CUSTOMER, self.browse())
        lost = partners.get(rule.LOST, self.browse())
        organizations = (none | lost).parent_id.filtered("is_company") - self
        if organizations:
            organizations._after_new_lead()
        none._set_relationship(rule.POTENTIAL)
        lost._after_documents_changed()

    def _set_relationship(self, code):
        """Store a relationship that is known without counting, as computing would.

        Each first lead and each order of a contact comes here: a plain update is a
        third of the cost.
        """
        changed = self.filtered(lambda p: p.edu_relationship != code)
        if not changed:
            return
        field = self._fields["edu_relationship"]
        changed.flush_recordset([field.name])
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner
                   SET edu_relationship = %s,
                       write_date = now() AT TIME ZONE 'UTC',
                       write_uid = %s
                 WHERE id IN %s
                """,
                code,
                self.env.uid,
                tuple(changed.ids),
            )
        )
        field._update_cache(changed, code)
        changed.modified([field.name])

    def _relationships_after_one_more_order(self):
        """Return ``{partner: code}`` for these and their organizations.

        One more confirmed order makes the next relationship known without a look at the
        documents; empty if somebody was lost, who needs that look.
        """
        buyers = self | self.parent_id
        if any(p.edu_relationship not in AFTER_ONE_MORE_ORDER for p in buyers):
            return {}
        return {p: AFTER_ONE_MORE_ORDER[p.edu_relationship] for p in buyers}

    def _after_purchase(self):
        """Somebody buys for these contacts today.

        It makes buyers of those who were none, and leaves repeat customers what they
        are; the others' documents are counted.
        """
        alone = self.filtered(lambda p: not p.parent_id)
        new = alone.filtered(
            lambda p: AFTER_ONE_MORE_ORDER.get(p.edu_relationship) == rule.FIRST
        )
        known = alone.filtered(lambda p: p.edu_relationship == rule.REPEAT)
        new._set_relationship(rule.FIRST)
        (self - new - known)._after_documents_changed()

    def _after_documents_changed(self):
        """Leads or confirmed orders of these contacts came, went or changed."""
        affected = self | self.parent_id
        self.env.add_to_compute(self._fields["edu_relationship"], affected)

    def _relationship_facts(self):
        """Gather ``{partner: Facts}`` for the whole batch in a few queries."""
        family = self._organization_by_contact()
        leads = self._count_by_customer(
            "crm.lead", family, [("stage_id.is_won", "!=", True)]
        )
        orders = self._count_by_customer(
            "sale.order",
            family,
            [("state", "=", "sale")],
            "company_id",
            "date_order:max",
        )
        return {
            partner: rule.Facts(
                open_leads=sum(row[-1] for row in leads.get(partner._origin.id, ())),
                is_target=partner.edu_is_target,
                **self._order_facts(orders.get(partner._origin.id, ())),
            )
            for partner in self
        }

    @api.model
    def _order_facts(self, rows):
        if not rows:
            return {}
        company, last_order_at, _count = max(rows, key=lambda row: row[1])
        return {
            "orders": sum(row[-1] for row in rows),
            "last_order_on": last_order_at.date(),
            "lost_after_days": company.edu_lost_after_days,
        }

    def _organization_by_contact(self):
        """Return ``{contact id: organization id}`` of the organizations among these."""
        organizations = self._origin.filtered("is_company")
        if not organizations:
            return {}
        contacts = self.with_context(active_test=False).search_fetch(
            [("parent_id", "in", organizations.ids)], ["parent_id"]
        )
        return {contact.id: contact.parent_id.id for contact in contacts}

    def _count_by_customer(self, model, family, domain, *columns):
        """Return ``{partner id: [(*columns, count), …]}``, with those of contacts.

        ``columns`` are one group-by and aggregates of ``model``, as ``_read_group``
        understands them.
        """
        customers = {*self._origin.ids, *family}
        rows_by_customer = {}
        for customer, *row in self.env[model]._read_group(
            Domain("partner_id", "in", customers) & Domain(domain),
            ["partner_id", *columns[:1]],
            [*columns[1:], "__count"],
        ):
            for partner_id in {customer.id, family.get(customer.id)} - {None}:
                rows_by_customer.setdefault(partner_id, []).append(tuple(row))
        return rows_by_customer

    # ------------------------------------------------------------------ nightly upkeep
    @api.model
    def _buyers_to_review(self):
        """Return the buyers whose silence may have become, or ceased to be, a loss.

        Days pass, and the setting may change: a lost customer can be found again.
        """
        buyers = self.browse()
        for company in self.env["res.company"].search(
            [("edu_lost_after_days", ">=", 0)]
        ):
            days = company.edu_lost_after_days
            limit = fields.Datetime.now() - timedelta(days=days)
            if days:
                buyers |= self._buyers_by_last_order(
                    company, (rule.FIRST, rule.REPEAT), "<", limit
                )
            buyers |= self._buyers_by_last_order(
                company, (rule.LOST,), ">=", limit if days else datetime.min
            )
        return buyers | buyers.parent_id

    @api.model
    def _buyers_by_last_order(self, company, relationships, operator, moment):
        groups = self.env["sale.order"]._read_group(
            [
                ("state", "=", "sale"),
                ("company_id", "=", company.id),
                ("partner_id.edu_relationship", "in", relationships),
            ],
            ["partner_id"],
            having=[("date_order:max", operator, moment)],
        )
        return self.browse().union(*(partner for (partner,) in groups))

    def _refresh_relationship(self):
        self.env.add_to_compute(self._fields["edu_relationship"], self)
        self.flush_recordset(["edu_relationship"])
