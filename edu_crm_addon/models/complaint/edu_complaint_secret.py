from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import hmac, ormcache

from ...const import GROUP_LEADER
from ...logic import secret_code

SCOPE = "edu-complaint-code"
# What tells who complained.
IDENTITY = ("partner_id", "partner_name", "phone", "email_from", "payer_id")
# Verified when there is nothing to verify, so that it takes as long.
NOBODY = "2222-2222-2222"


class EduComplaint(models.Model):
    """Anonymous complaints: nobody knows who made them, and it stays so.

    Whoever made one follows it by its number and a code that was shown once; only a
    hash of it is stored. Five wrong codes lock it for a while. Nothing says whether a
    number exists, a code was wrong or it is locked. Only a leader may find out who it
    was and say so; the history tells.
    """

    _inherit = "edu.complaint"

    code_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    code_tries = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)
    code_locked_until = fields.Datetime(
        readonly=True, copy=False, groups=fields.NO_ACCESS
    )

    def write(self, vals):
        if not self.env.su:
            self._check_stays_anonymous(vals)
        return super().write(vals)

    def _check_stays_anonymous(self, vals):
        named = any(vals.get(name) for name in IDENTITY)
        if not named and vals.get("is_anonymous", True):
            return
        if self.env.user.has_group(GROUP_LEADER):
            return
        for complaint in self:
            if complaint.is_anonymous:
                raise UserError(
                    self.env._(
                        "%s is anonymous: only a leader may say who it was.",
                        complaint.name,
                    )
                )

    # ------------------------------------------------------------------ code
    @api.model
    def _secret_code(self, nonce):
        """Return the code of the form with this random number.

        Nothing else than the form knows the number, so the code is not stored anywhere;
        a form that is sent twice gets the same one.
        """
        # sudo: to read the secret of the database
        digest = hmac(self.env(su=True), SCOPE, nonce)
        return secret_code.spell(bytes.fromhex(digest))

    def _set_code(self, code):
        context = self.env["res.users"].sudo()._crypt_context()
        # sudo: nobody reads or writes the hash
        self.sudo().code_hash = context.hash(secret_code.normalize(code))

    @api.model
    def _open_by_code(self, number, code, company):
        """Return the anonymous complaint that the code opens (superuser), or none."""
        complaint = self.sudo().search(  # sudo: the code is the right
            [
                ("name", "=", (number or "").strip().upper()),
                ("company_id", "=", company.id),
                ("is_anonymous", "=", True),
                ("code_hash", "!=", False),
            ]
        )
        is_free = complaint and complaint._lock_code()
        is_right = complaint._verify_code(code or "")
        if not is_free:
            return complaint.browse()
        if not is_right:
            complaint._count_wrong_code()
            return complaint.browse()
        if complaint.code_tries:
            complaint.code_tries = 0
        return complaint

    def _lock_code(self):
        """Return whether it may be tried now: one at a time, and not while locked."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            return False
        self.invalidate_recordset(["code_hash", "code_tries", "code_locked_until"])
        until = self.code_locked_until
        return not until or until <= fields.Datetime.now()

    def _verify_code(self, code):
        context = self.env["res.users"].sudo()._crypt_context()
        stored = self.code_hash or self._nobodys_hash()
        typed = secret_code.normalize(code[:100])
        return context.verify(typed, stored) and bool(self)

    @api.model
    @ormcache()
    def _nobodys_hash(self):
        return self.env["res.users"].sudo()._crypt_context().hash(NOBODY)

    def _count_wrong_code(self):
        now = fields.Datetime.now()
        tries, until = secret_code.after_wrong(self.code_tries, now)
        self.write({"code_tries": tries, "code_locked_until": until})
