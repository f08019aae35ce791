"""Factories of complaints and of who handles them."""

from odoo.fields import Command

from .people import MODULE

# What each step must hold before the next; `complaint_in` writes it.
HELD = {
    "record": {},
    "assess": {"type": "teaching_quality", "description": "The lesson was canceled."},
    "plan": {"severity": "minor", "scope": "single"},
    "implement": {"plan": "Repeat the lesson", "responsibility": "teaching"},
    "feedback": {"verdict": "upheld"},
}


class ComplaintFactory:
    """For a test case that also makes people."""

    @classmethod
    def complaint_type(cls, code):
        return cls.env.ref(f"{MODULE}.edu_complaint_type_{code}")

    @classmethod
    def cause(cls, code="misunderstanding"):
        return cls.env.ref(f"{MODULE}.edu_complaint_cause_{code}")

    @classmethod
    def make_complaint_team(cls, *members, **values):
        """Return a team of its own, in the company's name."""
        return cls.env["edu.complaint.team"].create(
            {
                "name": f"Team {next(cls._numbers)}",
                "company_id": cls.env.company.id,
                "member_ids": [Command.set([user.id for user in members])],
                **values,
            }
        )

    @classmethod
    def make_complaint(cls, partner=None, step=None, **values):
        """Return a complaint that has reached ``step``, with all it must hold."""
        cls.env.flush_all()
        code = values.pop("type", None)
        complaint = cls.env["edu.complaint"].create(
            {
                "subject": f"Complaint {next(cls._numbers)}",
                "partner_id": (partner or cls.make_customer()).id,
                "type_id": cls.complaint_type(code).id if code else False,
                **values,
            }
        )
        if step:
            cls.bring(complaint, step)
        cls.env.flush_all()
        return complaint

    @classmethod
    def bring(cls, complaint, step):
        """Take it on to ``step``, writing what the steps before must hold."""
        for target, held in HELD.items():
            if complaint.state == step:
                break
            vals = {name: value for name, value in held.items() if name != "type"}
            if "type" in held and not complaint.type_id:
                vals["type_id"] = cls.complaint_type(held["type"]).id
            vals = {name: v for name, v in vals.items() if not complaint[name]}
            complaint.write({**vals, "state": target})
        return complaint
