from odoo import fields, models
from odoo.exceptions import UserError

from ...const import GROUP_MANAGER
from ...logic import award as award_rule
from ...logic import points as rule
from .edu_points_approval import ADJUST, DONE, REJECTED, WAITING, WITHDRAWN
from .points_source import Claim

APPROVE = "edu_crm_addon.mail_activity_type_points_approval"


class EduPointsApproval(models.Model):
    """waiting -> booked, rejected or withdrawn."""

    _inherit = "edu.points.approval"

    # ------------------------------------------------------------------ actions
    def action_approve(self):
        """Book what somebody else asked for."""
        self._take_owners()
        for approval in self:
            approval._check_may_approve()
        approved = {"approved_by_id": self.env.uid}
        self._update_state((WAITING,), DONE, **approved)._book()
        self._dismiss_manager()

    def action_reject(self):
        """Give nothing; ``answer`` says why."""
        for approval in self:
            approval._check_may_approve()
            if not (approval.answer or "").strip():
                raise UserError(self.env._("Say why the points are not given."))
        self._update_state((WAITING,), REJECTED)
        self._dismiss_manager()

    def action_withdraw(self):
        """Who asked changed one's mind."""
        if self.requested_by_id - self.env.user:
            raise UserError(self.env._("Who asked for the points withdraws them."))
        self._update_state((WAITING,), WITHDRAWN)
        self._dismiss_manager()

    def action_open_entries(self):
        """Open the movements in the ledger."""
        self.ensure_one()
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_points_entry_action", domain
        )

    def _check_may_approve(self):
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if not user.has_group(GROUP_MANAGER):
            raise UserError(self.env._("Points above the limit need a manager."))
        if user in (self.requested_by_id, self.create_uid):
            raise UserError(self.env._("Nobody approves what one asked for oneself."))
        if (self.partner_id | self.member_id)._edu_is_family_of(user):
            raise UserError(
                self.env._("Nobody approves points for oneself or one's family.")
            )

    def _update_state(self, allowed, target, **vals):
        """Move those in an ``allowed`` state to ``target``; return who really moved."""
        moved = self.filtered(lambda a: a.state in allowed)
        if moved:
            # sudo: past the guard of `write`, which nobody passes from outside
            moved.sudo().write(
                {"state": target, "decided_at": fields.Datetime.now(), **vals}
            )
        return moved

    # ------------------------------------------------------------------ asking
    def _request(self):
        """Book what needs no approval, and call a manager for the rest."""
        self._take_owners()
        # sudo: what was given by hand follows from the records
        mine = self.sudo()
        # Two small amounts, asked for at once, do not overlook one another.
        self.env["loyalty.card"]._edu_claim(mine.member_id.ids)
        waiting = mine._that_need_approval()
        waiting.with_env(self.env)._call_manager()
        (mine - waiting).with_env(self.env)._update_state((WAITING,), DONE)._book()

    def _take_owners(self):
        """Say whose cards get the points."""
        # sudo: it follows from the families
        unknown = self.sudo().filtered(lambda approval: not approval.member_id)
        for company, approvals in unknown.grouped("company_id").items():
            owners = approvals.partner_id._edu_wallet_owners(company)
            for approval in approvals:
                approval.member_id = owners[approval.partner_id]

    def _that_need_approval(self):
        """Return those above the limit, and what the user's family would get."""
        given = self._given_freely()
        waiting = self.browse()
        for approval in self:
            limit = approval.program_id.edu_adjust_limit
            before = given.get(approval.member_id, 0)
            people = approval.partner_id | approval.member_id
            if people._edu_is_family_of(approval.requested_by_id) or (
                award_rule.needs_approval(approval.points, limit, before)
            ):
                waiting |= approval
            else:
                given[approval.member_id] = before + abs(approval.points)
        return waiting

    def _given_freely(self):
        """Return ``{member: points}`` by hand of this month that nobody approved."""
        given = {}
        for company, approvals in self.grouped("company_id").items():
            month = company._edu_today().replace(day=1)
            rows = self._read_group(
                [
                    ("company_id", "=", company.id),
                    ("member_id", "in", approvals.member_id.ids),
                    ("state", "=", DONE),
                    ("approved_by_id", "=", False),
                    ("decided_at", ">=", company._edu_midnight(month)),
                ],
                ["member_id"],
                ["points:array_agg"],
            )
            for member, amounts in rows:
                given[member] = sum(map(abs, amounts))
        return given

    # ------------------------------------------------------------------ booking
    def _book(self):
        """Put the points on the cards: by the rule of the purpose, or as they are."""
        # sudo: nobody writes to the ledger
        for approvals in self.sudo().grouped("program_id").values():
            approvals.filtered(lambda a: a.purpose == ADJUST)._book_corrections()
            awards = approvals.filtered(lambda a: a.purpose != ADJUST)
            for purpose, group in awards.grouped("purpose").items():
                group._book_awards(purpose)

    def _book_awards(self, purpose):
        company = self.company_id
        rules = self.env["edu.points.rule"]
        if company.edu_member_program_id != self.program_id:
            raise UserError(
                self.env._("The school has another member program now: ask again.")
            )
        claims = [approval._claim() for approval in self]
        entries = rules._award(purpose, claims, company)
        if set(entries.mapped("res_id")) != set(self.ids):
            purposes = dict(self._fields["purpose"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "No earning rule is for “%(purpose)s”: add one first.",
                    purpose=purposes[purpose],
                )
            )

    def _claim(self):
        self.ensure_one()
        return Claim(
            key=f"approval:{self.id}",
            partner_id=self.member_id.id,
            model=self._name,
            record_id=self.id,
            points=self.points,
            reason=self.reason,
        )

    def _book_corrections(self):
        if not self:
            return
        cards = self.member_id._edu_member_cards(self.program_id)
        held = self.env["loyalty.card"].union(*cards.values())
        held._edu_lock()
        left = {card: card.points for card in held}
        rows = []
        for approval in self:
            card = cards[approval.member_id]
            left[card] += approval.points
            if approval.points < 0 and left[card] < 0:
                raise UserError(
                    self.env._(
                        "%(member)s has no more than %(points)s points.",
                        member=approval.member_id.display_name,
                        points=rule.whole(card.points),
                    )
                )
            rows.append(approval._correction_row(card))
        self.env["edu.points.entry"]._book(rows)

    def _correction_row(self, card):
        self.ensure_one()
        today = self.company_id._edu_today()
        last = self.program_id._edu_last_day(today)
        return {
            "card_id": card.id,
            "points": self.points,
            "kind": rule.ADJUST,
            "text": card._edu_in_words(lambda env: env._("Correction")),
            "reason": self.reason,
            "res_model": self._name,
            "res_id": self.id,
            "key": f"approval:{self.id}",
            "expires_on": last if self.points > 0 else None,
        }

    # ------------------------------------------------------------------ the manager
    def _call_manager(self):
        """Put an activity in the list of a manager who may decide."""
        for approval in self:
            manager = approval._manager()
            if manager:
                # The activity is in the list; an email for each would be a flood.
                # sudo: who asks has no rights on what others decide
                approval.sudo().with_context(
                    mail_activity_quick_update=True
                ).activity_schedule(
                    APPROVE,
                    user_id=manager.id,
                    summary=self.env._(
                        "%(points)s points for %(name)s",
                        points=approval.points,
                        name=approval.partner_id.display_name,
                    ),
                )

    def _manager(self):
        self.ensure_one()
        # sudo: who is a manager, and of what family, is no secret to who needs one
        family = (self.partner_id | self.member_id).sudo()._edu_household()
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(GROUP_MANAGER).ids),
                    ("company_ids", "in", self.company_id.ids),
                    ("share", "=", False),
                    ("id", "not in", [self.requested_by_id.id, self.env.uid]),
                    ("partner_id", "not in", family.ids),
                ],
                order="id",
                limit=1,
            )
        )

    def _dismiss_manager(self):
        # sudo: the activity of somebody else has no purpose any more
        self.sudo().activity_unlink([APPROVE])
