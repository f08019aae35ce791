import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import GROUP_MANAGER
from ...logic import contract as rule
from .edu_contract import TO_SIGN

_logger = logging.getLogger(__name__)

JOB = "contract_pdf"
CRON = "edu_crm_addon.ir_cron_contract_archive"
REPORT = "edu_crm_addon.edu_contract_report"


class EduContract(models.Model):
    """The archived PDF of a signed version, and the proof that it is still the same."""

    _inherit = "edu.contract"

    attachment_id = fields.Many2one(
        "ir.attachment",
        string="PDF",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    pdf_sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    archived_at = fields.Datetime(string="Archived on", readonly=True, copy=False)
    is_pending = fields.Boolean(
        string="PDF pending", compute="_compute_is_pending", search="_search_is_pending"
    )
    is_intact = fields.Boolean(
        string="Intact",
        compute="_compute_is_intact",
        help="The archived file and the facts are those that were signed.",
    )
    tampered_at = fields.Datetime(
        string="Found altered on", readonly=True, copy=False, tracking=True
    )

    @api.depends("state", "attachment_id")
    def _compute_is_pending(self):
        for contract in self:
            contract.is_pending = (
                contract.state != TO_SIGN and not contract.attachment_id
            )

    @api.model
    def _search_is_pending(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "!=", TO_SIGN) & Domain("attachment_id", "=", False)

    @api.depends("attachment_id", "pdf_sha256", "facts", "facts_digest")
    def _compute_is_intact(self):
        for contract in self:
            contract.is_intact = contract._read_intact() is not None

    # ------------------------------------------------------------------ actions
    def action_open_pdf(self):
        """Open the archived file, if it is still the one that was signed."""
        self.ensure_one()
        if self.is_pending:
            self.action_make_pdf()
        if self._verify() is None:
            return self._notification(self._tampered_text(), "danger")
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/contracts/{self.id}/pdf",
            "target": "new",
        }

    def action_verify(self):
        """Say whether file and facts are those that were signed."""
        self.ensure_one()
        if self._verify() is None:
            return self._notification(self._tampered_text(), "danger")
        return self._notification(
            self.env._("Contract %s is as it was signed.", self.name), "success"
        )

    def action_make_pdf(self):
        """Archive the PDF that could not be made when the contract was signed."""
        self.check_access("read")
        # sudo: whoever may read the contract may have its file made, once
        self.sudo().filtered("is_pending")._archive()

    def _notification(self, message, kind):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": kind,
                "sticky": kind == "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------------ archive
    def _after_signed(self):
        self._try_archive()
        return super()._after_signed()

    def _try_archive(self):
        """Make the PDF now; a signature never fails because of it."""
        if not self.pool.ready:
            # While data is loaded no server answers for the styles of the report.
            self.env.ref(CRON)._trigger()
            return
        try:
            with self.env.cr.savepoint():
                self._archive()
        except Exception:
            _logger.info("PDF of %s is made later", self, exc_info=True)
            self.env.ref(CRON)._trigger()

    def _archive(self):
        for contract in self:
            content = contract._render()
            attachment = self.env["ir.attachment"].create(
                {
                    "name": f"{contract.name}.pdf",
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": contract._name,
                    "res_id": contract.id,
                }
            )
            contract.write(
                {
                    "attachment_id": attachment.id,
                    "pdf_sha256": rule.fingerprint(content),
                    "archived_at": fields.Datetime.now(),
                }
            )

    def _render(self):
        """Return the bytes of the PDF; its text is the same in every language."""
        self.ensure_one()
        # sudo: whoever signs or reads the contract has its file made
        report = self.env["ir.actions.report"].sudo().with_context(lang="en_US")
        content, kind = report._render_qweb_pdf(REPORT, self.ids)
        if kind != "pdf":
            raise UserError(self.env._("The PDF cannot be made here."))
        return content

    @api.model
    def _cron_archive(self):
        pending = self.search([("is_pending", "=", True)], order="id")
        step = type(self)._archive
        return self.env["edu.job.failure"]._run_job(JOB, pending, step, size=20)

    # ------------------------------------------------------------------ proof
    def _read_intact(self):
        """Return the archived bytes, empty while pending; None if they are others."""
        self.ensure_one()
        contract = self.sudo()  # sudo: the answer tells nothing of the content
        if contract.facts_digest != rule.digest(contract.facts or {}):
            return None
        # A form asks for sizes instead of contents.
        attachment = contract.attachment_id.with_context(bin_size=False)
        if not attachment:
            return b""
        attachment.invalidate_recordset(["raw"])
        content = attachment.raw or b""
        return content if rule.fingerprint(content) == contract.pdf_sha256 else None

    def _verify(self):
        """Return what `_read_intact` does, and report an altered file, once."""
        content = self._read_intact()
        if content is None and not self.tampered_at:
            self.sudo()._report_tampering()  # sudo: by whoever found it
        return content

    def _tampered_text(self):
        return self.env._(
            "The archived contract %s is not the one that was signed. It has been "
            "altered; the management has been informed.",
            self.name,
        )

    def _report_tampering(self):
        self.tampered_at = fields.Datetime.now()
        self.message_post(body=self._tampered_text())
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("Altered contract"),
            note=Markup("<p>%s</p>") % self._tampered_text(),
            user_id=self._guard().id,
        )

    def _guard(self):
        """Return who is told first: the team leader, else a manager of the company."""
        leader = self.order_id.team_id.user_id
        if leader and leader.has_group(GROUP_MANAGER):
            return leader
        managers = self.env.ref(GROUP_MANAGER).all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        people = managers - self.env.ref("base.user_root")
        return people.sorted("id")[:1] or self.env.ref("base.user_admin")

    # ------------------------------------------------------------------ text
    def _document(self):
        """Return the facts as the templates print them, HTML marked as such."""
        self.ensure_one()
        facts = self.sudo().facts  # sudo: printed for whoever may see the contract
        texts = {line["id"]: line for line in facts["lines"]}
        return {
            **facts,
            "rules": {code: Markup(text) for code, text in facts["rules"].items()},
            "note": Markup(facts["note"]),
            "lines": [
                {**self._printed(terms), **texts[terms["id"]]}
                for terms in facts["terms"]["lines"]
            ],
        }

    def _signed_moment(self):
        """Return when it was signed, by the clock of the school."""
        self.ensure_one()
        company = self.company_id.sudo()  # sudo: everybody may know what time it is
        zone = company.resource_calendar_id.tz or company.partner_id.tz or "UTC"
        moment = fields.Datetime.context_timestamp(
            self.with_context(tz=zone), self.signed_at
        )
        return f"{moment:%Y-%m-%d %H:%M} ({zone})"

    @api.model
    def _printed(self, terms):
        """Take apart what is compared as one text."""
        length, unit = (terms.get("term") or " ").split(" ")
        lessons, gift = (terms.get("lessons") or "0+0").split("+")
        return {
            **terms,
            "length": length,
            "unit": unit,
            "lessons": lessons,
            "gift": gift,
        }
