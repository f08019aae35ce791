"""Every menu, view and filter of the app opens without an error, for who may see it."""

from odoo.tests import HttpCase, new_test_user, tagged

CLICK = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere('edu_crm_addon.edu_crm_menu');"
)


@tagged("post_install", "-at_install")
class TestClickEverywhere(HttpCase):
    allow_end_on_form = True

    def click_everywhere(self, role):
        group = f"edu_crm_addon.group_edu_{role}"
        new_test_user(self.env, f"clicking_{role}", groups=group, lang="en_US")
        self.browser_js(
            "/odoo",
            CLICK,
            "odoo.isReady === true",
            login=f"clicking_{role}",
            timeout=900,
            success_signal="clickbot test succeeded",
        )

    def test_a_manager_opens_every_screen(self):
        self.click_everywhere("manager")

    def test_who_only_reads_opens_every_screen(self):
        self.click_everywhere("readonly")
