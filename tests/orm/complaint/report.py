"""Complaints of one week, and what the analysis makes of them."""

from freezegun import freeze_time

from .promises import PromiseCase, at

NOW = at(9, "12:00")
DECISIONS = ["decide_due_count:sum", "decide_kept_count:sum", "timeliness_rate:avg"]


class ReportCase(PromiseCase):
    """Received on Monday 2, general, so decided by Thursday 5; looked at on Monday 9.

    =====  =========  =======================================  =======  ============
    name   type       what happened                            timely   acknowledged
    =====  =========  =======================================  =======  ============
    A      teaching   decided on Thursday morning              yes      on Monday
    B      teaching   decided on Friday                        no       on Friday
    H      teaching   decided on Tuesday, closed, opened again yes      on Tuesday
    C      contract   given more time, decided on Friday       no       on Friday
    D      contract   open                                     no       never
    E      contract   received on Friday 6, open               not due  never
    F      contract   withdrawn                                out      out
    G      contract   merged into D                            out      out
    K      product    complex: a report on Thursday            none     on Thursday
    L      product    solved at first contact                  yes      at once
    =====  =========  =======================================  =======  ============
    """

    now = NOW

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()
        teaching, contract, product = (
            {"type": code, "partner": cls.customer}
            for code in ("teaching_quality", "contract_dispute", "product_problem")
        )
        cls.a, cls.b, cls.h = (cls.come_in(2, **teaching) for _ in range(3))
        cls.c, cls.d, cls.f, cls.g = (cls.come_in(2, **contract) for _ in range(4))
        cls.e = cls.come_in(6, **contract)
        cls.k = cls.come_in(2, complexity="complex", **product)
        cls.l = cls.come_in(2, **product)
        cls.complaints = (
            cls.a
            | cls.b
            | cls.c
            | cls.d
            | cls.e
            | cls.f
            | cls.g
            | cls.h
            | cls.k
            | cls.l
        )
        with freeze_time(at(2, "12:00")):
            cls.a._count_progress()
            cls.l._close_at_first_contact("Book replaced", cls.cause())
            cls.f.action_withdraw()
            cls.g._merge_into(cls.d)
        cls.decide(cls.h, 3)
        cls.close(cls.h, 4)
        cls.decide(cls.a, 5)
        with freeze_time(at(5)):
            cls.k._count_progress()
            cls.h._reopen("Again")
            cls.extend(cls.c, at(6, "18:00"))
        cls.decide(cls.b, 6)
        cls.decide(cls.c, 6)
        cls.env.flush_all()

    @classmethod
    def come_in(cls, day, **values):
        with freeze_time(at(day)):
            return cls.make_complaint(
                team_id=cls.complaint_team.id,
                user_id=cls.agent.id,
                received_at=at(day),
                received_note="Frozen time",
                description="Told",
                **values,
            )

    @classmethod
    def decide(cls, complaint, day):
        with freeze_time(at(day)):
            cls.bring(complaint, "feedback")

    @classmethod
    def close(cls, complaint, day):
        with freeze_time(at(day)):
            complaint.write({"cause_id": cls.cause().id, "lesson": "Ask first"})
            complaint._accept()
            complaint.action_close()

    @classmethod
    def extend(cls, complaint, due_at):
        row = complaint.deadline_ids.filtered(lambda d: d.kind == "decide")
        row._extend(due_at, "The book is not here yet")

    def rows(self, measures, *groupby, domain=()):
        report = self.env["edu.complaint.report"]
        domain = [("complaint_id", "in", self.complaints.ids), *domain]
        with freeze_time(self.now):
            rows = report._read_group(domain, groupby, measures)
        size = len(groupby)
        return {
            row[:size]: tuple(value and round(value, 4) for value in row[size:])
            for row in rows
        }

    def by_type(self, *measures):
        rows = self.rows(measures, "type_id")
        kinds = ("teaching_quality", "contract_dispute", "product_problem")
        return [rows[self.complaint_type(kind),] for kind in kinds]

    def total(self, *measures):
        (row,) = self.rows(measures).values()
        return row
