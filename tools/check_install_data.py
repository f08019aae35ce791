"""Run in `odoo shell` by check_install.py: a company that worked before we came."""

# ruff: noqa: F821
company = env.company
if not company.chart_template:
    company.country_id = env.ref("base.us")
    env["account.chart.template"].try_loading(
        "generic_coa", company, install_demo=False
    )
school = env["res.partner"].create({"name": "Old School", "is_company": True})
people = env["res.partner"].create(
    [
        {
            "name": f"Person {number}",
            "email": f"person{number % 50}@old.example",
            "phone": f"+1 650-555-{number:04}",
            "parent_id": school.id if number % 2 else False,
        }
        for number in range(60)
    ]
)
env["crm.lead"].create(
    [
        {"name": f"Lead {person.id}", "partner_id": person.id, "type": kind}
        for person in people[:20]
        for kind in ("lead", "opportunity")
    ]
)
product = env["product.product"].create({"name": "Old course", "type": "service"})
orders = env["sale.order"].create(
    [
        {
            "partner_id": person.id,
            "order_line": [(0, 0, {"product_id": product.id, "price_unit": 100.0})],
        }
        for person in people[:10]
    ]
)
orders[:6].action_confirm()
orders[:4]._create_invoices().action_post()
survey = env["survey.survey"].create(
    {
        "title": "Old survey",
        "question_ids": [(0, 0, {"title": "Why?", "question_type": "char_box"})],
    }
)
for person in people[:5]:
    survey._create_answer(partner=person)
program = env["loyalty.program"].create(
    {"name": "Old points", "program_type": "loyalty"}
)
env["loyalty.card"].create(
    [{"program_id": program.id, "partner_id": person.id} for person in people[:5]]
)
env.cr.commit()
