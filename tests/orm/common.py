"""Base of the ORM tier: factories and domain asserts, not a giant setUpClass.

Every test makes the records it needs. Factories take the values that matter to the test
and fill in the rest; they never read what another test or the demo data left behind.
"""

from contextlib import contextmanager
from itertools import count

from odoo.fields import Command, Date, Datetime
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

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
OWN_MODELS = [
    "edu.stage",
    "edu.education.type",
    "edu.customer.nature",
    "edu.need",
    "edu.customer.tier",
    "edu.guardianship",
    "edu.duplicate",
    "edu.customer.report",
    "edu.job.failure",
    "edu.contact.log",
    "edu.acquisition.cost",
    "edu.course.run",
    "edu.enrollment",
    "edu.enrollment.pause",
    "edu.contract",
    "edu.screening.rule",
    "edu.intent.policy",
    "edu.room",
    "edu.trial.lesson",
    "edu.trial.report",
    "edu.pipeline.report",
    "edu.document.type",
    "edu.enrollment.document",
    "edu.source.report",
    "edu.payment.reminder",
    "edu.receipt",
    "edu.enrollment.withdraw",
]
# An image of one pixel.
SIGNATURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    b"AABJRU5ErkJggg=="
)
CRON_UPKEEP = f"{MODULE}.ir_cron_customer_upkeep"
CRON_TRIAL_RESULTS = f"{MODULE}.ir_cron_pipeline_ask_trial_results"
CRON_REMIND = f"{MODULE}.ir_cron_payment_remind"
CRON_SCAN = f"{MODULE}.ir_cron_customer_scan"
# What an attended trial lesson needs.
GOOD_RESULT = {"rating": "4", "outcome": "undecided", "feedback": "Quick learner"}


# Most tests are about something else than the onboarding: nothing is required in them.
NO_ONBOARDING = {
    "edu_require_documents": False,
    "edu_require_account": False,
    "edu_require_schedule": False,
}


class EduCase(BaseCommon):
    # Whether the steps of the onboarding are required, as they are by default.
    requires_onboarding = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.requires_onboarding:
            cls.env.company.write(NO_ONBOARDING)
        for language in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(language)
        cls.env.user.lang = "en_US"
        cls.env.company.country_id = cls.env.ref("base.cn")
        cls._numbers = count(1)

    @classmethod
    def default_env_context(cls):
        return {**super().default_env_context(), "lang": "en_US"}

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

    # ------------------------------------------------------------------ documents
    @classmethod
    def make_lead(cls, partner, **values):
        """Return a lead made by a transaction of its own, as in real life."""
        cls.env.flush_all()
        lead = cls.env["crm.lead"].create(
            {
                "name": f"Lead {next(cls._numbers)}",
                "type": "opportunity",
                "partner_id": partner.id,
                **values,
            }
        )
        cls.env.flush_all()
        return lead

    @classmethod
    def make_prospect(cls, **values):
        """Return an opportunity of an education team, without customer."""
        nobody = cls.env["res.partner"]
        return cls.make_lead(nobody, **{"team_id": cls.team().id, **values})

    @classmethod
    def make_product(cls, **values):
        return cls.env["product.product"].create(
            {
                "name": "Course",
                "type": "service",
                "list_price": 100.0,
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def make_order(cls, partner, *, confirm=True, ordered_at=None, **values):
        """Return an order of one course; ``ordered_at`` dates the confirmed order."""
        cls.env.flush_all()
        order = cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [Command.create({"product_id": cls.make_product().id})],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
            if ordered_at:
                order.date_order = ordered_at
        cls.env.flush_all()
        return order

    # ------------------------------------------------------------------ courses
    @classmethod
    def make_course(cls, **values):
        """Return a course of one month with four lessons, sold for 100."""
        return cls.make_product(
            **{
                "name": f"Course {next(cls._numbers)}",
                "service_tracking": "edu_course",
                "invoice_policy": "order",
                "edu_term_unit": "months",
                "edu_term": 1,
                "edu_lessons": 4,
                **values,
            }
        )

    @classmethod
    def make_run(cls, course, **values):
        """Return a run of the course that begins today."""
        return cls.env["edu.course.run"].create(
            {
                "name": f"Run {next(cls._numbers)}",
                "product_tmpl_id": course.product_tmpl_id.id,
                "date_start": Date.context_today(cls.env.user),
                **values,
            }
        )

    @classmethod
    def make_course_order(
        cls, payer, learner=None, *, confirm=True, course=None, **line
    ):
        """Return an order of one course line; further values are those of the line."""
        course = course or cls.make_course()
        order = cls.env["sale.order"].create(
            {
                "partner_id": payer.id,
                "company_id": line.pop("company_id", cls.env.company.id),
                "order_line": [
                    Command.create(
                        {
                            "product_id": course.id,
                            "edu_learner_id": learner and learner.id,
                            **line,
                        }
                    )
                ],
            }
        )
        if confirm:
            order.action_confirm()
        cls.env.flush_all()
        return order

    @classmethod
    def sign(cls, order, name="Signer", signature=SIGNATURE):
        """Sign as the page of the order in the portal does; return the contract."""
        order.sudo().write(
            {"signed_by": name, "signed_on": Datetime.now(), "signature": signature}
        )
        cls.env.flush_all()
        return order.sudo().edu_contract_id

    @classmethod
    def make_enrollment(cls, learner=None, payer=None, **line):
        """Return the enrollment that a confirmed order of one course makes."""
        learner = learner or cls.make_customer()
        order = cls.make_course_order(payer or learner, learner, **line)
        return order.edu_enrollment_ids

    # ------------------------------------------------------------------ trial lessons
    @classmethod
    def make_teacher(cls, **values):
        return cls.make_person(**{"edu_is_teacher": True, **values})

    @classmethod
    def make_room(cls, **values):
        return cls.env["edu.room"].create(
            {"name": f"Room {next(cls._numbers)}", **values}
        )

    @classmethod
    def make_trial(cls, lead=None, state="planned", **values):
        """Return a lesson, by default of tomorrow and with nobody else involved."""
        lead = lead or cls.make_lead(cls.make_person())
        values.setdefault("start_at", Datetime.add(Datetime.now(), days=1))
        if state == "attended":
            values = {**GOOD_RESULT, **values}
        elif state == "missed":
            values = {"missed_reason": "Ill", **values}
        teacher = values.pop("teacher_id", None) or cls.make_teacher().id
        cls.env.flush_all()
        lesson = cls.env["edu.trial.lesson"].create(
            {"lead_id": lead.id, "teacher_id": teacher, "state": state, **values}
        )
        cls.env.flush_all()
        return lesson

    # ------------------------------------------------------------------ money
    @classmethod
    def make_invoice(cls, orders, *, term=None, invoiced_on=None, post=True):
        """Return the invoice of what is to be invoiced of ``orders``.

        :param term: number of monthly instalments (2, 3 or 4)
        """
        cls.env.flush_all()
        if term:
            orders.payment_term_id = cls.payment_term(term)
        invoice = orders._create_invoices()
        if invoiced_on:
            invoice.invoice_date = invoiced_on
            if not invoice.invoice_payment_term_id:
                invoice.invoice_date_due = invoiced_on
        if post:
            invoice.action_post()
        cls.env.flush_all()
        return invoice

    @classmethod
    def payment_term(cls, parts):
        return cls.env.ref(f"{MODULE}.account_payment_term_instalments_{parts}")

    @classmethod
    def pay(cls, invoice, amount=None, **values):
        """Register a payment of the invoice as the host's wizard does."""
        wizard = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        if amount is not None:
            values |= {"amount": amount, "payment_difference_handling": "open"}
        payments = wizard.create(values)._create_payments()
        cls.env.flush_all()
        return payments

    # ------------------------------------------------------------------ running things
    def run_cron(self, xmlid):
        """Run a scheduled job as the scheduler does, commits included but harmless."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()

    @contextmanager
    def count_queries(self):
        """Yield a list that holds, at the end, the number of queries of the block."""
        self.env.flush_all()
        result = []
        before = self.cr.sql_log_count
        yield result
        self.env.flush_all()
        result.append(self.cr.sql_log_count - before)

    def merge(self, sources, target, user=None):
        """Merge as the host's wizard does when its button is pressed."""
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard = wizard.with_user(user or self.env.user).create(
            {
                "state": "selection",
                "partner_ids": [Command.set((sources | target).ids)],
                "dst_partner_id": target.id,
            }
        )
        wizard.action_merge()
        self.env.invalidate_all()

    def scan(self):
        self.env["edu.duplicate"]._cron_scan()

    def groups_of(self, partner, **values):
        """Return the groups of likely duplicates that ``partner`` is in."""
        domain = [("partner_ids", "in", partner.ids)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["edu.duplicate"].search(domain)

    def days_ago(self, days):
        return Date.subtract(Date.context_today(self.env.user), days=days)

    def moment_ago(self, days):
        return Datetime.subtract(Datetime.now(), days=days)

    # ------------------------------------------------------------------ asserts
    def assertRelationship(self, partner, code):
        self.assertEqual(partner.edu_relationship, code)

    def assertMissing(self, partner, *codes):
        self.assertEqual(partner._edu_missing_codes(), list(codes))

    def assertSameDuplicates(self, group, *partners):
        self.assertEqual(group.partner_ids, self.env["res.partner"].union(*partners))
