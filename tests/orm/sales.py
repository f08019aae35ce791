"""Factories of what is sold: leads, trial lessons, courses, orders, invoices."""

from odoo.fields import Command, Date, Datetime

from .people import MODULE

# An image of one pixel.
SIGNATURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    b"AABJRU5ErkJggg=="
)
# What an attended trial lesson needs.
GOOD_RESULT = {"rating": "4", "outcome": "undecided", "feedback": "Quick learner"}


class SalesFactory:
    """For a test case that also makes people."""

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
