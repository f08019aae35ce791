from dateutil.relativedelta import relativedelta

from odoo import models

from .edu_membership import OPEN


class SaleOrder(models.Model):
    """A confirmed order of a membership with a term makes the term.

    Without a term the host gives the level, for good and to the organization of who
    buys. A term is of the person who buys it.
    """

    _inherit = "sale.order"

    def _add_partnership(self):
        clubs = self.filtered(lambda o: o.assigned_grade_id and o._edu_club_lines())
        result = super(SaleOrder, self - clubs)._add_partnership()
        for order in clubs:
            order._edu_make_terms()
        return result

    def _edu_club_lines(self):
        # sudo: whoever sells it, a term is a term
        return self.sudo().order_line.filtered(
            lambda line: (
                line.product_id.service_tracking == "partnership"
                and line.product_id.grade_id
                and line.product_id.edu_club_months
            )
        )

    def _edu_make_terms(self):
        """Make the terms of the lines; those of one level follow each other."""
        self.ensure_one()
        # sudo: terms are made by orders
        terms = self.env["edu.membership"].sudo()
        for line in self._edu_club_lines():
            given = {
                "partner_id": self.partner_id.id,
                "company_id": self.company_id.id,
                "grade_id": line.product_id.grade_id.id,
            }
            months = line.product_id.edu_club_months * max(
                round(line.product_uom_qty), 1
            )
            start = self.company_id._edu_today()
            last = terms.new(given)._following(*OPEN)[:1]
            if last:
                start = last.date_to + relativedelta(days=1)
            end = start + relativedelta(months=months, days=-1)
            dates = {"date_from": start, "date_to": end}
            terms.create({**given, **dates, "order_line_id": line.id})

    def _action_cancel(self):
        result = super()._action_cancel()
        clubs = self.filtered("assigned_grade_id")
        if clubs:
            # sudo: as above
            terms = self.env["edu.membership"].sudo()
            lines = [("order_line_id.order_id", "in", clubs.ids)]
            terms.search([*lines, ("state", "in", OPEN)])._cancel()
        return result
