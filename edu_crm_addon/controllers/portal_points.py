"""My points: what a member has, what is pending, and what each point is for."""

from odoo import http
from odoo.http import request

from odoo.addons.loyalty.controllers.portal import CustomerPortalLoyalty
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal import EduPortal

# Movements that the host's dialog shows.
LATEST = 5


class EduPortalPoints(EduPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "points_card_count" in counters:
            values["points_card_count"] = len(
                request.env["loyalty.card"]._edu_portal_cards()
            )
        return values

    @http.route(
        [
            "/my/points",
            "/my/points/page/<int:page>",
            "/my/points/<int:card_id>",
            "/my/points/<int:card_id>/page/<int:page>",
        ],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_points(self, card_id=None, page=1, **kwargs):
        cards = request.env["loyalty.card"]._edu_portal_cards()
        card = cards.filtered(lambda c: c.id == card_id) if card_id else cards[:1]
        if card_id and not card:
            raise request.not_found()
        values = {
            **self._prepare_portal_layout_values(),
            "cards": [c._edu_portal_figures() for c in cards],
            "card": card and card._edu_portal_figures(),
            "page_name": "points",
            "default_url": "/my/points",
            **(self._edu_movements(card, page) if card else {}),
        }
        return request.render("edu_crm_addon.edu_points_portal_page", values)

    def _edu_movements(self, card, page):
        """Return a page of what happened on ``card``."""
        moves = card.env["edu.points.entry"]
        pager = portal_pager(
            url=f"/my/points/{card.id}",
            total=moves.search_count(card._edu_portal_moves_domain()),
            page=page,
            step=self._items_per_page,
        )
        return {
            "waiting": card._edu_portal_waiting(),
            "moves": card._edu_portal_moves(self._items_per_page, pager["offset"]),
            "pager": pager,
        }


class EduPortalLoyalty(CustomerPortalLoyalty):
    """The host's pages of a member card: what they say of held points misleads."""

    @http.route()
    def portal_my_loyalty_card_history(self, card_id, page=1, sortby="date", **kw):
        cards = request.env["loyalty.card"]._edu_portal_cards()
        if card_id in cards.ids:
            return request.redirect(f"/my/points/{card_id}", code=303)
        return super().portal_my_loyalty_card_history(
            card_id, page=page, sortby=sortby, **kw
        )

    @http.route()
    def portal_get_card_history_values(self, card_id):
        values = super().portal_get_card_history_values(card_id)
        cards = request.env["loyalty.card"]._edu_portal_cards()
        card = cards.filtered(lambda c: c.id == card_id)
        if values and card:
            values["history_lines"] = [
                {
                    "order_id": False,
                    "description": move["text"],
                    "order_portal_url": False,
                    "points": move["points"],
                }
                for move in card._edu_portal_moves(LATEST)
                if not move["is_void"]
            ]
        return values
