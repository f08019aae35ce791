from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...logic import screening

INTENTS = [("high", "High"), ("medium", "Medium"), ("low", "Low")]
# What holds where a manager deleted the level: points, days.
FALLBACK = {
    screening.HIGH: (80, 1),
    screening.MEDIUM: (40, 3),
    screening.LOW: (0, 14),
}
# A lead that nobody screened yet is followed up like this.
UNSCREENED = screening.MEDIUM


class EduIntentPolicy(models.Model):
    """What a level of intent means: the points it takes, and how it is followed up.

    There is one for each level, valid for all companies; a company may have its own
    instead. Leads that reach no level are of low intent.
    """

    _name = "edu.intent.policy"
    _description = "Intent level"
    _inherit = "edu.screening.mixin"
    _order = "company_id, min_score desc, id"
    _rec_name = "intent"

    intent = fields.Selection(INTENTS, required=True)
    min_score = fields.Integer(
        string="Points from",
        aggregator=None,
        help="A lead with this many points or more is proposed this level. Low is "
        "whatever reaches no other level.",
    )
    follow_up_days = fields.Integer(
        string="Follow up within (days)",
        required=True,
        default=3,
        aggregator=None,
        help="Days after which the next step is due, and after which a lead without "
        "contact counts as late.",
    )
    plan_id = fields.Many2one(
        "mail.activity.plan",
        string="Activity plan",
        domain="[('res_model', '=', 'crm.lead')]",
        check_company=True,
        ondelete="restrict",
        help="Scheduled when a lead gets this level. Without a plan, one call is.",
    )

    _intent_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), intent)",
        "A company has one policy for each level of intent.",
    )
    _follow_up_days_plausible = models.Constraint(
        "CHECK (follow_up_days BETWEEN 0 AND 365)",
        "The days of the follow-up must lie between 0 and 365.",
    )

    @api.depends("intent", "company_id")
    def _compute_display_name(self):
        labels = dict(self._fields["intent"]._description_selection(self.env))
        for policy in self:
            name = labels.get(policy.intent, "")
            company = policy.company_id.name
            policy.display_name = f"{name} ({company})" if company else name

    @api.constrains("min_score", "intent", "company_id")
    def _check_order(self):
        self.env.registry.clear_cache()
        for policy in self:
            levels = self._levels(policy.company_id.id)
            if levels.high <= levels.medium:
                raise ValidationError(
                    self.env._("High intent must take more points than medium intent.")
                )

    @api.constrains("plan_id")
    def _check_plan(self):
        if any(p.plan_id and p.plan_id.res_model != "crm.lead" for p in self):
            raise ValidationError(self.env._("The activity plan must be one of leads."))

    @api.model
    @ormcache("company_id")
    def _policies_of(self, company_id):
        """Return {intent: (points, days, plan id)} for the leads of a company."""
        companies = self._applies_to(company_id)
        # sudo: screening is the same for whoever writes a lead
        policies = self.sudo().search([("company_id", "in", companies)])
        found = {code: (*values, False) for code, values in FALLBACK.items()}
        farthest_first = policies.sorted(
            lambda policy: -companies.index(policy.company_id.id)
        )
        for policy in farthest_first:
            found[policy.intent] = (
                policy.min_score,
                policy.follow_up_days,
                policy.plan_id.id,
            )
        return found

    @api.model
    def _levels(self, company_id):
        policies = self._policies_of(company_id)
        return screening.Levels(
            high=policies[screening.HIGH][0], medium=policies[screening.MEDIUM][0]
        )

    @api.model
    def _follow_up(self, company_id, intent):
        """Return the days of a level and its plan; ``intent`` may be empty."""
        _points, days, plan_id = self._policies_of(company_id)[intent or UNSCREENED]
        return days, self.env["mail.activity.plan"].browse(plan_id)
