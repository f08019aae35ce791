from odoo import api, models


class EduPointsEntry(models.Model):
    """The nightly job of points. All of it may be done twice, and by two at once.

    It is committed batch by batch; if time is up, the scheduler calls again.
    """

    _inherit = "edu.points.entry"

    @api.model
    def _cron_points(self):
        return all(step() for step in self._points_steps())

    @api.model
    def _points_steps(self):
        """Return what the job does, in order; each tells whether it is done."""
        run = self.env["edu.job.failure"]._run_job
        cards = self.env["loyalty.card"]
        return [
            lambda: run("points_release", self._to_release(), _release, 200),
            lambda: run("points_expire", cards._edu_to_expire(), _expire, 200),
            lambda: run("points_notice", cards._edu_to_notify(), _notify, 100),
            lambda: run("points_check", cards._edu_to_check(), _check, 200),
        ]


def _release(entries):
    entries._release()


def _expire(cards):
    cards._edu_expire_by_job()


def _notify(cards):
    cards._edu_notify()


def _check(cards):
    cards._edu_check_by_job()
