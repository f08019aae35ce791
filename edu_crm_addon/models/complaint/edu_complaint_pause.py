from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import complaint as steps
from .working_time import WorkingTime

# Until here the customer may keep us waiting.
PAUSED_IN = steps.STEPS[: steps.STEPS.index(steps.FEEDBACK)]
TYPED = {"complaint_id", "reason", "to_at"}


class EduComplaintPause(models.Model):
    """One time in which we waited for the customer: decisions need not come in it.

    It begins when it is made and ends by itself after the company's maximum, or earlier
    by the button. Acknowledgements and reports of progress are owed all the same, and
    a matter of safety is never paused.
    """

    _name = "edu.complaint.pause"
    _description = "Pause of a complaint"
    _order = "from_at, id"
    _rec_name = "reason"
    _check_company_auto = True

    complaint_id = fields.Many2one(
        "edu.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, related_sudo=False
    )
    reason = fields.Char(required=True, help="What we wait for.")
    from_at = fields.Datetime(
        string="Paused from",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    to_at = fields.Datetime(
        string="Paused until",
        required=True,
        compute="_compute_to_at",
        store=True,
        readonly=False,
        precompute=True,
        help="Empty: for as long as the company allows. It can be ended earlier.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Paused by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )

    _ends_after_it_begins = models.Constraint(
        "CHECK (to_at >= from_at)", "A pause ends after it begins."
    )
    _reason_given = models.Constraint(
        "CHECK (reason <> '')", "Say what the complaint waits for."
    )
    # Ranges of one number stand for equality, which spares an extension of PostgreSQL.
    _once_at_a_time = models.Constraint(
        "EXCLUDE USING gist (int4range(complaint_id, complaint_id, '[]') WITH &&,"
        " tsrange(from_at, to_at) WITH &&)",
        "This complaint is paused already.",
    )

    @api.depends("complaint_id", "from_at")
    def _compute_to_at(self):
        for pause in self:
            if not pause.to_at and pause.complaint_id and pause.from_at:
                pause.to_at = pause._latest_end()

    def _latest_end(self):
        """Return the end of the longest pause the company allows."""
        self.ensure_one()
        complaint = self.complaint_id.sudo()  # sudo: the terms hold for everybody
        company = complaint.company_id
        return WorkingTime(self.env).latest_resumption(
            complaint.team_id._calendar_for(company),
            company,
            self.from_at,
            company.edu_complaint_pause_days,
        )

    # ------------------------------------------------------------------ checks
    @api.constrains("complaint_id", "from_at", "to_at")
    def _check_length(self):
        for pause in self:
            if pause.to_at > pause._latest_end():
                raise ValidationError(
                    self.env._(
                        "A pause lasts %(days)s working days at most.",
                        days=pause.company_id.edu_complaint_pause_days,
                    )
                )

    def _check_may_pause(self):
        for complaint in self.complaint_id:
            if complaint.is_safety:
                raise UserError(
                    self.env._("A matter of safety or law does not wait: no pause.")
                )
            if complaint.state not in PAUSED_IN:
                raise UserError(
                    self.env._("Only a complaint that is being handled can be paused.")
                )

    # ------------------------------------------------------------------ changes
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # Nor by a default from the context.
            given = {"from_at": fields.Datetime.now(), "user_id": self.env.uid}
            vals_list = [
                {name: vals[name] for name in TYPED & vals.keys()} | given
                for vals in vals_list
            ]
        # What has just been ended must not stand in the way of the next one.
        self.flush_model(["to_at"])
        pauses = super().create(vals_list)
        pauses.complaint_id.check_access("write")
        pauses._check_may_pause()
        self.env.flush_all()
        pauses.complaint_id._plan_promises_again()
        return pauses

    def _end(self, now):
        """It is over: the time runs again from ``now``."""
        # sudo: a pause is ended by the button only
        self.sudo().write({"to_at": now})
        self.complaint_id._plan_promises_again()
