from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

ADJUST = "adjust"
MANUAL = "manual"
PERFORMANCE = "performance"
PURPOSES = [
    (MANUAL, "Award by hand"),
    (PERFORMANCE, "Outstanding performance"),
    (ADJUST, "Correction"),
]
WAITING, DONE, REJECTED, WITHDRAWN = "waiting", "done", "rejected", "withdrawn"
STATES = [
    (WAITING, "To approve"),
    (DONE, "Booked"),
    (REJECTED, "Rejected"),
    (WITHDRAWN, "Withdrawn"),
]
# Who asks says these, once; the rest follows.
ASKED = ("partner_id", "purpose", "points", "reason", "evidence", "attachment_ids")
# Nobody writes these: what was asked for, and what the buttons note.
FACTS = frozenset(ASKED) | {
    "member_id",
    "program_id",
    "company_id",
    "user_id",
    "state",
    "requested_by_id",
    "approved_by_id",
    "decided_at",
}


class EduPointsApproval(models.Model):
    """Points that a person gives or takes, with the reason, and who agreed.

    The wizard makes one for each contact. What is within the limit of the program is
    booked at once; more waits for a manager who neither asked nor gets the points. What
    was asked for stays as it is: this is what the movement in the ledger refers to.
    """

    _name = "edu.points.approval"
    _description = "Points by hand"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True
    # Who asks may answer the manager, though nothing else is written.
    _mail_post_access = "read"

    # What is asked for
    partner_id = fields.Many2one(
        "res.partner",
        string="For",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    member_id = fields.Many2one(
        "res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="On whose card the points are: in a family wallet, who pays.",
    )
    program_id = fields.Many2one(
        "loyalty.program", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        related="partner_id.user_id",
        related_sudo=False,
        store=True,
        index="btree_not_null",
    )
    purpose = fields.Selection(PURPOSES, required=True, readonly=True)
    points = fields.Integer(required=True, readonly=True)
    reason = fields.Char(
        required=True, readonly=True, help="The member reads it with the points."
    )
    evidence = fields.Text(readonly=True, help="For the staff only.")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "edu_points_approval_attachment_rel",
        "approval_id",
        "attachment_id",
        string="Documents",
        readonly=True,
    )
    # Who decided
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default=WAITING,
        tracking=True,
        group_expand=True,
    )
    requested_by_id = fields.Many2one(
        "res.users",
        string="Requested by",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
    )
    approved_by_id = fields.Many2one(
        "res.users",
        string="Approved by",
        readonly=True,
        help="Empty: the points needed no approval.",
    )
    decided_at = fields.Datetime(string="Decided on", readonly=True)
    answer = fields.Char(string="Why not", help="Needed to reject it.")

    _moves = models.Constraint("CHECK (points <> 0)", "Say how many points.")
    _awards = models.Constraint(
        "CHECK (points > 0 OR purpose = 'adjust')",
        "Only a correction takes points away.",
    )
    _approved_by_another = models.Constraint(
        "CHECK (approved_by_id <> requested_by_id)",
        "Nobody approves what one asked for oneself.",
    )
    _explained = models.Constraint(
        "CHECK (btrim(reason) <> '')", "Say what the points are for."
    )
    _rejected_explained = models.Constraint(
        "CHECK (state <> 'rejected' OR COALESCE(btrim(answer), '') <> '')",
        "Say why the points are not given.",
    )
    _free_idx = models.Index(
        "(member_id, decided_at) WHERE state = 'done' AND approved_by_id IS NULL"
    )

    # ------------------------------------------------------------------ constraints
    @api.constrains("purpose", "evidence", "attachment_ids")
    def _check_evidence(self):
        for approval in self.filtered(lambda a: a.purpose == PERFORMANCE):
            if not (approval.evidence or "").strip() and not approval.attachment_ids:
                raise ValidationError(
                    self.env._(
                        "Outstanding performance is shown by words or a document."
                    )
                )

    # ------------------------------------------------------------------ guards
    @api.model_create_multi
    def create(self, vals_list):
        """Whoever asks says what for; who asked and the state nobody says."""
        if self.env.su:
            return super().create(vals_list)
        company = self.env.company
        program = company.sudo().edu_member_program_id  # sudo: which one is no secret
        if not program:
            raise UserError(
                self.env._("Choose the member program in the settings first.")
            )
        given = {
            "company_id": company.id,
            "program_id": program.id,
            "requested_by_id": self.env.uid,
            "state": WAITING,
            "member_id": False,
            "approved_by_id": False,
            "decided_at": False,
            "answer": False,
        }
        asked = [
            {**{n: vals[n] for n in ASKED if n in vals}, **given} for vals in vals_list
        ]
        return super().create(asked)

    def write(self, vals):
        if not self.env.su and FACTS & vals.keys():
            raise AccessError(
                self.env._(
                    "What was asked for stays as it is: withdraw it, and ask again."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self.env.su:
            raise AccessError(self.env._("Points by hand stay on record."))
