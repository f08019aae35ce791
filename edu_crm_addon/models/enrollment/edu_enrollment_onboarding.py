from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...const import GROUP_LEADER
from ...logic import onboarding as rule
from ...logic.enrollment import DRAFT, LIVE, ONBOARDING

_lt = LazyTranslate(__name__)

STEPS = {
    rule.DOCUMENTS: _lt("Documents"),
    rule.ACCOUNT: _lt("Account"),
    rule.SCHEDULE: _lt("Schedule"),
}
FACTS = (
    "document_ids.state",
    "document_ids.expires_on",
    "document_ids.document_type_id",
    "account_user_id.active",
    "schedule_sent_at",
    "is_waived",
)
# What an action stamps; import and RPC cannot.
STAMPED = frozenset(
    {
        "is_ready",
        "is_waived",
        "account_user_id",
        "account_invited_at",
        "schedule_sent_at",
        "is_schedule_outdated",
        "is_schedule_pending",
        "is_seat_news_pending",
    }
)


class EduEnrollment(models.Model):
    """What must be done before an enrollment begins; see ``logic/onboarding.py``."""

    _inherit = "edu.enrollment"

    is_ready = fields.Boolean(
        string="Onboarding complete",
        compute="_compute_is_ready",
        store=True,
        help="Every step that the settings require is done.",
    )
    is_waived = fields.Boolean(
        string="Begins without the rest",
        readonly=True,
        copy=False,
        help="A leader lets the learner begin although steps are missing.",
    )
    missing_steps = fields.Char(string="Still missing", compute="_compute_steps")
    has_documents = fields.Boolean(string="Documents done", compute="_compute_steps")
    has_account = fields.Boolean(string="Account done", compute="_compute_steps")
    is_told = fields.Boolean(string="Schedule done", compute="_compute_steps")
    # Documents
    document_ids = fields.One2many(
        "edu.enrollment.document", "enrollment_id", string="Documents", copy=False
    )
    missing_document_count = fields.Integer(
        string="Documents missing", compute="_compute_document_counts"
    )
    unchecked_document_count = fields.Integer(
        string="Documents to check", compute="_compute_document_counts"
    )

    @api.depends(*FACTS)
    def _compute_is_ready(self):
        missing = self._missing_codes()
        for enrollment in self:
            enrollment.is_ready = not missing[enrollment]

    @api.depends(*FACTS)
    @api.depends_context("lang")
    def _compute_steps(self):
        facts, missing = self._onboarding_facts(), self._missing_codes()
        for enrollment in self:
            todo = rule.open_steps(*facts[enrollment])
            enrollment.has_documents = rule.DOCUMENTS not in todo
            enrollment.has_account = rule.ACCOUNT not in todo
            enrollment.is_told = rule.SCHEDULE not in todo
            enrollment.missing_steps = ", ".join(
                self.env._(STEPS[code]) for code in missing[enrollment]
            )

    @api.depends("document_ids.state", "document_ids.expires_on")
    def _compute_document_counts(self):
        missing = self._count_documents(
            Domain("is_missing", "=", True)
            & Domain("document_type_id.is_required", "=", True)
        )
        unchecked = self._count_documents(Domain("state", "=", rule.UPLOADED))
        for enrollment in self:
            key = enrollment._origin.id
            enrollment.missing_document_count = missing.get(key, 0)
            enrollment.unchecked_document_count = unchecked.get(key, 0)

    def _count_documents(self, domain):
        rows = self.env["edu.enrollment.document"]._read_group(
            Domain("enrollment_id", "in", self._origin.ids) & domain,
            ["enrollment_id"],
            ["__count"],
        )
        return {enrollment.id: count for enrollment, count in rows}

    # ------------------------------------------------------------------ create, write
    @api.model_create_multi
    def create(self, vals_list):
        given = {name.removeprefix("default_") for name in self.env.context}
        if not self.env.su and any(
            not STAMPED.isdisjoint({*v, *given}) for v in vals_list
        ):
            raise self._stamp_error()
        enrollments = super().create(vals_list)
        enrollments._make_documents()
        enrollments._link_accounts()
        # Now rather than later: one UPDATE then does for this and for the first state.
        enrollments._recompute_recordset(["is_ready"])
        return enrollments

    def write(self, vals):
        if not self.env.su and not STAMPED.isdisjoint(vals):
            raise self._stamp_error()
        moved = self.browse()
        if "learner_id" in vals:
            moved = self.filtered(lambda e: e.learner_id.id != vals["learner_id"])
            # sudo: whose documents these are is no longer who learns
            moved.sudo().document_ids.unlink()
        result = super().write(vals)
        if moved:
            moved._forget_learner()
        if moved or "course_id" in vals:
            self._make_documents()
            self._roll()
        return result

    def _forget_learner(self):
        """What was told and who was invited belonged to another learner."""
        # sudo: stamped here only
        self.sudo().write(
            {
                "account_user_id": False,
                "account_invited_at": False,
                "schedule_sent_at": False,
                "is_waived": False,
            }
        )
        self._link_accounts()
        self._queue_schedule()

    def unlink(self):
        """PostgreSQL would delete the documents and leave their files behind."""
        # sudo: who may delete the enrollment deletes what only it asked for
        self.sudo().document_ids.unlink()
        return super().unlink()

    def _stamp_error(self):
        return UserError(
            self.env._("The steps of the onboarding are stamped by their buttons only.")
        )

    # ------------------------------------------------------------------ actions
    def action_waive(self):
        """Let those begin who lack a step; a leader answers for it."""
        self._check_leader()
        waived = self.filtered(lambda e: e.state in LIVE and not e.is_ready)
        for enrollment in waived:
            enrollment._message_log(
                body=self.env._(
                    "Begins without: %(steps)s.", steps=enrollment.missing_steps
                )
            )
        # sudo: stamped by this button only
        waived.sudo().is_waived = True
        waived._roll()

    def action_require_again(self):
        """Take that back."""
        self._check_leader()
        self.sudo().is_waived = False  # sudo: as in `action_waive`

    def _check_leader(self):
        self.check_access("write")
        if not self.env.user.has_group(GROUP_LEADER):
            raise UserError(self.env._("A team leader decides that."))

    # ------------------------------------------------------------------ steps
    def _onboarding_facts(self):
        """Gather ``{enrollment: (Facts, today)}`` for the whole batch."""
        # sudo: whether a step is done does not depend on who asks
        enrollments = self.sudo()
        days = {company: company._edu_today() for company in enrollments.company_id}
        return {
            enrollment: (
                rule.Facts(
                    documents=tuple(d._facts() for d in enrollment.document_ids),
                    has_account=enrollment.account_user_id.active,
                    is_told=bool(enrollment.schedule_sent_at),
                    is_waived=enrollment.is_waived,
                ),
                days[enrollment.company_id],
            )
            for enrollment in enrollments
        }

    def _missing_codes(self):
        """Return ``{enrollment: codes of the required steps that are not done}``."""
        required = {
            company: company._edu_required_steps()
            for company in self.sudo().company_id  # sudo: it is no secret
        }
        return {
            enrollment: rule.missing(facts, required[enrollment.company_id], today)
            for enrollment, (facts, today) in self._onboarding_facts().items()
        }

    def _missing_steps(self):
        """Return names of the required steps that are not done yet."""
        self.ensure_one()
        return [self.env._(STEPS[code]) for code in self._missing_codes()[self]]

    def _review_onboarding(self):
        """Look again at what no field says: the settings and the calendar."""
        self.env.add_to_compute(self._fields["is_ready"], self)
        self._roll()

    @api.model
    def _cron_roll(self):
        """A document may have expired before the course began."""
        expired = self.env["edu.enrollment.document"]._expired_domain()
        self.search(
            Domain("state", "in", (DRAFT, ONBOARDING))
            & Domain("is_ready", "=", True)
            & Domain("document_ids", "any", expired)
        )._review_onboarding()
        return super()._cron_roll()

    # ------------------------------------------------------------------ documents
    def _family_documents(self, person):
        """Return the documents if ``person`` is the learner or a guardian.

        An organization that pays sees the enrollment, not the papers of a learner.
        """
        self.ensure_one()
        enrollment = self.sudo()  # sudo: portal users have no right on documents
        if person not in enrollment._contacts():
            return enrollment.document_ids.browse()
        return enrollment.document_ids

    def _make_documents(self):
        """Ask for what the course asks for; safe to repeat.

        Rows of another course go while nothing was handed in.
        """
        documents = self.env["edu.enrollment.document"].sudo()
        # sudo: the rows follow the course, whoever enrolls
        wanted = {
            enrollment: enrollment.course_id.product_tmpl_id.edu_document_type_ids
            for enrollment in self.sudo()
        }
        if not any(wanted.values()) and not self.sudo().document_ids:
            return
        known = self.sudo().document_ids
        known.filtered(
            lambda d: (
                d.state == rule.MISSING
                and d.document_type_id not in wanted[d.enrollment_id]
            )
        ).unlink()
        have = {(d.enrollment_id, d.document_type_id) for d in known.exists()}
        vals_list = [
            {"enrollment_id": enrollment.id, "document_type_id": kind.id}
            for enrollment, kinds in wanted.items()
            for kind in kinds
            if (enrollment, kind) not in have
        ]
        documents.create(vals_list)._reuse()
