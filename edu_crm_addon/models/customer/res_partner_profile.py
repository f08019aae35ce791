from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...const import GROUP_READONLY
from ...logic.people import age_on

# Ages beyond are as good as this one, and every date stays a date.
MAX_AGE = 200
CHANNELS = [
    ("phone", "Telephone"),
    ("email", "Email"),
    ("online", "Online (website, social platforms)"),
    ("offline", "Offline (face to face, lecture, training)"),
    ("sms", "SMS"),
    ("social_media", "Social media"),
    ("online_service", "Online customer service (chat)"),
    ("community_group", "Community group"),
]
PAID = ("paid", "in_payment")


class ResPartner(models.Model):
    """The page of a customer: what the school knows beyond name and address, what was
    bought, and what a user does from there: talk to it, start business.

    Purchases are invoices that are fully paid, in the current company. An invoice
    annulled by a credit note was never a purchase; money given back for a purchase that
    stands is shown beside it, as refunds. Each figure counts exactly the records its
    button opens, so it follows what the user may read.
    """

    _inherit = "res.partner"

    # Person
    edu_birth_date = fields.Date(string="Birth date", groups=GROUP_READONLY)
    edu_age = fields.Integer(
        string="Age",
        compute="_compute_edu_age",
        search="_search_edu_age",
        aggregator=None,
        groups=GROUP_READONLY,
    )
    edu_background = fields.Text(
        string="Education background",
        help="Schools attended, grade, degrees, results.",
        groups=GROUP_READONLY,
    )
    edu_interests = fields.Char(string="Hobbies and interests", groups=GROUP_READONLY)
    edu_learning_history = fields.Text(
        string="Learning history",
        help="Courses taken before or elsewhere.",
        groups=GROUP_READONLY,
    )
    # Preferences
    edu_product_preference = fields.Char(
        string="Product preference", groups=GROUP_READONLY
    )
    edu_service_preference = fields.Char(
        string="Service preference", groups=GROUP_READONLY
    )
    edu_channel_preference = fields.Selection(
        CHANNELS, string="Preferred channel", groups=GROUP_READONLY
    )
    edu_consumption_habits = fields.Text(
        string="Consumption habits", groups=GROUP_READONLY
    )
    # Organization
    edu_learner_count = fields.Integer(
        string="Number of learners", aggregator="sum", groups=GROUP_READONLY
    )
    edu_employee_count = fields.Integer(
        string="Number of employees", aggregator="sum", groups=GROUP_READONLY
    )
    edu_yearly_purchases = fields.Integer(
        string="Similar purchases a year", aggregator="sum", groups=GROUP_READONLY
    )
    edu_usage = fields.Text(string="Usage of our products", groups=GROUP_READONLY)
    edu_business = fields.Text(string="Business situation", groups=GROUP_READONLY)
    # Special information
    edu_special_info = fields.Text(string="Special information", groups=GROUP_READONLY)
    edu_suggestions = fields.Text(string="Feedback suggestions", groups=GROUP_READONLY)
    edu_is_confidential = fields.Boolean(
        string="Confidential file",
        help="Handle with care: do not pass this customer's data on.",
        groups=GROUP_READONLY,
    )
    # Purchases
    edu_purchase_count = fields.Integer(
        string="Purchases", compute="_compute_edu_purchases", groups=GROUP_READONLY
    )
    edu_purchase_amount = fields.Monetary(
        string="Purchased",
        compute="_compute_edu_purchases",
        currency_field="edu_company_currency_id",
        groups=GROUP_READONLY,
    )
    edu_refund_amount = fields.Monetary(
        string="Refunded",
        compute="_compute_edu_purchases",
        currency_field="edu_company_currency_id",
        groups=GROUP_READONLY,
    )
    edu_first_purchase_on = fields.Date(
        string="First purchase on",
        compute="_compute_edu_purchases",
        groups=GROUP_READONLY,
    )
    edu_last_purchase_on = fields.Date(
        string="Last purchase on",
        compute="_compute_edu_purchases",
        groups=GROUP_READONLY,
    )
    edu_company_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the figures",
        compute="_compute_edu_company_currency_id",
        groups=GROUP_READONLY,
    )

    _edu_figures_not_negative = models.Constraint(
        "CHECK (edu_learner_count >= 0 AND edu_employee_count >= 0 "
        "AND edu_yearly_purchases >= 0)",
        "A number of learners, employees or purchases cannot be negative.",
    )

    # ------------------------------------------------------------------ age
    @api.depends("edu_birth_date")
    def _compute_edu_age(self):
        today = fields.Date.context_today(self)
        for partner in self:
            birth = partner.edu_birth_date
            partner.edu_age = age_on(birth, today) if birth else 0

    def _search_edu_age(self, operator, value):
        if operator == "in":
            return Domain.OR(
                self._age_domain(">=", age) & self._age_domain("<=", age)
                if age
                else Domain("edu_birth_date", "=", False) | self._age_domain("<", 1)
                for age in value
            )
        if operator in ("<", "<=", ">", ">="):
            return self._age_domain(operator, value)
        return NotImplemented

    @api.model
    def _age_domain(self, operator, age):
        """Return who is ``operator`` ``age`` years old, as a range of birth dates."""
        today = fields.Date.context_today(self)
        # "At least n years old" is "born n years ago or before".
        years = int(age) + (operator in (">", "<="))
        born = today - relativedelta(years=min(max(years, 0), MAX_AGE))
        limit = "<=" if operator in (">", ">=") else ">"
        return Domain("edu_birth_date", limit, born)

    @api.constrains("edu_birth_date")
    def _check_edu_birth_date(self):
        today = fields.Date.context_today(self)
        for partner in self:
            if partner.edu_birth_date and partner.edu_birth_date > today:
                raise ValidationError(
                    self.env._(
                        "The birth date of %(name)s lies in the future.",
                        name=partner.display_name,
                    )
                )

    # ------------------------------------------------------------------ purchases
    @api.depends_context("company")
    def _compute_edu_company_currency_id(self):
        self.edu_company_currency_id = self.env.company.currency_id

    @api.depends_context("company", "uid")
    def _compute_edu_purchases(self):
        figures = self._purchase_figures()
        for partner in self:
            invoices, refunds = figures.get(partner._origin.id, ((), ()))
            partner.edu_purchase_count = sum(row[0] for row in invoices)
            partner.edu_purchase_amount = sum(row[1] for row in invoices)
            partner.edu_refund_amount = -sum(row[1] for row in refunds)
            partner.edu_first_purchase_on = min((r[2] for r in invoices), default=False)
            partner.edu_last_purchase_on = max((r[3] for r in invoices), default=False)

    def _purchase_figures(self):
        """Return ``{partner id: (invoice rows, refund rows)}`` of the customers.

        A row is (count, signed amount, first date, last date) of one contact; an
        organization has those of its contacts too.
        """
        if not self._origin or not self.env["account.move"].has_access("read"):
            return {}
        organizations = self.sudo()._organization_by_contact()
        rows = self.env["account.move"]._read_group(
            self._purchase_domain("out_invoice", "out_refund"),
            ["partner_id", "move_type"],
            [
                "__count",
                "amount_total_signed:sum",
                "invoice_date:min",
                "invoice_date:max",
            ],
        )
        figures = {}
        for buyer, move_type, *row in rows:
            for partner_id in {buyer.id, organizations.get(buyer.id)} - {None}:
                sides = figures.setdefault(partner_id, ([], []))
                sides[move_type == "out_refund"].append(row)
        return figures

    def _purchase_domain(self, *move_types):
        """Return the domain of the documents behind the purchase figures."""
        # sudo: an organization's contacts, archived ones too, bought for it
        contacts = self.sudo()._organization_by_contact()
        return (
            Domain("partner_id", "in", [*self._origin.ids, *contacts])
            & Domain("company_id", "=", self.env.company.id)
            & Domain("move_type", "in", move_types)
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", PAID)
            # The credit note of an annulled invoice is as little a refund as that
            # invoice was a purchase.
            & (
                Domain("reversed_entry_id", "=", False)
                | Domain("reversed_entry_id.payment_state", "!=", "reversed")
            )
        )

    def action_edu_view_purchases(self):
        return self._purchase_action(self.env._("Purchases"), "out_invoice")

    def action_edu_view_refunds(self):
        return self._purchase_action(self.env._("Refunds"), "out_refund")

    def _purchase_action(self, name, move_type):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": list(self._purchase_domain(move_type)),
            "context": {"create": False, "default_move_type": move_type},
        }

    # ------------------------------------------------------------------ buttons
    def action_edu_log_contact(self):
        return self._edu_window(
            self.env._("Log a contact"),
            "edu.contact.log",
            target="new",
            context={"default_partner_id": self.id},
        )

    def action_edu_email(self):
        return self._edu_window(
            self.env._("Email"),
            "mail.compose.message",
            target="new",
            context={
                "default_model": "res.partner",
                "default_res_ids": self.ids,
                "default_partner_ids": self.ids,
                "default_composition_mode": "comment",
            },
        )

    def action_edu_new_lead(self):
        return self._edu_window(
            self.env._("New opportunity"),
            "crm.lead",
            context={
                "default_partner_id": self.id,
                "default_type": "opportunity",
                "default_user_id": self.user_id.id or self.env.uid,
            },
        )

    def action_edu_new_contact(self):
        return self._edu_window(
            self.env._("New contact"),
            "res.partner",
            context={
                "default_parent_id": self.id,
                "default_type": "contact",
                "default_user_id": self.user_id.id,
            },
        )

    def action_edu_schedule_activity(self):
        """Schedule an activity, or the plan that belongs to the education stage."""
        plan = self.edu_stage_ids.activity_plan_id[:1]
        return self._edu_window(
            self.env._("Schedule activity"),
            "mail.activity.schedule",
            target="new",
            context={
                "active_model": "res.partner",
                "active_ids": self.ids,
                **({"plan_mode": True, "default_plan_id": plan.id} if plan else {}),
            },
        )

    def _edu_window(self, name, model, target="current", context=None):
        """Return the action that opens an empty form of ``model``."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": target,
            "context": context or {},
        }
