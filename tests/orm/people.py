"""Factories of people, and the records that the addon ships."""

from odoo.fields import Command, Date
from odoo.tests import new_test_user

MODULE = "edu_crm_addon"
ROLES = {
    "employee": "base.group_user",
    "salesperson": "sales_team.group_sale_salesman",
    "contact_creator": "base.group_user,base.group_partner_manager",
    "readonly": f"{MODULE}.group_edu_readonly",
    "agent": f"{MODULE}.group_edu_agent",
    "leader": f"{MODULE}.group_edu_leader",
    "manager": f"{MODULE}.group_edu_manager",
    "portal": "base.group_portal",
    "accountant": "account.group_account_invoice",
}
# Most tests are about something else than the onboarding: nothing is required in them.
NO_ONBOARDING = {
    "edu_require_documents": False,
    "edu_require_account": False,
    "edu_require_schedule": False,
}


class PeopleFactory:
    """For a test case whose class counts its records in ``_numbers``."""

    # ------------------------------------------------------------------ catalogues
    @classmethod
    def stage(cls, code):
        return cls.env.ref(f"{MODULE}.edu_stage_{code}")

    @classmethod
    def education_type(cls, code):
        return cls.env.ref(f"{MODULE}.edu_education_type_{code}")

    @classmethod
    def nature(cls, code):
        return cls.env.ref(f"{MODULE}.edu_customer_nature_{code}")

    @classmethod
    def need(cls, code):
        return cls.env.ref(f"{MODULE}.edu_need_{code}")

    @classmethod
    def tier(cls, code):
        return cls.env.ref(f"{MODULE}.edu_customer_tier_{code}")

    @classmethod
    def team(cls, code="school"):
        """Return an education team of the data: ``school`` or ``career``."""
        return cls.env.ref(f"{MODULE}.crm_team_{code}")

    @classmethod
    def step(cls, code):
        """Return the pipeline stage of an education step."""
        return cls.env.ref(f"{MODULE}.crm_stage_{code}")

    # ------------------------------------------------------------------ people
    @classmethod
    def make_person(cls, **values):
        return cls.env["res.partner"].create(
            {"name": f"Person {next(cls._numbers)}", **values}
        )

    @classmethod
    def make_people(cls, number, **values):
        """Return ``number`` persons made in one batch."""
        return cls.env["res.partner"].create(
            [{"name": f"Person {next(cls._numbers)}", **values} for _ in range(number)]
        )

    @classmethod
    def make_organization(cls, **values):
        name = f"School {next(cls._numbers)}"
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, **values}
        )

    @classmethod
    def make_customer(cls, **values):
        """Return a person who is an education customer."""
        return cls.make_person(**{"edu_is_customer": True, **values})

    @classmethod
    def make_learner(cls, guardian=None, **values):
        """Return an under-age learner, linked to ``guardian`` if one is given."""
        today = Date.context_today(cls.env.user)
        learner = cls.make_customer(
            edu_birth_date=today.replace(year=today.year - 10, day=1), **values
        )
        if guardian:
            cls.link(guardian, learner)
        return learner

    @classmethod
    def link(cls, guardian, learner, **values):
        """Return the link, made by a transaction of its own."""
        cls.env.flush_all()
        link = cls.env["edu.guardianship"].create(
            {
                "guardian_id": guardian.id,
                "learner_id": learner.id,
                "relation": "mother",
                **values,
            }
        )
        cls.env.flush_all()
        return link

    @classmethod
    def make_user(cls, role, **values):
        """Return a user of ``role`` (see ``ROLES``) with a partner of one's own."""
        number = next(cls._numbers)
        company = values.pop("company", cls.env.company)
        return new_test_user(
            cls.env,
            login=f"{role}_{number}",
            groups=ROLES[role],
            email=f"{role}.{number}@staff.example.com",
            lang="en_US",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            **values,
        )

    @classmethod
    def make_company(cls, **values):
        """Return a second school, in the same currency and country as the first."""
        return cls.env["res.company"].create(
            {
                "name": f"Campus {next(cls._numbers)}",
                "country_id": cls.env.company.country_id.id,
                "currency_id": cls.env.company.currency_id.id,
                **({} if cls.requires_onboarding else NO_ONBOARDING),
                **values,
            }
        )
