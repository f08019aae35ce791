import re

from werkzeug.urls import url_encode

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac

from ...logic import complaint as rule

SCOPE = "edu-complaint-answer"
TOKEN = re.compile(r"(\d{1,9})-([0-9a-f]{64})")


class EduComplaint(models.Model):
    """The link with which a customer answers one result, without logging in.

    It is signed for one letter: the next result, or the next round, has another one.
    Staff never see it: what is kept of the mail has no link in it.
    """

    _inherit = "edu.complaint"

    letter_number = fields.Integer(
        string="Results told",
        readonly=True,
        copy=False,
        help="How often a result was told or the matter was opened again. Each has a "
        "link of its own.",
    )

    def write(self, vals):
        if "letter_number" in vals and not self.env.su:
            raise UserError(self.env._("The number of results told is counted."))
        return super().write(vals)

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        if target == rule.FEEDBACK and rule.is_before(state, target):
            self._renew_link()
        return result

    def _after_reopened(self):
        result = super()._after_reopened()
        self._renew_link()
        return result

    def _renew_link(self):
        for complaint in self.sudo():  # sudo: past the guard of `write`
            complaint.letter_number += 1

    def _answer_url(self):
        """Return where the customer answers the present result."""
        self.ensure_one()
        query = url_encode({"access_token": self._answer_token()})
        return f"{self.get_base_url()}/complaint/{self.id}/answer?{query}"

    def _answer_token(self):
        self.ensure_one()
        return f"{self.letter_number}-{self._sign_letter(self.letter_number)}"

    def _sign_letter(self, number):
        # sudo: to read the secret of the database
        return hmac(self.env(su=True), SCOPE, (self.id, number))

    def _opens_letter(self, token):
        """Return the number of the letter that ``token`` was made for, None if none."""
        self.ensure_one()
        match = TOKEN.fullmatch(token or "")
        if not match:
            return None
        number = int(match[1])
        return number if consteq(self._sign_letter(number), match[2]) else None
