from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import GROUP_LEADER

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
STATES = [
    (DRAFT, "Draft"),
    (PUBLISHED, "Published"),
    (WITHDRAWN, "Consent withdrawn"),
]
# What the customer agreed to: it stays as it was while it is passed on.
AGREED = frozenset({"name", "story", "partner_id", "consent_on", "consent_note"})


class EduSuccessCase(models.Model):
    """One success of a customer, told with consent, that members pass on.

    draft: being written. published: the customer agreed to the text; it is sent to
    members with their own link. withdrawn: the customer no longer agrees.
    """

    _name = "edu.success.case"
    _description = "Success story"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Title", required=True, translate=True)
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default=DRAFT,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Whose success",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("edu_is_customer", "=", True)],
    )
    story = fields.Html(required=True, translate=True)
    # Consent
    consent_on = fields.Date(string="Agreed on", copy=False, tracking=True)
    consent_note = fields.Char(
        string="How the customer agreed",
        copy=False,
        help="For example the signed form, attached here, or a message.",
    )
    # Passed on
    share_ids = fields.One2many("edu.success.share", "case_id", string="Sent to")
    share_count = fields.Integer(string="Times sent", compute="_compute_share_count")

    _agreed = models.Constraint(
        "CHECK (state <> 'published' OR consent_on IS NOT NULL)",
        "A story is published when the customer agreed to it.",
    )

    @api.depends("share_ids")
    def _compute_share_count(self):
        counts = dict(
            self.env["edu.success.share"]._read_group(
                [("case_id", "in", self.ids)], ["case_id"], ["__count"]
            )
        )
        for case in self:
            case.share_count = counts.get(case._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_state", DRAFT)
        if not self.env.su and any(
            vals.get("state", default) != DRAFT for vals in vals_list
        ):
            raise self._state_error()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if "state" in vals:
                raise self._state_error()
            if AGREED & vals.keys() and PUBLISHED in self.mapped("state"):
                raise UserError(
                    self.env._(
                        "The customer agreed to this very story. Withdraw it before "
                        "you change it."
                    )
                )
        return super().write(vals)

    def _state_error(self):
        return UserError(
            self.env._("A story is published and withdrawn by its buttons.")
        )

    # ------------------------------------------------------------------ actions
    def action_publish(self):
        self._check_leader()
        for case in self:
            if not case.consent_on or not (case.consent_note or "").strip():
                raise UserError(
                    self.env._(
                        "Please enter when and how %s agreed to it.",
                        case.partner_id.display_name,
                    )
                )
        self._update_state((DRAFT,), PUBLISHED)

    def action_withdraw(self):
        self._check_leader()
        self._update_state((PUBLISHED,), WITHDRAWN)

    def action_redraft(self):
        """Write it anew; the customer has to agree again."""
        self._check_leader()
        moved = self._update_state((PUBLISHED, WITHDRAWN), DRAFT)
        moved.write({"consent_on": False, "consent_note": False})

    def action_share(self):
        """Ask which members to send it to."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send to members"),
            "res_model": "edu.success.send",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def _check_leader(self):
        self.check_access("write")
        if not self.env.user.has_group(GROUP_LEADER):
            raise UserError(self.env._("A leader publishes success stories."))

    def _update_state(self, allowed, target):
        moved = self.filtered(lambda c: c.state in allowed and c.state != target)
        # sudo: past the guard of `write`, which nobody passes from outside
        moved.sudo().write({"state": target})
        return moved

    # ------------------------------------------------------------------ passing on
    def _share_with(self, people):
        """Send it to these members, each once; return what was sent.

        Who has no card, no email address or wants no mails is left out.
        """
        self.ensure_one()
        if self.state != PUBLISHED:
            raise UserError(self.env._("Only published stories are sent."))
        # sudo: the cards and the rows follow, whoever may send
        case = self.sudo()
        sent = case.share_ids.partner_id
        program = case.company_id.edu_member_program_id
        cards = people._edu_member_cards(program, create=False) if program else {}
        able = people.filtered(
            lambda person: (
                person not in sent
                and person in cards
                and person.email_normalized
                and not person.is_blacklisted
            )
        )
        shares = case.share_ids.create(
            [{"case_id": case.id, "partner_id": person.id} for person in able]
        )
        template = self.env.ref("edu_crm_addon.mail_template_edu_success_share")
        if shares:
            template.sudo().send_mail_batch(shares.ids)
        return shares
