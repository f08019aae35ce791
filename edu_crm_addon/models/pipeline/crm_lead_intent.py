from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...const import GROUP_READONLY
from .edu_intent_policy import INTENTS

_lt = LazyTranslate(__name__)

NOT_SCREENED = _lt("Not screened")
OVERRIDE = "edu_intent_override"
REASON = "edu_intent_override_reason"


class CrmLead(models.Model):
    """Intent of a lead: the proposed one, or the one that a user sets and gives a
    reason for. Setting and withdrawing it is noted in the chatter.
    """

    _inherit = "crm.lead"

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

    @api.depends(OVERRIDE, "edu_intent_proposed")
    def _compute_edu_intent(self):
        for lead in self:
            lead.edu_intent = lead[OVERRIDE] or lead.edu_intent_proposed

    # ------------------------------------------------------------------ writing
    def _edu_after_create(self):
        result = super()._edu_after_create()
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
        if vals.keys().isdisjoint((OVERRIDE, REASON)):
            return super().write(vals)
        # sudo: the note says what is in the values, whoever gives them
        leads = self.sudo()
        before = {lead.id: (lead[OVERRIDE], lead[REASON]) for lead in leads}
        result = super().write(vals)
        leads._after_intent_by_hand(before)
        return result

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

    def action_edu_withdraw_intent(self):
        """Let the proposed intent count again."""
        self.write({OVERRIDE: False})
