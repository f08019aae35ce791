from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import measure as rule

STATES = [
    (rule.PLANNED, "Planned"),
    (rule.TO_APPROVE, "To approve"),
    (rule.APPROVED, "Approved"),
    (rule.DONE, "Done"),
    (rule.DROPPED, "Dropped"),
]
APOLOGY = "edu_crm_addon.mail_template_edu_complaint_apology"
# Only the methods below write these.
STATE_FIELDS = frozenset(
    {
        "state",
        "requested_by_id",
        "approved_by_id",
        "approved_at",
        "done_at",
        "done_by_id",
        "document_at",
        "credit_note_ids",
        "order_id",
        "card_id",
    }
)
NEVER_GIVEN = STATE_FIELDS - {"credit_note_ids", "card_id"}
# What was asked for and approved stays as it is.
TERMS = frozenset(
    {
        "complaint_id",
        "is_repair",
        "kind",
        "cost",
        "points",
        "invoice_id",
        "enrollment_id",
        "course_id",
        "quantity",
    }
)


class EduComplaintMeasure(models.Model):
    """planned -> to approve -> approved -> done, or dropped with a reason.

    Only the buttons move it; what was asked for stays as it is until it is taken back.
    """

    _inherit = "edu.complaint.measure"

    state = fields.Selection(
        STATES, required=True, default=rule.PLANNED, readonly=True, copy=False
    )
    requested_by_id = fields.Many2one(
        "res.users",
        string="Requested by",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    approved_by_id = fields.Many2one(
        "res.users",
        string="Approved by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Empty: the amount needed no approval.",
    )
    approved_at = fields.Datetime(string="Approved at", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, copy=False
    )
    done_at = fields.Datetime(string="Done at", readonly=True, copy=False)
    drop_reason = fields.Char(string="Why dropped", copy=False)

    _dropped_explained = models.Constraint(
        "CHECK (state <> 'dropped' OR COALESCE(btrim(drop_reason), '') <> '')",
        "Say why the measure is dropped.",
    )
    _done_dated = models.Constraint(
        "CHECK (state <> 'done' OR done_at IS NOT NULL)",
        "A measure that is done says since when.",
    )
    _approved_dated = models.Constraint(
        "CHECK (state <> 'approved' OR approved_at IS NOT NULL)",
        "A measure that is approved says since when.",
    )
    _approved_by_another = models.Constraint(
        "CHECK (approved_by_id <> requested_by_id)",
        "Nobody approves what one asked for oneself.",
    )

    # ------------------------------------------------------------------ guards
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            planned = vals.get("state") in (None, rule.PLANNED)
            self._refuse_state_fields(
                STATE_FIELDS
                & {name for name, value in vals.items() if value}
                - ({"state"} if planned else set())
            )
        if not self.env.su:
            # Nor by a default from the context.
            vals_list = [
                {**dict.fromkeys(NEVER_GIVEN, False), **vals, "state": rule.PLANNED}
                for vals in vals_list
            ]
        measures = super().create(vals_list)
        # Who adds a measure changes the complaint.
        measures.complaint_id.check_access("write")
        return measures

    def write(self, vals):
        self._refuse_state_fields(STATE_FIELDS & vals.keys())
        self._check_terms(vals)
        result = super().write(vals)
        if "complaint_id" in vals:
            self.complaint_id.check_access("write")
        return result

    def _refuse_state_fields(self, names):
        """What people did is noted by the buttons; nobody writes it."""
        if names and not self.env.su:
            raise UserError(
                self.env._(
                    "A measure is approved, done or dropped by the buttons for it only."
                )
            )

    def _check_terms(self, vals):
        if self.env.su or TERMS.isdisjoint(vals):
            return
        for measure in self:
            if measure.state != rule.PLANNED and measure._would_change(vals):
                raise UserError(
                    self.env._(
                        "“%s” was asked for as it is. Take it back to change it.",
                        measure.display_name,
                    )
                )

    def _would_change(self, vals):
        self.ensure_one()
        return any(
            self._fields[name].convert_to_write(self[name], self)
            != (vals[name] or self._fields[name].convert_to_write(False, self))
            for name in TERMS & vals.keys()
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(measure.state != rule.PLANNED for measure in self):
            raise UserError(
                self.env._("A measure that was asked for is dropped, not deleted.")
            )

    # ------------------------------------------------------------------ end
    def action_write_apology(self):
        """Write to the customer, in the customer's language, with our template."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Apology"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": "edu.complaint",
                "default_res_ids": self.complaint_id.ids,
                "default_template_id": self.env.ref(APOLOGY).id,
                "default_composition_mode": "comment",
                "default_subtype_xmlid": "mail.mt_comment",
                "force_email": True,
            },
        }

    def action_done(self):
        """What makes no document is done when somebody says so."""
        self.check_access("write")
        for measure in self:
            if measure.kind in rule.WITH_DOCUMENT:
                raise UserError(
                    self.env._(
                        "%s is done when its document is made.", measure.display_name
                    )
                )
        self._set_done()

    def _set_done(self):
        """End these; what needs an approval has to have it."""
        self.filtered(lambda m: m.state == rule.PLANNED).action_request()
        if waiting := self.filtered(lambda m: m.state == rule.TO_APPROVE):
            raise UserError(
                self.env._(
                    "Somebody has to approve it first: %s",
                    ", ".join(waiting.mapped("display_name")),
                )
            )
        done = self._update_state(
            (rule.APPROVED,),
            rule.DONE,
            done_at=fields.Datetime.now(),
            done_by_id=self.env.uid,
        )
        done._after_ended()
        return done

    def action_drop(self):
        """Give it up; ``drop_reason`` says why."""
        self.check_access("write")
        for measure in self:
            measure._check_no_document()
            if not (measure.drop_reason or "").strip():
                raise UserError(self.env._("Say why the measure is dropped."))
        self._update_state(rule.OPEN, rule.DROPPED)._after_ended()
        self._dismiss_approver()

    def action_reopen(self):
        """It was not done, or is wanted after all."""
        self.check_access("write")
        for measure in self:
            measure._check_no_document()
        self._update_state(
            (rule.DONE, rule.DROPPED),
            rule.PLANNED,
            requested_by_id=False,
            approved_by_id=False,
            approved_at=False,
            done_at=False,
            done_by_id=False,
        )

    def _update_state(self, allowed, target, **vals):
        """Move those in an ``allowed`` state to ``target``; return who really moved."""
        moved = self.filtered(lambda m: m.state in allowed)
        if moved:
            # sudo: past the guard of `write`, which nobody passes from outside
            moved.sudo().write({"state": target, **vals})
            # What was approved counts for the others.
            moved.invalidate_model(["approval_level"], flush=False)
        return moved

    def _after_ended(self):
        """Called with those that were done or dropped just now."""
        # sudo: a colleague may carry out a measure without seeing the complaint
        repairs = self.sudo().filtered("is_repair")
        repairs.complaint_id._dismiss_visits()
        repairs.complaint_id._follow_repair()
