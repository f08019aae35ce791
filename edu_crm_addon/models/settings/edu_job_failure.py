import logging

from odoo import api, fields, models
from odoo.tools import split_every

_logger = logging.getLogger(__name__)


class EduJobFailure(models.Model):
    """One record that a nightly job could not handle, with the reason.

    Jobs run batch by batch and commit each: a killed job goes on with what is left.
    When a batch fails, its records are tried one by one, so that a single bad one is
    listed here and does not stop the others. A record that works again leaves the list.
    """

    _name = "edu.job.failure"
    _description = "Failed job"
    _order = "create_date desc, id desc"
    _rec_name = "record_name"

    # Each area adds the jobs it runs.
    job = fields.Selection([], required=True, readonly=True)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record ID", model_field="res_model", required=True, readonly=True
    )
    record_name = fields.Char(string="Record", readonly=True)
    error = fields.Text(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    _record_unique = models.Constraint(
        "UNIQUE (job, res_model, res_id)", "This failure is already listed."
    )

    @api.model
    def _run_job(self, job, records, step, size=500):
        """Call ``step(batch)`` for all ``records``, ``size`` at a time.

        :param str job: code of the job, under which failures are listed
        :param step: function of a recordset; must be safe to repeat
        :return: whether all is done; if not, time is up and the scheduler calls again
        """
        handled = set(records.ids)
        listed = self.search([("job", "=", job), ("res_model", "=", records._name)])
        listed.filtered(lambda failure: failure.res_id not in handled).unlink()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(records))
        left = len(records)
        for ids in split_every(size, records.ids):
            self._run_batch(job, records.browse(ids), step)
            left -= len(ids)
            if not cron._commit_progress(len(ids)):
                break
        return not left

    @api.model
    def _run_batch(self, job, batch, step):
        domain = [("job", "=", job), ("res_model", "=", batch._name)]
        self.search([*domain, ("res_id", "in", batch.ids)]).unlink()
        batch = batch.exists()
        try:
            with self.env.cr.savepoint():
                step(batch)
        except Exception:
            _logger.info("%s: batch failed, going on record by record", job)
            for record in batch:
                self._run_record(job, record, step)

    @api.model
    def _run_record(self, job, record, step):
        try:
            with self.env.cr.savepoint():
                step(record)
        except Exception as error:
            _logger.info("%s: %s failed", job, record, exc_info=True)
            self.create(
                {
                    "job": job,
                    "res_model": record._name,
                    "res_id": record.id,
                    "record_name": record.display_name,
                    "error": str(error).replace("\0", ""),
                    "company_id": "company_id" in record and record.company_id.id,
                }
            )

    def action_open_record(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }
