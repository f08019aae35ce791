from odoo import api, fields, models

from ...logic.term import LESSONS, MONTHS


class EduEnrollment(models.Model):
    """The length of an enrollment as people say it: 1 month, 3 months."""

    _inherit = "edu.enrollment"

    term_text = fields.Char(string="Length", compute="_compute_term_text")

    @api.depends("term", "term_unit")
    @api.depends_context("lang")
    def _compute_term_text(self):
        for enrollment in self:
            enrollment.term_text = enrollment._term_text()

    def _term_text(self):
        self.ensure_one()
        if self.term_unit == MONTHS:
            one, many = self.env._("1 month"), self.env._("%s months", self.term)
        elif self.term_unit == LESSONS:
            one, many = self.env._("1 lesson"), self.env._("%s lessons", self.term)
        else:
            one, many = self.env._("1 week"), self.env._("%s weeks", self.term)
        return one if self.term == 1 else many
