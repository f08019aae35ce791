from odoo import api, fields, models

from ...const import GROUP_READONLY
from ...logic.enrollment import CANCELED, ENDED, LIVE
from .edu_contract import TO_SIGN
from .edu_enrollment_withdrawal import WITHDRAWAL
from .product_template import COURSE

ORDERED = "payment"
PAID = "enrolled"
AGREED = frozenset({"partner_id", "payment_term_id", "currency_id", "state"})


class SaleOrder(models.Model):
    """A confirmed order enrolls the learners of its course lines.

    It waits for its payment; the first payment wins the lead. Signing an order with
    courses makes its contract, in whatever way it is signed. An order that was never
    signed has nothing to compare: it costs no query.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "edu.role.mixin"]

    edu_enrollment_ids = fields.One2many(
        "edu.enrollment", "order_id", string="Enrollments", groups=GROUP_READONLY
    )
    edu_enrollment_count = fields.Integer(
        string="Number of enrollments",
        compute="_compute_edu_enrollment_count",
        groups=GROUP_READONLY,
    )
    edu_has_course = fields.Boolean(
        string="Has a course", compute="_compute_edu_has_course", groups=GROUP_READONLY
    )
    edu_contract_id = fields.Many2one(
        "edu.contract",
        string="Contract",
        copy=False,
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups=GROUP_READONLY,
        help="The valid version; before the first signature the one to sign.",
    )
    edu_contract_ids = fields.One2many(
        "edu.contract", "order_id", string="Contracts", groups=GROUP_READONLY
    )
    edu_contract_to_sign_id = fields.Many2one(
        "edu.contract",
        string="Contract to sign",
        compute="_compute_edu_contract_to_sign_id",
        groups=GROUP_READONLY,
    )

    _edu_derived_fields = frozenset({"edu_contract_id", "edu_contract_ids"})

    # ------------------------------------------------------------------ computing
    @api.depends("edu_enrollment_ids")
    def _compute_edu_enrollment_count(self):
        counts = self.env["edu.enrollment"]._count_by("order_id", self)
        for order in self:
            order.edu_enrollment_count = counts.get(order._origin, 0)

    @api.depends("order_line.product_id")
    def _compute_edu_has_course(self):
        for order in self:
            order.edu_has_course = bool(order.order_line._edu_courses())

    @api.depends("edu_contract_ids.state")
    def _compute_edu_contract_to_sign_id(self):
        for order in self:
            order.edu_contract_to_sign_id = order.edu_contract_ids.filtered(
                lambda contract: contract.state == TO_SIGN
            )[:1]

    # ------------------------------------------------------------------ create, write
    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if any(vals.get("state", "draft") == "sale" for vals in vals_list):
            orders._edu_follow_state()
        if any(vals.get("signature") for vals in vals_list):
            orders.filtered("signature")._edu_sign_contracts()
        return orders

    def write(self, vals):
        signs = bool(vals.get("signature") or vals.get("signed_on"))
        courses = self._edu_course_lines() if signs else None
        if courses:
            courses._edu_check_learners()
        result = super().write(vals)
        if "state" in vals:
            self._edu_follow_state()
        elif {"user_id", "team_id", "partner_id"} & vals.keys():
            self.order_line._edu_courses()._edu_sync_enrollments()
        if "opportunity_id" in vals:
            self._edu_follow_lead()
        if courses:
            courses.order_id._edu_sign_contracts("signature" in vals)
        elif not AGREED.isdisjoint(vals):
            self._edu_review_changed("state" in vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_with_enrollments(self):
        """PostgreSQL deletes the lines of an order, so this goes first."""
        self.order_line._unlink_with_enrollments()

    @api.ondelete(at_uninstall=False)
    def _unlink_contracts_to_sign(self):
        """A version nobody signed goes with its order; a signed one keeps it."""
        # sudo: who may delete the order deletes what only the order made
        self.sudo().edu_contract_ids.unlink()

    # ------------------------------------------------------------------ buttons
    def action_edu_open_enrollments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._edu_open(
            "edu_enrollment_action", [("order_id", "=", self.id)]
        )
        if len(self.edu_enrollment_ids) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = self.edu_enrollment_ids.id
        return action

    def action_edu_open_contracts(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_contract_action", [("order_id", "=", self.id)], {}
        )

    def action_edu_ask_signature(self):
        """Have a contract signed for an order that was confirmed without."""
        self.check_access("write")
        for order in self.sudo():  # sudo: nobody may make a contract by hand
            if order.state != "sale" or order.edu_contract_id:
                continue
            if order._edu_course_lines():
                order._edu_open_contract(order._edu_contract_facts())
        return self.action_edu_open_contracts()

    # ------------------------------------------------------------------ enrollments
    def _edu_follow_lead(self):
        """The enrollments go with the order to another lead, as when two are merged."""
        # sudo: the enrollments follow the order, whoever may change that
        for order in self.sudo().filtered("edu_enrollment_ids"):
            order.edu_enrollment_ids.lead_id = order.opportunity_id

    def _edu_follow_state(self):
        """Enroll the learners of confirmed orders, cancel those of all others."""
        courses = self.order_line._edu_courses()
        if not courses:
            return
        confirmed = courses.filtered(lambda line: line.state == "sale")
        confirmed._edu_enroll()
        # sudo: the enrollments follow the order, whoever may change that
        (courses - confirmed).sudo().edu_enrollment_ids._cancel()
        sold = confirmed.filtered("product_uom_qty")
        if leads := sold.order_id.opportunity_id:
            leads._edu_move_to_step(ORDERED)

    def _edu_after_payment(self):
        """Called with orders of which something was paid, as often as that happens."""
        # sudo: whoever pays or books a payment, the payer in the portal too
        enrollments = self.sudo().edu_enrollment_ids
        # What was canceled may still be paid for, but enrolls nobody.
        valid = enrollments.filtered(lambda e: e.state != CANCELED)
        valid.lead_id._edu_move_to_step(PAID)
        self.env["edu.payment.reminder"]._forget_calls(enrollments)

    # ------------------------------------------------------------------ signing
    def _edu_course_lines(self):
        """Return the course lines of these orders, in one query."""
        # sudo: whether an order sells courses is no secret
        lines = self.env["sale.order.line"].sudo()
        return lines.search(
            [
                ("order_id", "in", self.ids),
                ("display_type", "=", False),
                ("product_id.service_tracking", "=", COURSE),
            ]
        )

    def _edu_sign_contracts(self, is_drawn=True):
        """Archive what was signed just now; the same signature twice counts once."""
        # sudo: the customer signs, nobody may make or change a contract by hand
        for order in self.sudo():
            facts = order._edu_contract_facts()
            if order._edu_is_signed(facts, is_drawn):
                continue
            contract = order.edu_contract_to_sign_id or order._edu_open_contract(facts)
            contract._sign(
                signature=order.signature,
                signed_by=order.signed_by,
                signed_at=order.signed_on or fields.Datetime.now(),
            )

    def _edu_is_signed(self, facts, is_drawn):
        """Tell whether this very signature is archived for these facts."""
        valid = self.edu_contract_id
        if not valid or not valid._is_agreed(facts):
            return False
        return not is_drawn or valid.signature == self.signature

    def _edu_contract_preview(self):
        """Return what is about to be signed, to be read before; nothing is stored."""
        self.ensure_one()
        order = self.sudo()  # sudo: read by who may sign the order
        facts = order._edu_contract_facts()
        return order.env["edu.contract"].new(
            {"order_id": order.id, "company_id": order.company_id.id, "facts": facts}
        )

    def _edu_open_contract(self, facts):
        self.ensure_one()
        contract = self.env["edu.contract"]._open(self, facts)
        if not self.edu_contract_id:
            self.edu_contract_id = contract
        return contract

    # ------------------------------------------------------------------ changes
    def _edu_review_changed(self, with_state=False):
        """Look whether orders that may have a contract still say what was signed.

        A withdrawal shortens what was sold; nobody signs that again.
        """
        if self.env.context.get(WITHDRAWAL):
            return
        self.filtered(
            lambda order: (
                order.signed_on or (with_state and order.order_line._edu_courses())
            )
        )._edu_review_contracts()

    def _edu_review_contracts(self):
        """Keep one version to sign where the order differs from what was signed."""
        # sudo: as in `_edu_sign_contracts`
        for order in self.sudo().filtered("edu_contract_id"):
            order._edu_review_contract()

    def _edu_is_withdrawn(self):
        """Tell whether no enrollment goes on: as after a withdrawal, or a cancel."""
        enrollments = self.edu_enrollment_ids
        return bool(enrollments) and not enrollments.filtered(
            lambda enrollment: enrollment.state in (*LIVE, ENDED)
        )

    def _edu_is_agreement(self):
        """Tell whether there is something to agree on; a quotation is signed anew."""
        self.ensure_one()
        if self.state == "cancel" or not self._edu_course_lines():
            return False
        if self.state == "sale":
            states = set(self.edu_enrollment_ids.mapped("state"))
            return not states or not states.isdisjoint(LIVE)
        return bool(self.signed_on)

    def _edu_review_contract(self):
        waiting = self.edu_contract_to_sign_id
        if self._edu_is_withdrawn() or not self._edu_is_agreement():
            waiting.unlink()
            return
        facts = self._edu_contract_facts()
        if self.edu_contract_id._is_agreed(facts):
            waiting.unlink()
        elif waiting:
            waiting.write(waiting._facts_vals(self, facts))
        else:
            contract = self._edu_open_contract(facts)
            self.message_post(
                body=self.env._(
                    "Contract %(number)s must be signed, because of: %(changes)s.",
                    number=contract.name,
                    changes=contract.change_summary,
                )
            )
