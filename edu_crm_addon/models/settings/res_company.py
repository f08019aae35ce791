from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ...const import FIELD_PREFIX

DEFAULT_ADULT_AGE = 18


class ResCompany(models.Model):
    """Rules that a school sets once for everybody who works in it."""

    _name = "res.company"
    _inherit = ["res.company", "edu.fetch.mixin"]
    # Every course order asks for it.
    _edu_host_fields = frozenset({"edu_member_program_id"})

    edu_adult_age = fields.Integer(
        string="Age of majority",
        default=DEFAULT_ADULT_AGE,
        help="Learners younger than this need a guardian.",
    )
    edu_review_days = fields.Integer(
        string="Verify customers every",
        default=180,
        help="Days after which a customer's data counts as not verified. 0: never.",
    )
    edu_lost_after_days = fields.Integer(
        string="Customer lost after",
        default=540,
        help="Days without a confirmed order after which a buyer without open "
        "opportunity counts as lost. 0: never.",
    )

    _edu_adult_age_plausible = models.Constraint(
        "CHECK (edu_adult_age BETWEEN 0 AND 30)",
        "The age of majority must lie between 0 and 30 years.",
    )
    _edu_days_plausible = models.Constraint(
        "CHECK (edu_review_days BETWEEN 0 AND 36500 "
        "AND edu_lost_after_days BETWEEN 0 AND 36500)",
        "A number of days must lie between 0 and 36500, a hundred years.",
    )

    @ormcache("self.id", "name")
    def _edu_setting(self, name):
        """Return a rule that is asked for often and changes rarely, without a query."""
        self.ensure_one()
        return self.sudo()[name]  # sudo: the rules of a school are no secret

    def cache_invalidation_fields(self):
        ours = {name for name in self._fields if name.startswith(FIELD_PREFIX)}
        return super().cache_invalidation_fields() | ours

    def _edu_today(self, now=None):
        """Return the date at this company, by the time zone of its working calendar.

        :param datetime now: naive moment in UTC, the present one by default
        """
        self.ensure_one()
        moment = now or fields.Datetime.now()
        return fields.Datetime.context_timestamp(
            self.with_context(tz=self._edu_time_zone()), moment
        ).date()

    @api.model
    def _edu_today_sql(self, alias):
        """Return ``_edu_today`` as SQL, the company being ``alias`` in the query."""
        return SQL(
            """
            (%(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(
                (SELECT tz FROM resource_calendar WHERE id = %(calendar)s),
                (SELECT tz FROM res_partner WHERE id = %(partner)s),
                'UTC'
            ))::date
            """,
            now=fields.Datetime.now(),
            calendar=SQL.identifier(alias, "resource_calendar_id"),
            partner=SQL.identifier(alias, "partner_id"),
        )

    def _edu_midnight(self, day):
        """Return the moment, naive in UTC, at which ``day`` begins at this company."""
        zone = ZoneInfo(self._edu_time_zone())
        midnight = datetime.combine(day, time.min, zone)
        return midnight.astimezone(UTC).replace(tzinfo=None)

    def _edu_time_zone(self):
        self.ensure_one()
        # sudo: everybody may know what day it is
        company = self.sudo()
        return company.resource_calendar_id.tz or company.partner_id.tz or "UTC"
