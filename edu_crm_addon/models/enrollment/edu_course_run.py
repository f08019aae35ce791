from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic.enrollment import SEATED

# What learners are told of a run.
TOLD = frozenset({"date_start", "date_end", "schedule", "notes", "bring", "teacher_id"})


class EduCourseRun(models.Model):
    """One run of a course: a class that begins and ends, with a teacher and a room.

    With a number of seats, whoever enrolls when all are taken waits: such an
    enrollment stays registered and gets the first seat that becomes free, in order of
    registration.
    """

    _name = "edu.course.run"
    _description = "Course run"
    _inherit = ["mail.thread"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Course",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("service_tracking", "=", "edu_course")],
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    # Schedule
    date_start = fields.Date(string="First day", required=True)
    date_end = fields.Date(string="Last day")
    schedule = fields.Text(
        translate=True, help="Told to the learner, such as: Saturdays 9:00 to 10:30."
    )
    notes = fields.Text(
        string="Points to note", translate=True, help="Told to the learner as well."
    )
    bring = fields.Text(
        string="What to bring", translate=True, help="Told to the learner as well."
    )
    teacher_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
    )
    # Seats
    seats = fields.Integer(help="0: no limit.", tracking=True)
    enrollment_ids = fields.One2many("edu.enrollment", "run_id", string="Enrollments")
    seats_taken = fields.Integer(string="Taken", compute="_compute_seats")
    seats_free = fields.Integer(string="Free", compute="_compute_seats")
    waiting_count = fields.Integer(string="Waiting", compute="_compute_seats")

    _seats_not_negative = models.Constraint(
        "CHECK (seats >= 0)", "The number of seats cannot be negative."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)",
        "The last day of a run cannot come before the first.",
    )

    @api.depends("seats", "enrollment_ids.state")
    def _compute_seats(self):
        taken, waiting = self._count(SEATED), self._count(("draft",))
        for run in self:
            run.seats_taken = taken.get(run._origin.id, 0)
            run.waiting_count = waiting.get(run._origin.id, 0)
            run.seats_free = max(run.seats - run.seats_taken, 0)

    @api.constrains("seats")
    def _check_seats(self):
        limited = self.filtered("seats")
        taken = limited._claim_seats()
        for run in limited:
            if taken[run.id] > run.seats:
                raise ValidationError(
                    self.env._(
                        "“%(run)s” has %(seats)s seats and %(taken)s learners.",
                        run=run.name,
                        seats=run.seats,
                        taken=taken[run.id],
                    )
                )

    @api.constrains("product_tmpl_id")
    def _check_course(self):
        for run in self:
            # sudo: whether it is a course is no secret
            if not run.sudo().product_tmpl_id.edu_is_course:
                raise ValidationError(
                    self.env._("“%s” is not a course.", run.product_tmpl_id.name)
                )
            if run.enrollment_ids.course_id.product_tmpl_id - run.product_tmpl_id:
                raise ValidationError(
                    self.env._("“%s” has learners of another course.", run.name)
                )

    @api.constrains("company_id")
    def _check_enrollments_company(self):
        self.sudo().with_context(active_test=False).enrollment_ids._check_company(
            ["run_id"]
        )

    def write(self, vals):
        told = self.filtered(lambda run: run._changes_schedule(vals))
        result = super().write(vals)
        if "seats" in vals:
            self._offer_seats()
        if told:
            # sudo: whoever keeps the enrollments
            told.sudo().enrollment_ids._outdate_schedule()
        return result

    def _changes_schedule(self, vals):
        """Tell whether learners would be told something else from now on."""
        return any(
            self._fields[name].convert_to_write(self[name], self) != vals[name]
            for name in TOLD & vals.keys()
        )

    def action_open_enrollments(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_enrollment_action", [("run_id", "=", self.id)]
        )

    # ------------------------------------------------------------------ seats
    def _count(self, states):
        """Return ``{run id: enrollments}`` in these states, whoever may see them."""
        if not self:
            return {}
        rows = (
            self.env["edu.enrollment"]
            .sudo()
            ._read_group(
                Domain("run_id", "in", self._origin.ids)
                & Domain("state", "in", states),
                ["run_id"],
                ["__count"],
            )
        )
        return {run.id: count for run, count in rows}

    def _claim_seats(self):
        """Make everybody else who wants a seat of these runs wait for this transaction;
        return ``{run id: seats taken}``.

        An update without a change: whoever comes second is refused by PostgreSQL, and
        when the host tries again it sees the seats taken meanwhile.
        """
        if not self:
            return {}
        self.flush_recordset()
        self.env["edu.enrollment"].flush_model(["run_id", "state"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    UPDATE edu_course_run run SET write_date = write_date
                     WHERE id IN %s
                    RETURNING id, (SELECT COUNT(*) FROM edu_enrollment
                                    WHERE run_id = run.id AND state IN %s)
                    """,
                    tuple(sorted(self.ids)),
                    tuple(SEATED),
                )
            )
        )

    def _seats_left(self):
        """Return ``{run: free seats}``, claimed for us alone; None: no limit."""
        taken = self.filtered("seats")._claim_seats()
        return {run: run.seats - taken[run.id] if run.seats else None for run in self}

    def _offer_seats(self):
        """Give free seats to whoever waits longest."""
        # sudo: a seat is given by order of registration, whoever set it free
        waiting = self.env["edu.enrollment"].sudo()
        waiting = waiting.search(
            [("run_id", "in", self.ids), ("state", "=", "draft")], order="id"
        )
        if waiting:
            waiting._take_seats()._after_seat_offered()
