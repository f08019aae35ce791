"""Checks that hold for every model of the addon, after Tryton's ModuleTestCase."""

import re
from ast import literal_eval

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import MODULE, EduCase

# Lists of values that all companies of a school share.
CATALOGUE = "edu.catalogue.mixin"
# Settings and lists of the host that every salesperson reads to do the work.
READ_BY_ALL = {
    "res.company",
    "crm.lost.reason",
    "crm.stage",
    "crm.team",
    "loyalty.card",
    "loyalty.program",
    "utm.source",
}


@tagged("post_install", "-at_install")
class TestModule(EduCase):
    def own_models(self):
        for name, model in self.env.items():
            if model._original_module == MODULE:
                yield name, model

    def own(self, model):
        """Return the records of ``model`` that the addon ships."""
        rows = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", model)]
        )
        return self.env[model].browse(rows.mapped("res_id")).exists()

    def own_views(self):
        return self.own("ir.ui.view").filtered("model")

    # ------------------------------------------------------------------ models
    def test_every_model_grants_access_to_somebody(self):
        granted = self.env["ir.model.access"].search([]).model_id.mapped("model")
        for name, model in self.own_models():
            if not model._abstract:
                with self.subTest(model=name):
                    self.assertIn(name, granted)

    def test_no_access_is_granted_to_everybody(self):
        for access in self.own("ir.model.access"):
            with self.subTest(access=access.name):
                self.assertTrue(access.group_id)

    def test_every_model_has_a_company_or_is_a_catalogue(self):
        catalogues = self.env.registry[CATALOGUE]
        for name, model in self.own_models():
            if model._abstract or model._transient:
                continue
            with self.subTest(model=name):
                if not issubclass(type(model), catalogues):
                    self.assertIn("company_id", model._fields)

    def test_every_company_has_its_rule(self):
        guarded = self.env["ir.rule"].search([("groups", "=", False)]).model_id
        for name, model in self.own_models():
            if model._abstract or model._transient or "company_id" not in model._fields:
                continue
            with self.subTest(model=name):
                self.assertIn(name, guarded.mapped("model"))

    def test_every_order_ends_in_the_id(self):
        for name, model in self.own_models():
            with self.subTest(model=name):
                self.assertRegex(model._order, r"\bid( desc| asc)?$")

    def test_every_model_and_field_is_named(self):
        for name, model in self.own_models():
            with self.subTest(model=name):
                self.assertNotEqual(model._description, name)
                for field in model._fields.values():
                    self.assertTrue(field.string, field.name)

    def test_fields_on_models_of_the_host_need_the_education_role(self):
        own = {name for name, _model in self.own_models()}
        for name, model in self.env.items():
            if name in own or model._abstract or model._transient:
                continue
            if name in READ_BY_ALL:
                continue
            for field in model._fields.values():
                if MODULE in (field._modules or ()) and field.name.startswith("edu_"):
                    with self.subTest(field=str(field)):
                        self.assertIn(f"{MODULE}.group_edu_", field.groups or "")

    def test_a_relation_from_our_models_is_indexed_where_it_is_looked_up(self):
        for name, model in self.env.items():
            for field in model._fields.values():
                ours = MODULE in (field._modules or ())
                if ours and field.type == "one2many" and field.inverse_name:
                    inverse = self.env[field.comodel_name]._fields[field.inverse_name]
                    with self.subTest(model=name, field=field.name):
                        self.assertTrue(inverse.index)

    def test_every_report_reads(self):
        for name, model in self.own_models():
            if model._table_query is not None:
                with self.subTest(model=name):
                    model.search([], limit=1).read()

    # ------------------------------------------------------------------ views
    def test_every_button_has_a_method_or_an_action(self):
        for view in self.own_views():
            for button in etree.fromstring(view.arch).iter("button"):
                name = button.get("name")
                with self.subTest(view=view.xml_id, button=name):
                    if button.get("type") == "object":
                        self.assertFalse(name.startswith("_"))
                        model = self.model_of(button, view)
                        self.assertTrue(callable(getattr(model, name)))
                    elif button.get("type") == "action":
                        self.assertTrue(re.search(r"\d+", name))

    def model_of(self, node, view):
        """Return the model of a node, that of the lines inside a list of lines."""
        model = self.env[view.model]
        for parent in reversed(list(node.iterancestors("field"))):
            if comodel := model._fields[parent.get("name")].comodel_name:
                model = self.env[comodel]
        return model

    def test_every_model_can_be_searched_by_name(self):
        for name, model in self.own_models():
            if not model._abstract and not model._transient:
                with self.subTest(model=name):
                    model.name_search("something")

    def test_every_view_can_be_read_by_each_role(self):
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role)
            for view in self.own_views():
                model = self.env[view.model].with_user(user)
                if model._transient or not model.has_access("read"):
                    continue
                with self.subTest(view=view.xml_id, role=role):
                    arch = model.get_view(view.id if not view.inherit_id else None)
                    self.assertTrue(arch["arch"])

    # ------------------------------------------------------------------ menus
    def menus(self, user):
        """Return our menus that the user sees; those of a hidden parent are hidden."""
        menus = self.env["ir.ui.menu"].with_user(user)
        shown = menus.browse(key for key in menus.load_menus(False) if key != "root")
        return (shown & self.own("ir.ui.menu").with_user(user)).filtered("action")

    def test_every_menu_opens_for_whoever_sees_it(self):
        """The first view, its filters and the first page, as the web client asks."""
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role)
            for menu in self.menus(user):
                with self.subTest(role=role, menu=menu.complete_name):
                    self.open_action(menu.action.sudo(), user)

    def open_action(self, action, user):
        context = safe_eval(action.context or "{}", {"uid": user.id, "active_id": 1})
        model = self.env[action.res_model].with_user(user).with_context(**context)
        domain = safe_eval(action.domain or "[]", {"uid": user.id})
        modes = action.view_mode.split(",")
        views = [(False, mode) for mode in modes]
        search_view = action.search_view_id.id or False
        result = model.get_views([*views, (search_view, "search")], {"toolbar": True})
        self.assertEqual(set(result["views"]), {*modes, "search"})
        arch = etree.fromstring(result["views"]["search"]["arch"])
        for name in context:
            if name.startswith("search_default_"):
                wanted = name.removeprefix("search_default_")
                self.assertTrue(
                    arch.xpath(f"//*[@name='{wanted}']"), f"no filter {wanted}"
                )
        model.search(domain, limit=1)

    def test_every_filter_of_ours_finds(self):
        for view in self.own_views().filtered(lambda view: view.type == "search"):
            model = self.env[view.model]
            for node in etree.fromstring(view.arch).iter("filter"):
                with self.subTest(view=view.xml_id, filter=node.get("name")):
                    if node.get("domain"):
                        domain = safe_eval(node.get("domain"), {"uid": self.env.uid})
                        model.search(domain, limit=1)
                    if node.get("context"):
                        groupby = literal_eval(node.get("context"))["group_by"]
                        model.formatted_read_group([], [groupby], ["__count"])

    def test_each_role_sees_the_menus_it_needs(self):
        seen = {
            role: self.menus(self.make_user(role)).ids
            for role in ("salesperson", "readonly", "agent", "leader", "manager")
        }
        self.assertFalse(seen["salesperson"])
        customers = self.env.ref(f"{MODULE}.res_partner_menu_customers").id
        stages = self.env.ref(f"{MODULE}.edu_stage_menu").id
        for role in ("readonly", "agent", "leader"):
            with self.subTest(role=role):
                self.assertIn(customers, seen[role])
                self.assertNotIn(stages, seen[role])
        self.assertIn(stages, seen["manager"])

    # ------------------------------------------------------------------ data
    def test_every_scheduled_job_runs(self):
        jobs = self.own("ir.cron")
        self.assertTrue(jobs)
        for job in jobs:
            with self.subTest(job=job.name):
                self.run_cron(job.get_external_id()[job.id])
        self.assertFalse(self.env["edu.job.failure"].search([]))

    def test_every_rule_can_be_evaluated_for_each_role(self):
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role)
            for name, model in self.own_models():
                here = self.env[name].with_user(user)
                if not model._abstract and here.has_access("read"):
                    with self.subTest(role=role, model=name):
                        here.search([], limit=1)
