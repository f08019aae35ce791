"""Every screen of the app answers what the web client asks for, in each role."""

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.fields import Date, Domain
from odoo.tools.safe_eval import safe_eval

from .common import MODULE, EduCase

ROLES = ("readonly", "agent", "leader", "manager")
ROWS = 5
SHOWN = ("list", "kanban", "form", "calendar", "activity")


class TestEveryScreen(EduCase):
    """What the browser walks through as manager, each role is asked here as well."""

    def test_each_role_opens_every_screen(self):
        for role in ROLES:
            user = self.make_user(role)
            actions = self.actions_of(user)
            self.assertGreater(len(actions), 15)
            for action in actions:
                with self.subTest(role=role, action=action.name):
                    self.open(action.with_env(self.env(user=user)))

    def actions_of(self, user):
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        app = self.env.ref(f"{MODULE}.edu_crm_menu").id
        return self.env["ir.actions.act_window"].browse(
            {
                menu["action_id"]
                for menu in menus.values()
                if menu.get("app_id") == app
                and menu["action_model"] == "ir.actions.act_window"
            }
        )

    # ------------------------------------------------------------------ a screen
    def open(self, action):
        values = action.sudo().read()[0]
        known = self.words(action.env)
        context = safe_eval(values["context"] or "{}", known)
        model = action.env[values["res_model"]].with_context(**context)
        domain = Domain(safe_eval(values["domain"] or "[]", known))
        search_view = values["search_view_id"] and values["search_view_id"][0]
        views = model.get_views([*values["views"], (search_view, "search")])["views"]
        for kind in SHOWN:
            if kind in views:
                names = self.field_names(views[kind]["arch"], model)
                wanted = {name: {} for name in names}
                model.web_search_read(domain, wanted, limit=ROWS)
        self.search(model, domain, views["search"]["arch"], known)

    def search(self, model, domain, arch, known):
        for node in etree.fromstring(arch).iter("filter"):
            if node.get("domain"):
                more = Domain(safe_eval(node.get("domain"), known))
                model.search_count(domain & more, limit=ROWS)
            group_by = safe_eval(node.get("context") or "{}", known).get("group_by")
            if group_by and (term := self.group_term(model, group_by)):
                model.formatted_read_group(domain, [term], ["__count"], limit=ROWS)

    # ------------------------------------------------------------------ what is needed
    def group_term(self, model, name):
        """Return what the client groups by; properties differ by record, none here."""
        kind = model._fields[name.partition(":")[0]].type
        if kind in ("date", "datetime") and ":" not in name:
            return f"{name}:month"
        return name if kind != "properties" else None

    def field_names(self, arch, model):
        """Return the fields of a view, without those of lists inside of it."""
        return {
            node.get("name")
            for node in etree.fromstring(arch).iter("field")
            if node.get("name") in model._fields
            and not any(parent.tag == "field" for parent in node.iterancestors())
        }

    def words(self, env):
        """Return what domains and contexts of views may name."""
        return {
            "uid": env.uid,
            "allowed_company_ids": env.companies.ids,
            "active_id": False,
            "active_ids": [],
            "context": {},
            "time": None,
            "datetime": datetime,
            "timedelta": timedelta,
            "relativedelta": relativedelta,
            "context_today": Date.today,
            "current_date": str(Date.today()),
        }
