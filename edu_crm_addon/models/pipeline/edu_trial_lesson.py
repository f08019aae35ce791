from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SEQUENCE = "edu_crm_addon.seq_edu_trial_lesson"
LENGTH = timedelta(hours=1)


class EduTrialLesson(models.Model):
    """One trial lesson of a lead's learner with a teacher at a time.

    Made by an adviser from the lead. Its states, the rule that nobody is booked twice,
    what it sets going, and its event in the calendar are in the files beside this one.
    """

    _name = "edu.trial.lesson"
    _description = "Trial lesson"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "start_at desc, id desc"
    _rec_names_search = ["name", "learner_name", "lead_id.name"]
    _check_company_auto = True

    # Identity
    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
    )
    # People
    lead_id = fields.Many2one(
        "crm.lead",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    learner_id = fields.Many2one(
        "res.partner",
        compute="_compute_learner_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
        help="Empty as long as the learner is no contact yet.",
    )
    learner_name = fields.Char(
        string="Name of the learner",
        compute="_compute_learner_name",
        store=True,
        precompute=True,
        readonly=False,
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Family",
        compute="_compute_contact_id",
        help="Who the confirmation is sent to.",
    )
    teacher_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("edu_is_teacher", "=", True)],
        tracking=True,
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        compute="_compute_user_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        domain=[("share", "=", False)],
        check_company=True,
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales team",
        compute="_compute_team_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    source_id = fields.Many2one(
        "utm.source",
        related="lead_id.source_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    # Lesson
    course_id = fields.Many2one(
        "product.template",
        domain=[("sale_ok", "=", True)],
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    room_id = fields.Many2one(
        "edu.room",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    start_at = fields.Datetime(string="Start", required=True, tracking=True)
    stop_at = fields.Datetime(
        string="End",
        compute="_compute_stop_at",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    note = fields.Text(
        string="Notes", help="What the teacher should know: level, goal, wishes."
    )
    _length_plausible = models.Constraint(
        "CHECK (stop_at > start_at AND stop_at <= start_at + INTERVAL '1 day')",
        "A trial lesson ends after it starts, and within a day.",
    )
    _nobody_teaches_oneself = models.Constraint(
        "CHECK (learner_id <> teacher_id)", "Nobody can be their own teacher."
    )
    _start_idx = models.Index("(start_at DESC, id DESC)")

    @api.depends("lead_id.company_id")
    def _compute_company_id(self):
        for lesson in self:
            lesson.company_id = (
                lesson.lead_id.company_id or lesson.company_id or self.env.company
            )

    @api.depends("lead_id.partner_id", "lead_id.edu_learner_id")
    def _compute_learner_id(self):
        for lesson in self:
            if not lesson._origin or not lesson.learner_id:
                lesson.learner_id = lesson.lead_id._edu_trial_learner()

    @api.depends("lead_id", "learner_id.name")
    def _compute_learner_name(self):
        for lesson in self:
            lead = lesson.lead_id
            lesson.learner_name = (
                lesson.learner_id.name
                or (lesson._origin and lesson.learner_name)
                or lead.edu_learner_name
                or lead.contact_name
                or lead.partner_name
                or lead.name
            )

    @api.depends("lead_id.partner_id", "lead_id.edu_guardian_id", "learner_id")
    def _compute_contact_id(self):
        for lesson in self:
            lead = lesson.lead_id.sudo()  # sudo: the colleague's lead of a team lesson
            contact = lead.edu_guardian_id or lead.partner_id
            lesson.contact_id = contact.with_env(self.env) or lesson.learner_id

    @api.depends("lead_id")
    def _compute_user_id(self):
        for lesson in self:
            if not lesson._origin or not lesson.user_id:
                lesson.user_id = lesson.lead_id.user_id or self.env.user

    @api.depends("lead_id")
    def _compute_team_id(self):
        for lesson in self:
            if not lesson._origin or not lesson.team_id:
                lesson.team_id = lesson.lead_id.team_id

    @api.depends("start_at")
    def _compute_stop_at(self):
        """Keep the length when the start moves on the form; ``write`` does so too."""
        for lesson in self:
            saved = lesson._origin
            length = saved.stop_at - saved.start_at if saved else LENGTH
            lesson.stop_at = lesson.start_at and lesson.start_at + length

    @api.depends("name", "learner_name")
    def _compute_display_name(self):
        for lesson in self:
            parts = (lesson.name, lesson.learner_name)
            lesson.display_name = " ".join(filter(None, parts))

    @api.constrains("teacher_id")
    def _check_teacher(self):
        for teacher in self.teacher_id:
            # sudo: whoever books may know who teaches
            if not teacher.sudo().edu_is_teacher:
                raise ValidationError(
                    self.env._(
                        "%(name)s is not marked as a teacher.",
                        name=teacher.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        numbers = self._next_numbers(len(vals_list))
        with self._clashes_named():
            lessons = super().create(
                [
                    {**vals, "name": number}
                    for vals, number in zip(vals_list, numbers, strict=True)
                ]
            )
        lessons.lead_id.check_access("read")  # a lesson tells of its lead and moves it
        lessons._after_created()
        return lessons

    def write(self, vals):
        if "start_at" in vals and "stop_at" not in vals:
            return self._move(vals)
        changing = self.browse()
        if "state" in vals:
            changing = self.filtered(lambda lesson: lesson.state != vals["state"])
            changing._check_may_become(vals["state"])
        with self._clashes_named(vals.keys()):
            result = super().write(vals)
        if "lead_id" in vals:
            self.lead_id.check_access("read")
        changing._after_state_changed()
        (self - changing)._after_changed(vals.keys())
        return result

    def _move(self, vals):
        """Move the lessons and keep the length of each."""
        start = fields.Datetime.to_datetime(vals["start_at"])
        for length, lessons in self.grouped(
            lambda lesson: lesson.stop_at - lesson.start_at
        ).items():
            lessons.write({**vals, "stop_at": start and start + length})
        return True

    def copy_data(self, default=None):
        """A copy cannot be at the same time; it is planned a week later."""
        vals_list = super().copy_data(default)
        for lesson, vals in zip(self, vals_list, strict=True):
            if "start_at" not in (default or {}):
                vals["start_at"] = lesson.start_at + timedelta(weeks=1)
                vals["stop_at"] = lesson.stop_at + timedelta(weeks=1)
        return vals_list

    @api.model
    def _next_numbers(self, count):
        # sudo: whoever plans a lesson draws its number
        return self.env.ref(SEQUENCE).sudo()._edu_next_numbers(count)
