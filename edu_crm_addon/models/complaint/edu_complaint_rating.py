from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import complaint as rule

SCORES = ("score_speed", "score_fairness", "score_result")
LOWEST, HIGHEST = 1, 5
KEPT = {*SCORES, "rating_request_id"}


class EduComplaint(models.Model):
    """How the customer found the handling: asked once in each round, by mail.

    Three scores of 1 to 5; their mean is the rating of the host. Nobody of the staff
    can give, change or delete one.
    """

    _inherit = "edu.complaint"

    # Kept by the host for each record; new complaints would pay a query for it.
    rating_last_value = fields.Float(store=False)
    rating_request_id = fields.Many2one(
        "rating.rating",
        string="Rating of this round",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    score_speed = fields.Integer(
        string="Speed", readonly=True, copy=False, aggregator="avg"
    )
    score_fairness = fields.Integer(
        string="Fairness", readonly=True, copy=False, aggregator="avg"
    )
    score_result = fields.Integer(
        string="Result", readonly=True, copy=False, aggregator="avg"
    )

    @api.model_create_multi
    def create(self, vals_list):
        given = KEPT & set().union(*vals_list)
        given |= {name for name in KEPT if f"default_{name}" in self.env.context}
        self._check_not_rated(given)
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_rated(KEPT & vals.keys())
        return super().write(vals)

    @api.model
    def _check_not_rated(self, names):
        if names and not self.env.su:
            raise UserError(self.env._("Only the customer rates a complaint."))

    def message_post(self, **kwargs):
        """A message carries no rating, whoever posts it."""
        kwargs.pop("rating_value", None)
        return super().message_post(**kwargs)

    def _message_update_content(self, message, /, *, body, rating_value=None, **kwargs):
        return super()._message_update_content(message, body=body, **kwargs)

    def _rating_apply_get_default_subtype_id(self):
        return self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")

    def _rating_get_access_token(self, partner=None):
        """The host's page of ratings is not for complaints: ours has three scores."""
        return False

    def _send_letters(self):
        self._ask_rating()
        return super()._send_letters()

    def _after_step_changed(self, state, target):
        if target != rule.CLOSED:
            return super()._after_step_changed(state, target)
        # Who got a letter in this round was asked by it.
        fresh = self.filtered(lambda c: not c.rating_request_id)
        self._ask_rating()
        told = self.with_context(edu_rating_asked=fresh.ids)
        return super(EduComplaint, told)._after_step_changed(state, target)

    def _after_reopened(self):
        for complaint in self.sudo():  # sudo: past the guard of `write`
            complaint.write(dict.fromkeys(KEPT, False))
        return super()._after_reopened()

    def _round_vals(self):
        return {**super()._round_vals(), "score": self.rating_request_id.rating}

    def _ask_rating(self):
        """Prepare one rating for each that has none in this round."""
        # sudo: nobody of the staff may make ratings
        asked = self.sudo().filtered(lambda c: not c.rating_request_id)
        model_id = self.env["ir.model"]._get_id(self._name)
        ratings = asked.env["rating.rating"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": complaint.id,
                    "partner_id": complaint.partner_id.id,
                    "rated_partner_id": complaint._rating_get_operator().id,
                    "access_token": False,
                }
                for complaint in asked
            ]
        )
        for complaint, rating in zip(asked, ratings, strict=True):
            complaint.rating_request_id = rating

    def _asks_rating(self):
        """Return whether the closing mail is the one that asks for the rating."""
        return self.id in self.env.context.get("edu_rating_asked", ())

    def _can_rate(self):
        """Return whether the customer was told the result and has not rated it yet."""
        self.ensure_one()
        rating = self.sudo().rating_request_id  # sudo: the customer may not read it
        return bool(rating and not rating.consumed and self.state in rule.DECIDED)

    def _rate(self, scores, feedback=None):
        """Store the customer's rating of this round, once.

        :param dict scores: 1 to 5 by the names in ``SCORES``
        :return: whether it was stored
        """
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        if not self._can_rate():
            return False
        values = [int(scores.get(name) or 0) for name in SCORES]
        if not all(LOWEST <= value <= HIGHEST for value in values):
            raise UserError(self.env._("A score is between 1 and 5."))
        complaint = self.sudo()  # sudo: the customer rates, and owns no right for it
        complaint.write(dict(zip(SCORES, values, strict=True)))
        complaint.rating_request_id.write(
            {
                "rating": sum(values) / len(values),
                "feedback": (feedback or "").strip() or False,
                "consumed": True,
            }
        )
        return True
