from odoo import models
from odoo.exceptions import UserError

from ...logic import measure as rule
from ...logic import points
from .points_source import Claim

EVENT = "complaint"


class EduComplaintMeasure(models.Model):
    """Compensation in points: on the member card of the customer, once.

    The rule of the event, if there is one, says until when they can be spent and how
    many a customer gets in a month; without one they count at once.
    """

    _inherit = "edu.complaint.measure"

    def _points_available(self):
        if not super()._points_available():
            measures = self.filtered(lambda m: m.kind == rule.POINTS)
            companies = (measures.company_id or self.env.company).sudo()
            # sudo: whether a school has members is no secret to its staff
            return all(company.edu_member_program_id for company in companies)
        return True

    def _give_points(self):
        result = super()._give_points()
        company = self.company_id
        customer = self._customer()
        if not customer:
            raise UserError(self.env._("Nobody can be given points: no customer."))
        claim = self._points_claim(customer)
        rules = self.env["edu.points.rule"]
        entries = rules._award(EVENT, [claim], company)
        if not entries:
            entries = rules._award_without_rule(EVENT, claim, company)
        if points.VOID in entries.mapped("state"):
            # Nothing is promised that is not kept.
            raise UserError(entries[:1].reason)
        return result

    def _points_claim(self, customer):
        self.ensure_one()
        return Claim(
            key=f"measure:{self.id}",
            partner_id=customer.id,
            # Of the complaint the customer knows; the measure is of the staff.
            model="edu.complaint",
            record_id=self.complaint_id.id,
            points=self.points,
        )
