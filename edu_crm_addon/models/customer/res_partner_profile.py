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


class ResPartner(models.Model):
    """What the school knows of a customer beyond name and address."""

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

    _edu_figures_not_negative = models.Constraint(
        "CHECK (edu_learner_count >= 0 AND edu_employee_count >= 0 "
        "AND edu_yearly_purchases >= 0)",
        "A number of learners, employees or purchases cannot be negative.",
    )

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
