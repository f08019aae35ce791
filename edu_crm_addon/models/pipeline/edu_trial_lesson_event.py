from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import plaintext2html

from ...logic import trial

EVENT_FIELDS = frozenset(
    {
        "start_at",
        "stop_at",
        "teacher_id",
        "user_id",
        "room_id",
        "course_id",
        "learner_id",
        "learner_name",
        "note",
    }
)
# The host mails every attendee at every change, and writes phone numbers into the
# description. The lesson is in the calendars of teacher and adviser; who needs a mail
# gets one by a button.
QUIET = {
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "skip_contact_description": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "edu_from_trial_lesson": True,
}


class EduTrialLesson(models.Model):
    """A confirmed lesson is one event in the calendars of its teacher and adviser.

    The event moves with the lesson, and the lesson with the event. It is archived when
    the lesson is canceled or planned anew.
    """

    _inherit = "edu.trial.lesson"

    event_id = fields.Many2one(
        "calendar.event",
        string="Calendar event",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model
    def _has_field_access(self, field, operation):
        """The event is the lesson's own: nobody puts another one in its place."""
        if operation == "write" and field.name == "event_id" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def _after_state_changed(self):
        result = super()._after_state_changed()
        self._sync_events()
        return result

    def _after_changed(self, names):
        result = super()._after_changed(names)
        if not EVENT_FIELDS.isdisjoint(names):
            self.filtered("event_id")._sync_events()
        return result

    def _sync_events(self):
        """Bring the calendar in line with the lessons; safe to repeat."""
        # sudo: whoever may change the lesson moves the event, of whomever it is
        lessons = self.sudo().with_context(**QUIET)
        shown = lessons.filtered(
            lambda lesson: lesson.state in (trial.CONFIRMED, *trial.RESULTS)
        )
        (lessons - shown).event_id.filtered("active").action_archive()
        # A meeting that is over or off is no next step of the lead any more.
        over = lessons.filtered(lambda lesson: lesson.state != trial.CONFIRMED)
        over.event_id.activity_ids.unlink()
        for lesson in shown.filtered("event_id"):
            lesson._update_event()
        new = shown.filtered(
            lambda lesson: not lesson.event_id and lesson.state == trial.CONFIRMED
        )
        if new:
            events = new.env["calendar.event"].create(
                [lesson._event_vals() for lesson in new]
            )
            for lesson, event in zip(new, events, strict=True):
                lesson.event_id = event

    def _update_event(self):
        """Write what is different; the host makes much ado about every write."""
        event = self.event_id
        vals = {
            name: value
            for name, value in self._event_vals().items()
            if event._fields[name].convert_to_write(event[name], event) != value
        }
        if event.partner_ids == self._event_people():
            vals.pop("partner_ids", None)
        if vals:
            event.write(vals)

    def _event_people(self):
        return self.teacher_id | self.user_id.partner_id

    def _event_vals(self):
        details = (self.course_id.name, self.note)
        return {
            "name": self.env._("Trial lesson: %(learner)s", learner=self.learner_name),
            "active": True,
            "start": self.start_at,
            "stop": self.stop_at,
            "user_id": self.user_id.id,
            "opportunity_id": self.lead_id.id,
            "partner_ids": [Command.set(self._event_people().ids)],
            "location": self.room_id.name or False,
            "description": plaintext2html("\n".join(filter(None, details))),
        }

    def action_open_event(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "res_id": self.event_id.id,
            "views": [(False, "form")],
        }

    def unlink(self):
        events = self.sudo().event_id  # sudo: the event goes with its lesson
        result = super().unlink()
        events.with_context(**QUIET).unlink()
        return result
