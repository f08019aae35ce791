from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import FIELD_PREFIX, GROUP_AGENT, GROUP_READONLY

CLASSIFICATION = (
    "edu_stage_ids",
    "edu_type_id",
    "edu_nature_ids",
    "edu_tier_id",
)
CUSTOMER_FIELDS = frozenset({"edu_is_customer", *CLASSIFICATION})
SEQUENCE = "edu_crm_addon.seq_edu_customer"
# Fewer digits are part of a name or a reference, not a phone number to search for.
PHONE_MIN_DIGITS = 6
PHONE_SIGNS = frozenset("+-./() \t")
TEMPLATES = "/edu_crm_addon/static/xls/edu_customers"


class ResPartner(models.Model):
    """Classification of a contact that is a customer of education, and its doubles.

    A contact becomes an education customer by being classified, or by being made one in
    the Customers menu; then it draws its customer number into ``ref``, if that is
    empty. Every other contact of the host stays as it is.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "edu.role.mixin", "edu.fetch.mixin"]
    _edu_derived_fields = frozenset(
        {
            "edu_completeness",
            "edu_relationship",
            "edu_verified_by_id",
            "edu_verified_on",
        }
    )

    # Every lead asks for the first two, every course order for the third, every order
    # for the tier, which may have a price list.
    _edu_host_fields = frozenset(
        {"edu_is_customer", "edu_relationship", "edu_birth_date", "edu_tier_id"}
    )

    edu_is_customer = fields.Boolean(
        string="Education customer",
        groups=GROUP_READONLY,
        help="Gets a customer number and appears under Education CRM > Customers.",
    )
    # Archived values stay on the records that have them.
    edu_stage_ids = fields.Many2many(
        "edu.stage",
        "edu_partner_stage_rel",
        "partner_id",
        "stage_id",
        string="Education stages",
        ondelete="restrict",
        context={"active_test": False},
        tracking=True,
        groups=GROUP_READONLY,
    )
    edu_type_id = fields.Many2one(
        "edu.education.type",
        string="Education type",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        groups=GROUP_READONLY,
    )
    edu_nature_ids = fields.Many2many(
        "edu.customer.nature",
        "edu_partner_nature_rel",
        "partner_id",
        "nature_id",
        string="Customer natures",
        ondelete="restrict",
        context={"active_test": False},
        tracking=True,
        groups=GROUP_READONLY,
    )
    edu_need_ids = fields.Many2many(
        "edu.need",
        "edu_partner_need_rel",
        "partner_id",
        "need_id",
        string="Customer needs",
        ondelete="restrict",
        context={"active_test": False},
        groups=GROUP_READONLY,
    )
    edu_tier_id = fields.Many2one(
        "edu.customer.tier",
        string="Customer tier",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        groups=GROUP_READONLY,
    )
    edu_loss_attitude = fields.Selection(
        related="edu_tier_id.loss_attitude", groups=GROUP_READONLY
    )
    edu_duplicate_ids = fields.Many2many(
        "res.partner",
        string="Similar contacts",
        compute="_compute_edu_duplicate_ids",
        groups=GROUP_READONLY,
        help="While you type: contacts with this phone, email, or name and birth date.",
    )

    _edu_customer_idx = models.Index("(complete_name, id) WHERE edu_is_customer")
    # The warning finds contacts by these. Hash: a value of any length fits.
    _edu_phone_idx = models.Index(
        "USING hash (phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )
    _edu_email_idx = models.Index(
        "USING hash (email_normalized) WHERE email_normalized IS NOT NULL"
    )
    _edu_birth_date_idx = models.Index(
        "(edu_birth_date) WHERE edu_birth_date IS NOT NULL"
    )

    # ------------------------------------------------------------------ doubles
    @api.depends("phone_sanitized", "email_normalized", "name", "edu_birth_date")
    def _compute_edu_duplicate_ids(self):
        """Warn while typing only: a saved contact costs no search when it is opened."""
        for partner in self:
            similar = self.browse()
            if domain := partner._similar_domain():
                similar = self.search(domain, limit=5)
            partner.edu_duplicate_ids = similar

    def _similar_domain(self):
        """Return where to look for doubles of what was just typed, None if nothing was.

        Members of the family and of the organization may share phone and e-mail.
        """
        self.ensure_one()
        saved = self._origin
        keys = [
            Domain(name, "=", self[name])
            for name in ("phone_sanitized", "email_normalized")
            if self[name] and self[name] != saved[name]
        ]
        if (
            self.edu_birth_date
            and self.name
            and self.edu_birth_date != saved.edu_birth_date
        ):
            keys.append(
                Domain("edu_birth_date", "=", self.edu_birth_date)
                & Domain("name", "=ilike", self.name.strip())
            )
        if not keys:
            return None
        relatives = (
            self.parent_id
            | self.child_ids
            | self.edu_guardian_link_ids.guardian_id
            | self.edu_learner_link_ids.learner_id
        )
        return Domain.OR(keys) & Domain("id", "not in", (saved | relatives._origin).ids)

    # ------------------------------------------------------------------ writing
    @api.onchange(*CLASSIFICATION)
    def _onchange_classification(self):
        self.edu_is_customer = self.edu_is_customer or self._is_classified()

    @api.onchange("edu_stage_ids")
    def _onchange_edu_stage_ids(self):
        """Needs belong to stages: those of a stage just removed go with it."""
        stages = self.edu_stage_ids._origin
        self.edu_need_ids = self.edu_need_ids.filtered(
            lambda need: need.stage_id._origin in stages
        )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if self.env.context.get("default_edu_is_customer") or any(
            not CUSTOMER_FIELDS.isdisjoint(vals) for vals in vals_list
        ):
            partners.sudo()._become_customers()
        return partners

    def write(self, vals):
        context = self.env.context
        if not (context.get("tracking_disable") or context.get("mail_notrack")):
            self._track_prepare(self._edu_tracked_fields() & vals.keys())
        if CUSTOMER_FIELDS.isdisjoint(vals) and "ref" not in vals:
            return super().write(vals)
        result = super().write(vals)
        if "edu_is_customer" in vals or vals.keys().isdisjoint(CLASSIFICATION):
            self.sudo()._draw_customer_numbers()
        else:
            self.sudo()._become_customers()
        return result

    def _track_prepare(self, fields_iter):
        """Do without ours when the host prepares to track every field there is.

        It reads them all before each write, and ours cost a query more, tags one each;
        ``write`` asks for those that are written.
        """
        if fields_iter is self._fields:
            fields_iter = self._track_get_fields() - self._edu_tracked_fields()
        return super()._track_prepare(fields_iter)

    @api.model
    @tools.ormcache()
    def _edu_tracked_fields(self):
        return frozenset(
            name
            for name, field in self._fields.items()
            if name.startswith(FIELD_PREFIX) and getattr(field, "tracking", None)
        )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        return self._without_customer_numbers(vals_list, default or {})

    def _without_customer_numbers(self, vals_list, default):
        """A copied customer is another customer and draws a number of its own."""
        for partner, vals in zip(self.sudo(), vals_list, strict=True):
            if partner.edu_is_customer and "ref" not in default:
                vals.pop("ref", None)
        return vals_list

    # ------------------------------------------------------------------ phone numbers
    @api.model
    def _search_display_name(self, operator, value):
        """Find a customer by a phone number too, in whatever format it is typed."""
        domain = super()._search_display_name(operator, value)
        if operator == "ilike" and self._is_phone_like(value):
            domain = Domain.OR([domain, self._phone_domain(value)])
        return domain

    @api.model
    def _is_phone_like(self, value):
        if not isinstance(value, str):
            return False
        digits = sum(char.isdigit() for char in value)
        return digits >= PHONE_MIN_DIGITS and all(
            char.isdigit() or char in PHONE_SIGNS for char in value
        )

    @api.model
    def _phone_domain(self, number):
        domain = Domain("phone_mobile_search", "ilike", number.strip())
        # sudo: whoever searches, numbers are dialed from the company's country
        company = self.env.company.partner_id.sudo()
        if sanitized := company._phone_format(number=number):
            domain |= Domain("phone_sanitized", "=", sanitized)
        return domain

    # ------------------------------------------------------------------ the number
    def _is_classified(self):
        self.ensure_one()
        return any(self[name] for name in CLASSIFICATION)

    def _become_customers(self):
        """Make customers of those that are classified, and number them all."""
        new = self.filtered(lambda p: not p.edu_is_customer and p._is_classified())
        if new:
            new.edu_is_customer = True
        self._draw_customer_numbers()

    def _draw_customer_numbers(self):
        """Give each education customer without a reference the next number."""
        unnumbered = self.filtered(
            lambda p: p.edu_is_customer and not (p.ref or "").strip()
        )
        if unnumbered:
            numbers = self._next_customer_numbers(len(unnumbered))
            for partner, number in zip(unnumbered, numbers, strict=True):
                partner.ref = number

    @api.model
    def _next_customer_numbers(self, count):
        """Return ``count`` free customer numbers, whatever references were typed
        before.

        The host's sequence object is asked once for the whole batch; two transactions
        never get the same number.
        """
        sequence = self.env.ref(SEQUENCE, raise_if_not_found=False)
        if not sequence:
            raise UserError(
                self.env._("The sequence of the customer numbers was deleted.")
            )
        numbers = []
        while len(numbers) < count:
            drawn = sequence._edu_next_numbers(count - len(numbers))
            taken = self._taken_references(drawn)
            numbers += [number for number in drawn if number not in taken]
        return numbers

    @api.model
    def _taken_references(self, references):
        partners = self.sudo().with_context(active_test=False)
        return set(partners.search([("ref", "in", references)]).mapped("ref"))

    # ------------------------------------------------------------------ import
    @api.model
    def get_import_templates(self):
        """Offer ours too, in the user's language, to who may import education data."""
        if not self.env.user.has_group(GROUP_AGENT):
            return super().get_import_templates()
        suffix = "_zh_CN" if (self.env.lang or "").startswith("zh") else ""
        return [
            *super().get_import_templates(),
            *(
                {
                    "label": self.env._(
                        "Import Template for Education Customers (%(format)s)",
                        format=extension.upper(),
                    ),
                    "template": f"{TEMPLATES}{suffix}.{extension}",
                }
                for extension in ("xlsx", "csv")
            ),
        ]
