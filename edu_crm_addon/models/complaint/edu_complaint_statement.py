from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import NO_ACCESS
from odoo.tools import html2plaintext, is_html_empty

from ...const import GROUP_AGENT, GROUP_LEADER

TEMPLATE = "edu_crm_addon.mail_template_edu_complaint_statement_request"
TO_DO = "mail.mail_activity_data_todo"
DAYS = 5
ASKED = "asked"
ANSWERED = "answered"
STATES = [(ASKED, "Asked"), (ANSWERED, "Answered")]


class EduComplaintStatement(models.Model):
    """What somebody a complaint is about says to certain points.

    A leader asks; the person sees the points and the day, and nothing of the complaint:
    who complained, its number and its subject stay hidden. One answer, and it stays.
    A colleague may write down the answer of somebody who has no login.
    """

    _name = "edu.complaint.statement"
    _description = "Statement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "due_date desc, id desc"
    _rec_name = "points"
    _check_company_auto = True
    # The person it is about reads this one, and only this.
    _conceals_rows = False

    # sudo only: not even its number is shown to whom it is about.
    complaint_id = fields.Many2one(
        "edu.complaint",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        groups=NO_ACCESS,
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Asked of",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    asked_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    points = fields.Text(
        string="Points to answer",
        required=True,
        help="The person reads this and nothing else. Do not say who complained.",
    )
    due_date = fields.Date(string="Answer until", required=True)
    answer = fields.Text(string="Statement")
    answered_at = fields.Datetime(string="Answered on", readonly=True)
    answered_by_id = fields.Many2one(
        "res.users", string="Written down by", readonly=True
    )
    state = fields.Selection(STATES, compute="_compute_state", store=True)
    is_mine = fields.Boolean(
        string="Asked of me", compute="_compute_is_mine", search="_search_is_mine"
    )

    _answered_with_words = models.Constraint(
        "CHECK (answered_at IS NULL OR answer <> '')", "A statement has words."
    )

    @api.depends("answered_at")
    def _compute_state(self):
        for statement in self:
            statement.state = ANSWERED if statement.answered_at else ASKED

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for statement in self:
            statement.is_mine = statement.partner_id == self.env.user.partner_id

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("partner_id", "=", self.env.user.partner_id.id)]

    @api.depends("due_date")
    def _compute_display_name(self):
        for statement in self:
            day = fields.Date.to_string(statement.due_date) or ""
            statement.display_name = self.env._("Statement until %s", day)

    # ------------------------------------------------------------------ guards
    @api.constrains("complaint_id", "partner_id")
    def _check_concerned(self):
        for statement in self.sudo():  # sudo: what it belongs to is read by nobody
            concerned = statement.complaint_id.accused_partner_ids
            if statement.partner_id not in concerned:
                raise ValidationError(
                    self.env._("A statement is asked of somebody it is about.")
                )

    def write(self, vals):
        if not self.env.su:
            for statement in self:
                statement._check_may_write(vals.keys())
        return super().write(vals)

    def _check_may_write(self, names):
        self.ensure_one()
        if self.answered_at:
            raise UserError(self.env._("The statement was given: it stays as it is."))
        if "answer" in names and not self._may_answer():
            raise UserError(
                self.env._("%s has a login and answers alone.", self.partner_id.name)
            )
        user = self.env.user
        allowed = {"answer"}
        if user.has_group(GROUP_LEADER) and not self.is_mine:
            allowed |= {"points", "due_date"}
        if names - allowed:
            raise UserError(self.env._("Only the answer is yours to write."))

    def _may_answer(self):
        """Return whether it is the user's to answer, or of somebody without login."""
        self.ensure_one()
        # sudo: of the person no more than whether there is a login
        users = self.sudo().partner_id.user_ids
        return self.is_mine or all(users.mapped("share"))

    # ------------------------------------------------------------------ ask, answer
    def _ask(self):
        """Called by sudo: mail the points, and remind who has a login."""
        template = self.env.ref(TEMPLATE)
        for statement in self:
            statement.message_post_with_source(
                template,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                author_id=statement.company_id.partner_id.id,
                email_layout_xmlid="mail.mail_notification_light",
            )
            users = statement.partner_id.user_ids
            statement.with_context(mail_activity_quick_update=True).activity_schedule(
                TO_DO,
                date_deadline=statement.due_date,
                user_id=users.filtered(lambda user: not user.share)[:1].id,
            )

    def action_answer(self):
        """Give the statement; it is told to who handles the complaint."""
        self.check_access("write")
        for statement in self:
            statement._check_may_write({"answer"})
            if not (statement.answer or "").strip():
                raise UserError(self.env._("Write your statement first."))
        self._close(self.env.user)

    def _close(self, user):
        # sudo: past the guard, and into a complaint the person does not see
        for statement in self.sudo():
            statement.write(
                {"answered_at": fields.Datetime.now(), "answered_by_id": user.id}
            )
            statement.activity_unlink([TO_DO])
            complaint = statement.complaint_id.with_user(self.env.ref("base.user_root"))
            complaint._after_statement(statement)

    def message_update(self, msg_dict, update_vals=None):
        """The mail of the person asked is the answer, if there is none yet."""
        result = super().message_update(msg_dict, update_vals)
        body = msg_dict.get("body") or ""
        for statement in self.sudo():  # sudo: the gateway works for everybody
            author_id = msg_dict.get("author_id")
            if (
                statement.state == ASKED
                and author_id == statement.partner_id.id
                and not is_html_empty(body)
            ):
                statement.answer = html2plaintext(body).strip()
                statement._close(statement.partner_id.user_ids[:1])
        return result


class EduComplaint(models.Model):
    """The statements asked for, where a complaint is handled."""

    _inherit = "edu.complaint"

    statement_ids = fields.Many2many(
        "edu.complaint.statement",
        string="Statements",
        compute="_compute_statement_ids",
        groups=GROUP_AGENT,
    )

    @api.depends_context("uid")
    def _compute_statement_ids(self):
        # sudo: the field that links them is open to nobody
        statements = self.env["edu.complaint.statement"].sudo()
        found = statements.search([("complaint_id", "in", self._origin.ids)])
        seen = found.sudo(False)._filtered_access("read")
        for complaint in self:
            own = found.filtered(lambda s, c=complaint: s.complaint_id == c._origin)
            complaint.statement_ids = own.sudo(False) & seen

    def action_ask_statement(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a statement"),
            "res_model": "edu.complaint.statement.ask",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def _ask_statement(self, partner, points, due_date=None):
        """Ask one of those it is about; return the statement."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(GROUP_LEADER):
            raise UserError(self.env._("A leader asks for statements."))
        days = timedelta(days=DAYS)
        # sudo: nobody makes one but here
        statement = (
            self.env["edu.complaint.statement"]
            .sudo()
            .create(
                {
                    "complaint_id": self.id,
                    "partner_id": partner.id,
                    "points": points,
                    "due_date": due_date or self.company_id._edu_today() + days,
                }
            )
        )
        statement._ask()
        return statement.sudo(self.env.su)

    def _after_statement(self, statement):
        """Called as the system when a statement was given."""
        self.ensure_one()
        self._message_log(
            body=self.env._("%s gave a statement.", statement.partner_id.display_name)
        )
        if user := self._successor():
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                TO_DO,
                summary=self.env._("Read the statement"),
                user_id=user.id,
                date_deadline=self.company_id._edu_today(),
            )
