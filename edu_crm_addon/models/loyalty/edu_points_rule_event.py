from odoo import api, models
from odoo.exceptions import ValidationError

from ...logic import points

JOB = "points_event"
# Whose records know when they are paid: points of others would wait forever.
PAID = ("enrollment", "completed", "referrer", "referred")
# Of these a person says how many: another rule would not change it.
BY_HAND = ("manual", "complaint")


class EduPointsRule(models.Model):
    """Where events come from: an open list.

    Who adds an event adds its code to ``event`` (``selection_add``), calls
    ``_award_for`` with the records when it happens, and gives their model
    ``_edu_points_claims()``, which returns ``{(event, company): claims}`` of records as
    they are now. ``_claims_of_<event>(company, date_from, date_to)`` returns those of a
    period, for the dry run; without it they are those that earned.
    """

    _inherit = "edu.points.rule"

    @api.model
    def _events_with_payment(self):
        """Return the events whose records say when they were paid (an open list)."""
        return PAID

    @api.constrains("hold", "event")
    def _check_hold(self):
        for earning in self.filtered(lambda r: r.hold == "paid"):
            if earning.event not in self._events_with_payment():
                raise ValidationError(
                    self.env._(
                        "“%s” is nothing that is paid: choose another time from which "
                        "the points can be spent.",
                        earning.name,
                    )
                )

    @api.model
    def _award_for(self, records, company):
        """Give the points of ``records``; what fails is tried again at night.

        Points are never a reason that an answer, a lesson or an enrollment fails.
        """
        # sudo: whoever causes the event
        if records and company.sudo().edu_member_program_id:
            failures = self.env["edu.job.failure"].sudo()
            failures._run_batch(JOB, records.sudo(), self._award_claims)

    @api.model
    def _award_claims(self, records):
        """Award what these records are worth as they are now; safe to repeat."""
        for (event, company), claims in records._edu_points_claims().items():
            self._award(event, claims, company)

    @api.model
    def _cron_award(self):
        """Try again what failed when it happened."""
        failures = self.env["edu.job.failure"]
        listed = failures.search([("job", "=", JOB)])
        for model in sorted(set(listed.mapped("res_model")) & set(self.env)):
            ids = listed.filtered(lambda f, m=model: f.res_model == m).mapped("res_id")
            records = self.env[model].browse(sorted(ids)).exists()
            failures._run_job(JOB, records, self._award_claims, size=100)

    # ------------------------------------------------------------------ of a period
    @api.model
    def _claims_of(self, event, company, date_from, date_to):
        """Return the claims of the events of a period, each once."""
        method = getattr(self, f"_claims_of_{event}", None)
        if method:
            claims = method(company, date_from, date_to)
        else:
            claims = self._claims_booked(event, company, date_from, date_to)
        return list({claim.key: claim for claim in claims}.values())

    @api.model
    def _claims_booked(self, event, company, date_from, date_to):
        """Return what earned; that is all that is known of events by hand."""
        entries = self.env["edu.points.entry"].search(
            [
                ("rule_id.event", "=", event),
                ("company_id", "=", company.id),
                ("kind", "=", points.EARN),
                ("origin_id", "=", False),
                ("date", ">=", date_from),
                ("date", "<=", date_to),
            ],
            order="id",
        )
        return [entry._as_claim(event in BY_HAND) for entry in entries]
