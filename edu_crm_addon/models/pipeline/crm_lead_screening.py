from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...const import GROUP_READONLY
from ...logic import screening
from .edu_intent_policy import INTENTS
from .edu_screening_mixin import CHANGED_AT

_lt = LazyTranslate(__name__)

ANSWERS = ("edu_man_money", "edu_man_authority", "edu_man_need")
OVERRIDE = "edu_intent_override"
REASON = "edu_intent_override_reason"
# Of the pipeline area: what follows from other records or from the time.
DERIVED = (
    "edu_score",
    "edu_intent_proposed",
    "edu_screened_at",
    "edu_intent",
    "edu_last_contact_at",
    "edu_follow_up_intent",
    "edu_follow_up_ids",
    "edu_reminded_at",
    "edu_limit_reminded_at",
    "edu_trial_state",
    "edu_source_route",
)
MISSING_LABELS = {
    screening.MONEY: _lt("Money: can they pay?"),
    screening.AUTHORITY: _lt("Authority: who decides?"),
    screening.NEED: _lt("Need: do they need the course?"),
    screening.NEED_TEXT: _lt("The need in the customer's words"),
    screening.CONTACT: _lt("Phone or email"),
}
NOT_SCREENED = _lt("Not screened")


class CrmLead(models.Model):
    """Screening of a lead: three questions, and the points by the rules of a manager.

    The points propose an intent. A lead without an answer to any question is not
    screened: it has no points and no proposal, and costs nothing. The results are
    computed, so that nobody types them.

    The intent of a lead is the proposed one, or the one that a user sets and gives a
    reason for. Setting and withdrawing it is noted in the chatter.
    """

    _inherit = "crm.lead"
    _edu_derived_fields = frozenset(DERIVED)

    # Questions
    edu_man_money = fields.Selection(
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
        string="Money",
        groups=GROUP_READONLY,
        help="Can the customer pay for the course?",
    )
    edu_man_authority = fields.Selection(
        [
            ("decide", "Decides"),
            ("advise", "Advises"),
            ("oppose", "Opposes"),
            ("none", "No say"),
        ],
        string="Authority",
        groups=GROUP_READONLY,
        help="What is the say of this person in the purchase?",
    )
    edu_man_need = fields.Selection(
        [("yes", "Yes"), ("unclear", "Unclear"), ("no", "No")],
        string="Need",
        groups=GROUP_READONLY,
        help="Does the learner need what we offer?",
    )
    edu_man_need_text = fields.Text(string="Need in words", groups=GROUP_READONLY)
    # Result; not read-only to spare new leads the compute, but nobody may write it
    edu_score = fields.Integer(
        string="Screening points",
        compute="_compute_edu_score",
        store=True,
        readonly=False,
        aggregator="avg",
        groups=GROUP_READONLY,
        help="Sum of the points of all screening rules that the lead meets.",
    )
    edu_intent_proposed = fields.Selection(
        INTENTS,
        string="Proposed intent",
        compute="_compute_edu_score",
        store=True,
        readonly=False,
        groups=GROUP_READONLY,
    )
    edu_screened_at = fields.Datetime(
        string="Screened at",
        compute="_compute_edu_score",
        store=True,
        readonly=False,
        groups=GROUP_READONLY,
    )
    edu_screening = fields.Html(
        string="Why",
        compute="_compute_edu_screening",
        compute_sudo=True,
        groups=GROUP_READONLY,
    )
    # Intent
    edu_intent = fields.Selection(
        INTENTS,
        string="Intent",
        compute="_compute_edu_intent",
        store=True,
        readonly=False,  # spares new leads the compute; nobody may write it
        index="btree_not_null",
        falsy_value_label=NOT_SCREENED,
        groups=GROUP_READONLY,
    )
    edu_intent_override = fields.Selection(
        INTENTS,
        string="Intent by hand",
        copy=False,
        groups=GROUP_READONLY,
        help="Takes the place of the proposed intent until it is withdrawn.",
    )
    edu_intent_override_reason = fields.Char(
        string="Reason", copy=False, groups=GROUP_READONLY
    )

    _edu_override_has_reason = models.Constraint(
        "CHECK (edu_intent_override IS NULL "
        "OR TRIM(COALESCE(edu_intent_override_reason, '')) <> '')",
        "Say why the intent is set by hand.",
    )

    # ------------------------------------------------------------------ computing
    @api.depends(*ANSWERS, "company_id")
    def _compute_edu_score(self):
        screened = self.filtered(lambda lead: lead._is_screened())
        rest = self - screened
        rest.edu_score = 0
        rest.edu_intent_proposed = rest.edu_screened_at = False
        now = fields.Datetime.now()
        for lead, result in screened._screen():
            lead.edu_score = result.score
            lead.edu_intent_proposed = result.intent
            lead.edu_screened_at = now

    @api.depends(*ANSWERS, "edu_man_need_text", "company_id", "phone", "email_from")
    @api.depends_context("lang")
    def _compute_edu_screening(self):
        results = self._screen()
        rules = self.env["edu.screening.rule"].browse(
            reason.rule
            for _lead, result in results
            for reason in (*result.strengths, *result.weaknesses)
        )
        names = {rule.id: rule.name for rule in rules}
        for lead, result in results:
            lead.edu_screening = self.env["ir.qweb"]._render(
                "edu_crm_addon.crm_lead_screening", lead._screening_words(result, names)
            )

    def _screening_words(self, result, names):
        """Return what the page shows of a result; ``names`` are those of the rules."""
        return {
            "strengths": [(names[r.rule], f"+{r.points}") for r in result.strengths],
            "weaknesses": [(names[r.rule], r.points) for r in result.weaknesses],
            "missing": [self.env._(MISSING_LABELS[code]) for code in result.missing],
        }

    @api.depends(OVERRIDE, "edu_intent_proposed")
    def _compute_edu_intent(self):
        for lead in self:
            lead.edu_intent = lead[OVERRIDE] or lead.edu_intent_proposed

    # ------------------------------------------------------------------ writing
    @api.model
    def _edu_empty_values(self, vals, is_known):
        values = super()._edu_empty_values(vals, is_known)
        if not any(vals.get(name) for name in ANSWERS):
            values["edu_score"] = 0  # spares what is computed with it, too
        return values

    def _edu_after_create(self):
        result = super()._edu_after_create()
        if screened := self.filtered(lambda lead: lead._is_screened()):
            screened._after_screening()
        by_hand = self.filtered(OVERRIDE)
        rest = self - by_hand
        rest.filtered(lambda lead: not lead.edu_intent_proposed)._edu_leave_empty(
            "edu_intent"
        )
        if by_hand:
            by_hand._after_intent_by_hand({})
        return result

    def write(self, vals):
        if OVERRIDE in vals and not vals[OVERRIDE]:
            vals = {**vals, REASON: False}
        is_by_hand = not vals.keys().isdisjoint((OVERRIDE, REASON))
        # sudo: who may write leads need not see what they are screened by; and the note
        # says what is in the values, whoever gives them
        leads = self.sudo()
        before = (
            {lead.id: (lead[OVERRIDE], lead[REASON]) for lead in leads}
            if is_by_hand
            else {}
        )
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._fields_screened()):
            leads.filtered("edu_intent_proposed")._rescreen()
            leads._after_screening()
        if is_by_hand:
            leads._after_intent_by_hand(before)
        return result

    def action_edu_withdraw_intent(self):
        """Let the proposed intent count again."""
        self.write({OVERRIDE: False})

    # ------------------------------------------------------------------ facts
    def _is_screened(self):
        self.ensure_one()
        return any(self[name] for name in ANSWERS)

    def _answers(self):
        self.ensure_one()
        return screening.Answers(
            money=self.edu_man_money or "",
            authority=self.edu_man_authority or "",
            need=self.edu_man_need or "",
            has_need_text=bool((self.edu_man_need_text or "").strip()),
            can_be_reached=bool(self.phone or self.email_from),
        )

    def _screen(self):
        """Return pairs of a lead and its ``Screening``, asking each rule once."""
        policies = self.env["edu.intent.policy"]
        result = []
        for company, leads in self.grouped("company_id").items():
            levels = policies._levels(company.id)
            met = leads._rules_met(company)
            result += [
                (lead, screening.screen(lead._answers(), met[lead], levels))
                for lead in leads
            ]
        return result

    def _rules_met(self, company):
        """Return {lead: reasons} of leads of one company, in the order of the rules."""
        met = {lead: [] for lead in self}
        rules = self.env["edu.screening.rule"]._rules_of(company.id)
        for rule_id, points, condition in rules:
            for lead in self.filtered_domain(condition):
                met[lead].append(screening.Reason(rule=rule_id, points=points))
        return met

    # ------------------------------------------------------------------ what follows
    @api.model
    def _fields_screened(self):
        """Return the fields whose change may change the intent."""
        return self.env["edu.screening.rule"]._fields_named().union(ANSWERS)

    def _rescreen(self):
        """Compute the points again, and whatever follows from them."""
        self.modified(ANSWERS[:1])

    def _after_screening(self):
        """Hook: the intent of these leads may have changed."""

    def _after_intent_by_hand(self, before):
        """Note who changed what since ``before`` = {id: (intent, reason)}, and why."""
        bodies = {}
        for lead in self:
            intent, reason = before.get(lead.id, (False, False))
            is_changed = (intent, reason) != (lead[OVERRIDE], lead[REASON])
            if is_changed and (intent or lead[OVERRIDE]):
                bodies[lead.id] = lead._intent_note(intent)
        if bodies:
            self.browse(list(bodies))._message_log_batch(bodies=bodies)
        self._after_screening()

    def _intent_note(self, before):
        labels = dict(self._fields[OVERRIDE]._description_selection(self.env))
        if not self[OVERRIDE]:
            return self.env._(
                "Intent by hand withdrawn; it was %(intent)s.", intent=labels[before]
            )
        return self.env._(
            "Intent set to %(intent)s by hand: %(reason)s",
            intent=labels[self[OVERRIDE]],
            reason=self[REASON],
        )

    # ------------------------------------------------------------------ cron
    @api.model
    def _cron_edu_screening(self):
        """At night and after a change of the rules: screen what may have changed."""
        self.env["edu.job.failure"]._run_job(
            "lead_screening", self._leads_to_screen(), type(self)._screen_again
        )

    @api.model
    def _leads_to_screen(self):
        """Return the open screened leads not screened today by the present rules."""
        changed_at = self.env["ir.config_parameter"].get_param(CHANGED_AT)
        return self.search(
            Domain("edu_screened_at", "!=", False)
            & Domain("won_status", "=", "pending")
            & (
                Domain("edu_screened_at", "<", "today")
                | Domain("edu_screened_at", "<=", changed_at)
            )
        )

    def _screen_again(self):
        self._rescreen()
        self.flush_recordset()
        self._after_screening()
