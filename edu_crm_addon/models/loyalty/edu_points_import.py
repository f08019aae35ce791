import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import GROUP_LEADER
from ...logic import points_file
from .edu_points_import_line import BOOKED, FAILED

DRAFT, DONE = "draft", "done"
STATES = [(DRAFT, "To read"), (DONE, "Read")]


class EduPointsImport(models.Model):
    """A file in which a partner firm reports points; read once, its errors are listed.

    A corrected file is a new one: what was booked before is left out.
    """

    _name = "edu.points.import"
    _description = "Points from a partner"
    _order = "id desc"
    _rec_name = "file_name"

    program_id = fields.Many2one(
        "loyalty.program",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("edu_mode", "in", ("alliance_points", "cobranded_affinity_card"))],
        default=lambda self: self.env.company.edu_member_program_id,
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, index=True
    )
    firm_id = fields.Many2one(
        "res.partner", string="Partner firm", required=True, ondelete="restrict"
    )
    file = fields.Binary(
        required=True,
        attachment=True,
        help="CSV with the columns id, card, points and, if known, date.",
    )
    file_name = fields.Char()
    state = fields.Selection(STATES, required=True, default=DRAFT, readonly=True)
    line_ids = fields.One2many(
        "edu.points.import.line", "import_id", string="Lines", readonly=True
    )
    booked_count = fields.Integer(string="Booked", readonly=True)
    known_count = fields.Integer(string="Booked before", readonly=True)
    error_count = fields.Integer(string="Errors", readonly=True)

    @api.constrains("program_id", "firm_id")
    def _check_firm(self):
        for record in self:
            record.program_id._edu_check_partner(record.firm_id)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            given = {"state", "booked_count", "known_count", "error_count"}
            vals_list = [
                {name: value for name, value in vals.items() if name not in given}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and any(record.state == DONE for record in self):
            raise UserError(self.env._("A file that was read stays as it is."))
        if not self.env.su and "state" in vals:
            raise UserError(self.env._("Press the button that reads the file."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_read(self):
        if any(record.state == DONE for record in self):
            raise UserError(self.env._("A file that was read stays as it is."))

    def action_read(self):
        """Book what is new in the file and list what is wrong."""
        self.ensure_one()
        self.check_access("write")
        self._check_may_report()
        # sudo: members of all teams are in the file; nobody books by hand
        self.sudo().try_lock_for_update().filtered(lambda r: r.state == DRAFT)._read()

    @api.model
    def _check_may_report(self):
        if not self.env.user.has_group(GROUP_LEADER):
            raise UserError(self.env._("Only leaders enter the points of partners."))

    def _read(self):
        for record in self:
            rows, problems = points_file.read(base64.b64decode(record.file))
            lines = self.env["edu.points.import.line"]
            known = lines._known(
                record.program_id, record.firm_id, {row.external_id for row in rows}
            )
            new = [row for row in rows if row.external_id not in known]
            made = lines._report(
                record.program_id, record.firm_id, new, import_id=record.id
            ) | record._list_problems(problems)
            record.write(
                {
                    "state": DONE,
                    "booked_count": len(made.filtered(lambda r: r.state == BOOKED)),
                    "known_count": len(rows) - len(new),
                    "error_count": len(made.filtered(lambda r: r.state == FAILED)),
                }
            )

    def _list_problems(self, problems):
        words = {
            points_file.NO_COLUMN: self.env._(
                "The columns id, card and points are needed."
            ),
            points_file.TOO_LONG: self.env._("More than 10,000 lines: split the file."),
            points_file.NO_ID: self.env._("There is no number of the partner."),
            points_file.NO_CARD: self.env._("There is no card number."),
            points_file.BAD_POINTS: self.env._("Points are a number that is not 0."),
            points_file.BAD_DATE: self.env._("The day is written as 2026-01-31."),
            points_file.TWICE: self.env._("This number stands in the file before."),
        }
        return self.env["edu.points.import.line"].create(
            [
                {
                    "import_id": self.id,
                    "program_id": self.program_id.id,
                    "firm_id": self.firm_id.id,
                    "line": problem.line,
                    "state": FAILED,
                    "error": words[problem.code],
                }
                for problem in problems
            ]
        )
