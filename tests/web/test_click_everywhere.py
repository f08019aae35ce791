"""Every menu, view and filter of the app opens in the browser without an error.

What the server answers in each role, ``tests/orm/test_every_screen.py`` asks.
"""

from odoo.tests import HttpCase, new_test_user, tagged

CLICK = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere('edu_crm_addon.edu_crm_menu');"
)


@tagged("post_install", "-at_install")
class TestClickEverywhere(HttpCase):
    allow_end_on_form = True

    def test_a_manager_opens_every_screen(self):
        group = "edu_crm_addon.group_edu_manager"
        new_test_user(self.env, "clicking", groups=group, lang="en_US")
        self.browser_js(
            "/odoo",
            CLICK,
            "odoo.isReady === true",
            login="clicking",
            timeout=900,
            success_signal="clickbot test succeeded",
        )
