"""Rewards for points, in the customer's own order."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal import EduPortal

UNPROCESSABLE = 422


class EduPortalReward(EduPortal):
    @http.route(
        "/my/orders/<int:order_id>/rewards",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_order_redeem(self, order_id, reward_id=None, learner_id=None, **kwargs):
        order = self._edu_own_order(order_id)
        reward = self._edu_choice(
            order._edu_member_cards().program_id.reward_ids, reward_id
        )
        learner = order._edu_reward_learners().browse()
        if learner_id:
            learner = self._edu_choice(order._edu_reward_learners(), learner_id)
        return self._edu_change_rewards(order, order._edu_redeem, reward, learner)

    @http.route(
        "/my/orders/<int:order_id>/rewards/<int:line_id>/remove",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_order_unredeem(self, order_id, line_id, **kwargs):
        order = self._edu_own_order(order_id)
        lines = order.order_line.filtered("coupon_id.edu_is_member")
        line = self._edu_choice(lines, line_id)
        return self._edu_change_rewards(order, order._edu_unredeem, line)

    def _edu_change_rewards(self, order, change, *arguments):
        """Do it and show the order again, or say there why it is not possible."""
        try:
            with request.env.cr.savepoint():
                change(*arguments)
        except UserError as error:
            response = self.portal_order_page(order.id)
            response.qcontext["edu_reward_error"] = str(error)
            response.status_code = UNPROCESSABLE
            return response
        return request.redirect(f"/my/orders/{order.id}#edu_rewards", code=303)

    def _edu_own_order(self, order_id):
        """Return the order, as superuser, to the customer who may change it."""
        order = self._edu_document("sale.order", order_id, None)
        if not order._edu_may_redeem(request.env.user.partner_id):
            raise request.not_found()
        return order

    def _edu_choice(self, records, record_id):
        """Return the one that was chosen, or 404."""
        chosen = records.filtered(lambda record: str(record.id) == str(record_id))
        if not chosen:
            raise request.not_found()
        return chosen
