from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import contract as rule

SEQUENCE = "edu_crm_addon.seq_edu_contract"
TO_SIGN = "to_sign"
SIGNED = "signed"
SUPERSEDED = "superseded"
STATES = [(TO_SIGN, "To sign"), (SIGNED, "Signed"), (SUPERSEDED, "Superseded")]
# What the signature covers; nobody changes it afterwards.
FROZEN = frozenset(
    {
        "name",
        "version",
        "company_id",
        "order_id",
        "partner_id",
        "learner_ids",
        "currency_id",
        "amount_total",
        "signed_by",
        "signed_at",
        "signature",
        "facts",
        "facts_digest",
    }
)
ARCHIVED = frozenset({"attachment_id", "pdf_sha256", "archived_at"})


class EduContract(models.Model):
    """What a customer signed, or is to sign, for the courses of one order.

    Signing the order, in whatever way, makes version 1. When what was agreed changes
    later, one further version waits to be signed; the one before stays valid until
    then, and is superseded afterwards. A signed version is never changed or deleted.
    Its PDF is archived once, with the SHA-256 of its bytes; opening it checks them.
    """

    _name = "edu.contract"
    _description = "Contract"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _mail_post_access = "read"
    _order = "id desc"
    _check_company_auto = True

    # Identity
    name = fields.Char(string="Number", required=True, readonly=True, copy=False)
    version = fields.Integer(required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES,
        required=True,
        default=TO_SIGN,
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    # People
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Who signs: the customer of the order, for a minor its guardian.",
    )
    learner_ids = fields.Many2many(
        "res.partner",
        "edu_contract_learner_rel",
        "contract_id",
        "learner_id",
        string="Learners",
        readonly=True,
        ondelete="restrict",
    )
    # Agreement
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount_total = fields.Monetary(string="Total", readonly=True)
    facts = fields.Json(required=True, readonly=True)
    facts_digest = fields.Char(string="Digest of the facts", readonly=True)
    change_summary = fields.Char(
        string="Changes",
        compute="_compute_change_summary",
        help="What is different from the version signed before.",
    )
    # Signature
    signed_by = fields.Char(readonly=True, copy=False)
    signed_at = fields.Datetime(string="Signed on", readonly=True, copy=False)
    signature = fields.Binary(attachment=True, readonly=True, copy=False)
    # Known to the mails that carry it: who has it signs.
    access_token = fields.Char(groups="base.group_user")

    _version_unique = models.Constraint(
        "UNIQUE (order_id, version)", "This version of the contract exists already."
    )
    _name_unique = models.UniqueIndex(
        "(name, company_id)", "This contract number is already used."
    )
    _one_to_sign = models.UniqueIndex(
        "(order_id) WHERE state = 'to_sign'",
        "A version of this contract waits to be signed already.",
    )
    _one_valid = models.UniqueIndex(
        "(order_id) WHERE state = 'signed'",
        "Only one version of a contract is valid.",
    )
    _signed_is_complete = models.Constraint(
        "CHECK (state = 'to_sign' OR (signed_at IS NOT NULL AND facts_digest IS NOT"
        " NULL))",
        "A signed contract says when it was signed.",
    )

    @api.depends("order_id.edu_contract_id", "facts")
    def _compute_change_summary(self):
        labels = self._topic_labels()
        for contract in self:
            # sudo: the version before, of an order one may not see
            before = contract.sudo().order_id.edu_contract_id
            if contract.state != TO_SIGN or before in (contract, before.browse()):
                contract.change_summary = False
                continue
            found = before._changes(contract.facts)
            contract.change_summary = ", ".join(
                labels[topic] for topic in rule.topics(found)
            )

    @api.model
    def _topic_labels(self):
        return {
            rule.CUSTOMER: self.env._("customer"),
            rule.CURRENCY: self.env._("currency"),
            rule.TOTAL: self.env._("total"),
            rule.PAYMENT: self.env._("payment terms"),
            rule.ADDED: self.env._("something added"),
            rule.REMOVED: self.env._("something removed"),
            rule.LEARNER: self.env._("learner"),
            rule.COURSE: self.env._("course"),
            rule.RUN: self.env._("course run"),
            rule.DATE_START: self.env._("first day"),
            rule.DATE_END: self.env._("last day"),
            rule.TERM: self.env._("term"),
            rule.LESSONS: self.env._("lessons"),
            rule.QUANTITY: self.env._("quantity"),
            rule.PRICE: self.env._("price"),
        }

    def _compute_access_url(self):
        for contract in self:
            contract.access_url = f"/my/contracts/{contract.id}"

    # ------------------------------------------------------------------ create, write
    @api.model
    def _open(self, order, facts):
        """Make the version of ``order`` that is to be signed next."""
        before = order.edu_contract_ids
        if before:
            first = before.sorted("version")[0].name
            version = max(before.mapped("version")) + 1
            name = f"{first}-{version}"
        else:
            [name] = self.env.ref(SEQUENCE)._edu_next_numbers(1)
            version = 1
        return self.create(
            {
                "name": name,
                "version": version,
                "order_id": order.id,
                "company_id": order.company_id.id,
                **self._facts_vals(order, facts),
            }
        )

    @api.model
    def _facts_vals(self, order, facts):
        return {
            "partner_id": order.partner_id.id,
            "learner_ids": [fields.Command.set(order.order_line.edu_learner_id.ids)],
            "currency_id": order.currency_id.id,
            "amount_total": order.amount_total,
            "facts": facts,
            "facts_digest": rule.digest(facts),
        }

    def write(self, vals):
        """Refuse what would change a signed version, whoever asks."""
        self.check_access("write")
        frozen = FROZEN & vals.keys()
        archived = ARCHIVED & vals.keys()
        for contract in self.sudo() if frozen or archived else ():
            if (frozen and contract.state != TO_SIGN) or (
                archived and contract.attachment_id
            ):
                raise UserError(
                    self.env._(
                        "Contract %s is signed: it cannot be changed. A change of the "
                        "order makes a new version.",
                        contract.name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for contract in self:
            if contract.state != TO_SIGN:
                raise UserError(
                    self.env._(
                        "Contract %s is signed: it cannot be deleted.", contract.name
                    )
                )

    # ------------------------------------------------------------------ actions
    def action_open_order(self):
        self.ensure_one()
        return self.order_id.get_formview_action()

    def action_send(self):
        """Send the customer the link to the version that waits to be signed."""
        self.order_id.check_access("write")
        template = self.env.ref("edu_crm_addon.mail_template_edu_contract_sign")
        for contract in self.filtered(lambda c: c.state == TO_SIGN):
            # sudo: who may change the order may ask for the signature
            contract.sudo().message_post_with_source(
                template, subtype_xmlid="mail.mt_comment"
            )

    # ------------------------------------------------------------------ signing
    def _update_state(self, allowed, target):
        """Move those in an ``allowed`` state to ``target``; return who really moved."""
        moved = self.filtered(lambda c: c.state in allowed and c.state != target)
        moved.write({"state": target})
        return moved

    def _sign(self, *, signature, signed_by, signed_at):
        """Turn the version to sign into the valid one; only by code, as superuser."""
        self.ensure_one()
        order = self.order_id
        before = order.edu_contract_id - self
        before._update_state((SIGNED,), SUPERSEDED)
        before.flush_recordset(["state"])  # the index allows one valid version
        facts = order._edu_contract_facts()
        self.write(
            {
                **self._facts_vals(order, facts),
                "signature": signature,
                "signed_by": signed_by or order.partner_id.name,
                "signed_at": signed_at,
            }
        )
        self._update_state((TO_SIGN,), SIGNED)
        order.edu_contract_id = self
        self._after_signed()

    def _sign_by_order(self, name, signature, moment):
        """Sign on the page of the contract: the order is what is signed, as ever."""
        self.ensure_one()
        self.order_id.write(
            {"signed_by": name, "signed_on": moment, "signature": signature}
        )
        self.env.flush_all()

    def _is_signer(self, partner):
        """Tell whether ``partner`` may sign: the customer, or its organization."""
        self.ensure_one()
        customer = self.partner_id
        organization = customer.commercial_partner_id
        return partner == customer or (
            organization.is_company and partner.commercial_partner_id == organization
        )

    def _is_agreed(self, facts):
        """Tell whether this version is valid and still says what ``facts`` say."""
        self.ensure_one()
        return self.state == SIGNED and not self._changes(facts)

    def _changes(self, facts):
        """Return what ``facts`` say otherwise than this version.

        People who were merged since are the same people: their numbers in the facts,
        which nobody may correct, are looked up in the records that followed.
        """
        self.ensure_one()
        signed = self.facts
        signed["terms"]["customer"] = self.partner_id.id
        known = self.learner_ids.ids
        for line in signed["terms"]["lines"]:
            if line.get("learner") not in known:
                line["learner"] = None
        return rule.changes(signed, facts)

    # ------------------------------------------------------------------ hooks
    def _after_signed(self):
        """Called with the version that has just been signed."""
