import base64
import binascii
import os

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import human_size
from odoo.tools.mimetypes import guess_mimetype

from ...logic import onboarding as rule
from ...logic.enrollment import LIVE
from ...logic.upload import MAX_BYTES, is_allowed

STATES = [
    (rule.MISSING, "Missing"),
    (rule.UPLOADED, "To check"),
    (rule.ACCEPTED, "Accepted"),
    (rule.REJECTED, "Rejected"),
]
# Decided by an action or by the file, never typed or imported.
DECIDED = frozenset(
    {
        "state",
        "uploaded_at",
        "uploaded_by_id",
        "checked_at",
        "checked_by_id",
        "reused_id",
        "reminded_at",
    }
)
FIXED = frozenset({"enrollment_id", "document_type_id"})
NAME_LENGTH = 120


class EduEnrollmentDocument(models.Model):
    """One document that one enrollment asks for, with the file once it is there.

    The enrollment makes the rows of its course. The family or an agent uploads the file
    (missing, rejected -> uploaded), an agent accepts or rejects it. What was accepted
    may expire; then it is missing again. A document accepted for another enrollment of
    the same learner is taken over; one of a sibling never is.
    """

    _name = "edu.enrollment.document"
    _description = "Document of an enrollment"
    _order = "enrollment_id desc, document_type_id, id"
    _rec_name = "document_type_id"

    enrollment_id = fields.Many2one(
        "edu.enrollment", required=True, index=True, ondelete="cascade"
    )
    document_type_id = fields.Many2one(
        "edu.document.type",
        string="Document",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        related="enrollment_id.company_id",
        related_sudo=False,
        store=True,
        precompute=True,
        index=True,
    )
    learner_id = fields.Many2one(
        "res.partner", related="enrollment_id.learner_id", related_sudo=False
    )
    is_required = fields.Boolean(
        related="document_type_id.is_required", related_sudo=False
    )
    state = fields.Selection(STATES, required=True, default=rule.MISSING, copy=False)
    # File
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char(string="File name", copy=False)
    uploaded_at = fields.Datetime(string="Uploaded on", readonly=True, copy=False)
    uploaded_by_id = fields.Many2one(
        "res.users",
        string="Uploaded by",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    # Check
    checked_at = fields.Datetime(string="Checked on", readonly=True, copy=False)
    checked_by_id = fields.Many2one(
        "res.users",
        string="Checked by",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    reject_reason = fields.Char(
        string="Reason", copy=False, help="Told to the family when it is rejected."
    )
    expires_on = fields.Date(
        string="Valid until",
        copy=False,
        help="Last day; follows from the type of document when nothing is typed.",
    )
    reused_id = fields.Many2one(
        "edu.enrollment.document",
        string="Taken over from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    is_expired = fields.Boolean(
        string="Expired", compute="_compute_is_expired", search="_search_is_expired"
    )
    is_missing = fields.Boolean(
        string="To hand in",
        compute="_compute_is_expired",
        search="_search_is_missing",
        help="Missing, rejected or expired: the family has to hand it in.",
    )
    reminded_at = fields.Datetime(string="Reminded on", readonly=True, copy=False)

    _enrollment_type_unique = models.Constraint(
        "UNIQUE (enrollment_id, document_type_id)",
        "This enrollment asks for the document already.",
    )
    _state_idx = models.Index("(state, company_id)")
    _expiry_idx = models.Index("(expires_on) WHERE state = 'accepted'")

    @api.depends("document_type_id", "enrollment_id")
    def _compute_display_name(self):
        for document in self:
            parts = (document.document_type_id.name, document.enrollment_id.name)
            document.display_name = " · ".join(filter(None, parts))

    @api.depends("state", "expires_on", "company_id")
    def _compute_is_expired(self):
        today = self._today()
        for document in self:
            day = today.get(document.company_id) or fields.Date.today()
            expired = document._facts().is_expired(day)
            document.is_expired = expired
            document.is_missing = expired or document.state in (
                rule.MISSING,
                rule.REJECTED,
            )

    @api.model
    def _search_is_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._expired_domain()

    @api.model
    def _search_is_missing(self, operator, value):
        if operator != "in":
            return NotImplemented
        handed_in = Domain("state", "not in", (rule.MISSING, rule.REJECTED))
        return ~handed_in | self._expired_domain()

    @api.model
    def _expired_domain(self, days=0):
        """Return what is expired at its company, or will be in ``days`` days."""
        # sudo: what day it is there is no secret
        companies = self.env["res.company"].sudo().search([("id", "!=", 0)])
        return Domain("state", "=", rule.ACCEPTED) & Domain.OR(
            Domain("company_id", "in", same_day.ids)
            & Domain("expires_on", "<", fields.Date.add(today, days=days))
            for today, same_day in companies.grouped(
                lambda company: company._edu_today()
            ).items()
        )

    def _today(self):
        """Return ``{company: its date}`` of these documents."""
        # sudo: what day it is there is no secret
        return {company: company._edu_today() for company in self.sudo().company_id}

    def _facts(self):
        self.ensure_one()
        return rule.Document(
            state=self.state,
            is_required=self.is_required,
            expires_on=self.expires_on or None,
        )

    # ------------------------------------------------------------------ create, write
    @api.model_create_multi
    def create(self, vals_list):
        defaults = {f"default_{name}" for name in DECIDED}
        if not self.env.su and (
            any(not DECIDED.isdisjoint(vals) for vals in vals_list)
            or not defaults.isdisjoint(self.env.context)
        ):
            raise self._decided_error()
        return super().create(
            [
                {**vals, **self._file_vals(vals)} if vals.get("file") else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if not self.env.su and not (DECIDED | FIXED).isdisjoint(vals):
            raise self._decided_error()
        if "file" in vals:
            vals = {**vals, **self._file_vals(vals)}
        result = super().write(vals)
        if vals.get("file"):
            self._after_upload()
        return result

    def _decided_error(self):
        return UserError(
            self.env._(
                "Whether a document is missing, accepted or rejected follows from its "
                "file and from the buttons; it cannot be set directly."
            )
        )

    def _file_vals(self, vals):
        """Return what a new file, or its removal, says about the document."""
        fresh = {
            "checked_at": False,
            "checked_by_id": False,
            "reject_reason": False,
            "reused_id": False,
            "reminded_at": False,
            "expires_on": vals.get("expires_on", False),
        }
        if not vals["file"]:
            return {
                **fresh,
                "state": rule.MISSING,
                "file_name": False,
                "uploaded_at": False,
                "uploaded_by_id": False,
            }
        self._check_file(self._decode(vals["file"]))
        return {
            **fresh,
            "state": rule.UPLOADED,
            "uploaded_at": fields.Datetime.now(),
            "uploaded_by_id": self.env.uid,
        }

    @api.model
    def _decode(self, encoded):
        try:
            return base64.b64decode(encoded)
        except (binascii.Error, ValueError):
            return b""

    @api.model
    def _check_file(self, content):
        """Refuse what is empty, too large or not one of the kinds a family hands in."""
        if not content:
            raise ValidationError(self.env._("The file is empty."))
        if len(content) > MAX_BYTES:
            raise ValidationError(
                self.env._(
                    "The file is larger than %(limit)s. Please make it smaller.",
                    limit=human_size(MAX_BYTES),
                )
            )
        if not is_allowed(guess_mimetype(content), content):
            raise ValidationError(
                self.env._("Please upload a PDF file or a picture (JPG, PNG, HEIC).")
            )

    # ------------------------------------------------------------------ the family
    def _upload(self, filename, content):
        """Take a file from the family; the one entry of the portal.

        :param str filename: as the browser says; only its last part is kept
        :param bytes content: the file
        """
        self.ensure_one()
        if not self._can_upload():
            raise UserError(
                self.env._("This document is not needed now: nothing was changed.")
            )
        self._check_file(content or b"")
        name = os.path.basename((filename or "").replace("\\", "/").replace("\0", ""))
        self.write(
            {
                "file": base64.b64encode(content),
                "file_name": name[-NAME_LENGTH:] or self.document_type_id.name,
            }
        )

    def _can_upload(self):
        """Tell whether the family may hand it in: not while a valid one is there."""
        self.ensure_one()
        if self.enrollment_id.state not in LIVE:
            return False
        if self.state != rule.ACCEPTED or not self.expires_on:
            return self.state != rule.ACCEPTED
        days = max(self.company_id.edu_document_expiry_days, 0)
        today = self._today()[self.company_id]
        return self.expires_on < fields.Date.add(today, days=days)

    # ------------------------------------------------------------------ hooks
    def _after_upload(self):
        """Note who handed in what in the history of the enrollment."""
        self._log(self.env._("Document uploaded: %s"))

    def _log(self, text):
        # sudo: a note of what was done, in the name of who did it
        enrollments = self.sudo().grouped("enrollment_id")
        self.env["edu.enrollment"].union(*enrollments).sudo()._message_log_batch(
            {
                enrollment.id: text
                % ", ".join(documents.document_type_id.mapped("name"))
                for enrollment, documents in enrollments.items()
            }
        )
