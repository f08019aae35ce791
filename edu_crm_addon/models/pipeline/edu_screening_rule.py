import logging
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

_logger = logging.getLogger(__name__)

# What follows from the points cannot give points.
RESULTS = frozenset(
    {"edu_score", "edu_intent", "edu_intent_proposed", "edu_screened_at", "edu_is_late"}
)


class EduScreeningRule(models.Model):
    """A standard by which leads are screened, and the points it gives or takes.

    A manager writes it as a filter of leads. Every screened lead that meets it gets its
    points; see ``logic/screening.py``. A lead's points follow at once when a field of
    the lead that a rule names is written, and at night when only the calendar or a
    record behind the lead changed.
    """

    _name = "edu.screening.rule"
    _description = "Screening rule"
    _inherit = "edu.screening.mixin"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    domain = fields.Char(
        string="Condition",
        required=True,
        default="[]",
        help="Leads that match it get the points.",
    )
    points = fields.Integer(
        string="Screening points",
        required=True,
        aggregator=None,
        help="Points above 0 speak for the lead, points below 0 against it.",
    )
    lead_count = fields.Integer(string="Open leads", compute="_compute_lead_count")

    _points_given = models.Constraint(
        "CHECK (points <> 0 AND points BETWEEN -1000 AND 1000)",
        "A rule gives or takes points: between -1000 and 1000, and not 0.",
    )

    @api.depends("domain", "company_id")
    def _compute_lead_count(self):
        leads = self.env["crm.lead"]
        for rule in self:
            condition = rule._condition()
            if rule.company_id:
                condition &= Domain("company_id", "child_of", rule.company_id.ids)
            rule.lead_count = leads.search_count(
                condition & Domain("won_status", "=", "pending")
            )

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            try:
                condition = rule._condition()
                rule._check_names(condition)
                rule._try_condition(condition)
            except AccessError:
                raise
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The condition of the rule “%(rule)s” cannot be used: %(why)s",
                        rule=rule.name,
                        why=error,
                    )
                ) from error

    def _check_names(self, condition):
        names = {leaf.field_expr for leaf in condition.iter_conditions()}
        if condition.is_true():
            raise ValueError(self.env._("at least one condition is needed"))
        if names & RESULTS:
            raise ValueError(self.env._("it rests on the result of the screening"))

    def _try_condition(self, condition):
        """Use the condition both ways it is used later; raise what goes wrong."""
        with self.env.cr.savepoint():
            leads = self.env["crm.lead"].search(condition, limit=1)
            leads = leads or self.env["crm.lead"].search([], limit=1)
            (leads or leads.new()).filtered_domain(condition)

    def _condition(self):
        """Return the condition as a domain; only fixed values are understood."""
        self.ensure_one()
        return Domain(literal_eval(self.domain or "[]"))

    @api.model
    @ormcache("company_id")
    def _rules_of(self, company_id):
        """Return (id, points, domain) of the rules for leads of a company, in order."""
        companies = self._applies_to(company_id)
        return tuple(
            (rule.id, rule.points, rule._condition())
            for rule in self._usable()
            if rule.company_id.id in companies
        )

    @api.model
    @ormcache()
    def _fields_named(self):
        """Return the fields of a lead that change its points when they are written.

        A rule may name a field that the host computes, as whether the phone is valid:
        then writing the phone counts.
        """
        leads = self.env["crm.lead"]
        found, todo = set(), []
        for rule in self._usable():
            leaves = rule._condition().iter_conditions()
            todo += [leaf.field_expr for leaf in leaves]
        while todo:
            name = todo.pop().partition(".")[0]
            if name in leads._fields and name not in found:
                found.add(name)
                field = leads._fields[name]
                todo += self.env.registry.field_depends[field] if field.compute else ()
        return frozenset(found)

    @api.model
    def _usable(self):
        """Return the active rules, without those whose fields are gone by now."""
        # sudo: screening is the same for whoever writes a lead
        rules = self.sudo().search([("active", "=", True)])
        leads = self.env["crm.lead"].sudo()
        usable = self.sudo().browse()
        for rule in rules:
            try:
                rule._condition().validate(leads)
            except Exception:
                _logger.warning("%s is left out of the screening", rule, exc_info=True)
            else:
                usable += rule
        return usable
