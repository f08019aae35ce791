"""Leads with a past: tests of the reports write the dates that the host tracks."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tools import SQL

from ..common import EduCase


class HistoryCase(EduCase):
    """Every date is told in whole days before ``now``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = Datetime.now()
        cls.env.cr._now = cls.now
        cls.leads = cls.env["crm.lead"]

    @classmethod
    def default_env_context(cls):
        tracked = {"tracking_disable": False, "mail_notrack": False}
        return {**super().default_env_context(), **tracked}

    @classmethod
    def walk(cls, *steps, started=30, lost=None, **values):
        """Return a lead that began ``started`` days ago and moved as ``steps`` say.

        Each is a number of days ago and the step entered then; ``lost`` is one too.
        """
        lead = cls.make_prospect(**{"edu_has_wish": True, **values})
        cls.flush_tracking()
        cls.backdate(lead, started, "create_date", "date_last_stage_update")
        for days, code in steps:
            cls.move(lead, days, stage_id=cls.step(code).id)
        if lost is not None:
            reason = cls.env["crm.lost.reason"].search([], limit=1)
            lead.action_set_lost(lost_reason_id=reason.id)
            cls.flush_tracking()
            cls.backdate(lead, lost, "date_closed")
        cls.leads |= lead
        return lead

    @classmethod
    def move(cls, lead, days, **values):
        """Write values that change the stage, as if ``days`` ago."""
        tracked = cls.env["mail.tracking.value"]
        before = tracked.search([], limit=1, order="id desc").id
        lead.write(values)
        cls.flush_tracking()
        cls.backdate(tracked.search([("id", ">", before)]), days, "create_date")
        cls.backdate(lead, days, "date_last_stage_update")
        if lead.won_status == "won":
            cls.backdate(lead, days, "date_closed")

    @classmethod
    def backdate(cls, records, days, *columns):
        cls.env.flush_all()
        for column in columns:
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = ANY(%s)",
                    SQL.identifier(records._table),
                    SQL.identifier(column),
                    cls.ago(days),
                    records.ids,
                )
            )
        cls.env.invalidate_all()

    @classmethod
    def ago(cls, days):
        return cls.now - timedelta(days=days)

    @classmethod
    def flush_tracking(cls):
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    # ------------------------------------------------------------------ reading
    def report(self, model, user=None, companies=None):
        user = user or self.env.user
        context = {}
        if companies:
            context = {"allowed_company_ids": companies.ids}
        return self.env[model].with_user(user).with_context(**context)

    def figures(self, report, groupby, measures, domain=()):
        """Return ``{group: measures}`` of the leads made here; groups by id."""
        domain = [("lead_id", "in", self.leads.ids), *domain]
        rows = report._read_group(domain, [groupby] if groupby else [], measures)
        result = {}
        for row in rows:
            group, values = (row[0], row[1:]) if groupby else (None, row)
            key = group.id if hasattr(group, "id") else group
            result[key] = values if len(measures) > 1 else values[0]
        return result
