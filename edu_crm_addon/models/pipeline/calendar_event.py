from odoo import models


class CalendarEvent(models.Model):
    """The event of a trial lesson, moved in somebody's calendar, moves the lesson."""

    _inherit = "calendar.event"

    def write(self, vals):
        result = super().write(vals)
        if not {"start", "stop", "start_date", "stop_date"}.isdisjoint(
            vals
        ) and not self.env.context.get("edu_from_trial_lesson"):
            self._edu_move_trial_lessons()
        return result

    def _edu_move_trial_lessons(self):
        # sudo: a teacher moves a lesson in the own calendar, without education role
        lessons = self.env["edu.trial.lesson"].sudo()
        for lesson in lessons.search([("event_id", "in", self.ids)]):
            event = lesson.event_id
            if (lesson.start_at, lesson.stop_at) != (event.start, event.stop):
                lesson.write({"start_at": event.start, "stop_at": event.stop})
