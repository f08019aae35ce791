import re
from contextlib import contextmanager

from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime, format_time

from ...logic import trial

BOOKING_FIELDS = frozenset(
    {
        "lead_id",
        "learner_id",
        "teacher_id",
        "room_id",
        "start_at",
        "stop_at",
        "state",
        "rating",
        "outcome",
        "feedback",
        "missed_reason",
    }
)
# The values of the row that was there first, in PostgreSQL's words.
KEY = re.compile(r'=\(\[(\d+),\d+\), \["([^"]+)","([^"]+)"\)\)')


def _busy(column):
    """Return the constraint that nobody in ``column`` is booked twice at a time.

    Ranges of one number stand for equality, which spares an extension of PostgreSQL.
    A range without bounds would meet every other, so empty columns stay out.
    """
    return (
        f"EXCLUDE USING gist (int4range({column}, {column}, '[]') WITH &&, "
        f"tsrange(start_at, stop_at) WITH &&) WHERE ({column} IS NOT NULL "
        "AND state IN ('planned', 'confirmed', 'attended'))"
    )


def _message(env, diagnostics):
    return env["edu.trial.lesson"]._clash_message(diagnostics)


class EduTrialLesson(models.Model):
    """Nobody and no room is in two trial lessons at a time.

    PostgreSQL refuses the second one, also when two clerks save at once. The message
    names the lesson that was there first.
    """

    _inherit = "edu.trial.lesson"

    _teacher_free = models.Constraint(_busy("teacher_id"), _message)
    _room_free = models.Constraint(_busy("room_id"), _message)
    _learner_free = models.Constraint(_busy("learner_id"), _message)
    _lead_free = models.Constraint(_busy("lead_id"), _message)

    @contextmanager
    def _clashes_named(self, names=BOOKING_FIELDS):
        """Say in words what PostgreSQL refuses in the block.

        A lesson that another transaction has just booked is not visible here; then the
        error goes on to the caller, who asks for the message after the rollback.
        """
        if BOOKING_FIELDS.isdisjoint(names):
            yield
            return
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                yield
                self.flush_model()
        except CheckViolation as error:
            self.env.invalidate_all(flush=False)
            raise ValidationError(self._sql_error_to_message(error)) from error
        except ExclusionViolation as error:
            self.env.invalidate_all(flush=False)
            if not self._first_booked(error.diag)[1]:
                raise
            raise ValidationError(self._sql_error_to_message(error)) from error

    def _first_booked(self, diagnostics):
        """Return the field of a clash and the lesson that was there first."""
        constraint = diagnostics.constraint_name or ""
        name = constraint.removeprefix(f"{self._table}_").removesuffix("_free") + "_id"
        keys = KEY.findall(diagnostics.message_detail or "")
        if not keys or name not in self._fields:
            return name, self.browse()
        busy, start, _stop = keys[-1]
        # sudo: who is busy elsewhere is busy; what is shown of it depends on rights
        lesson = self.sudo().search(
            [
                (name, "=", int(busy)),
                ("start_at", "=", start),
                ("state", "in", trial.BOOKED),
            ],
            limit=1,
        )
        return name, lesson

    def _clash_message(self, diagnostics):
        name, lesson = self._first_booked(diagnostics)
        if not lesson:
            return self.env._(
                "The teacher, the room or the learner has another trial lesson at "
                "this time."
            )
        zone = self.env.context.get("tz")
        visible = lesson.with_env(self.env).has_access("read")
        return self.env._(
            "%(who)s is not free: %(lesson)s, from %(start)s to %(stop)s.",
            who=lesson[name].display_name,
            lesson=lesson.display_name if visible else self.env._("a trial lesson"),
            start=format_datetime(self.env, lesson.start_at, zone, "short"),
            stop=format_time(self.env, lesson.stop_at, zone, "short"),
        )
