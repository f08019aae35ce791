import {click, field, openApp, reached, tab, wait} from "./edu_tour_utils";
import {registry} from "@web/core/registry";

/* A friend of a member opens the link and leaves name and number. */
registry.category("web_tour.tours").add("edu_referral_link_tour", {
    steps: () => [
        {
            trigger: "#edu_refer_form input[name='name']",
            run: "edit Referral Friend",
        },
        {
            trigger: "#edu_refer_form input[name='phone']",
            run: "edit +86 139 0000 0777",
        },
        {
            trigger: "#edu_refer_form input[name='consent']",
            run: "check",
        },
        {
            trigger: "#edu_refer_form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#edu_refer_thanks"},
    ],
});

/* The school finds the inquiry among the referrals. */
const openReferral = () => [
    ...openApp(),
    {trigger: ".o_menu_sections button:contains(Loyalty)", run: "click"},
    {
        trigger: ".o-dropdown--menu .dropdown-item:contains(Referrals)",
        run: "click",
    },
    wait(".o_last_breadcrumb_item:contains(Referrals)"),
    click(".o_kanban_record:contains(Referral Member)"),
];

registry.category("web_tour.tours").add("edu_referral_lead_tour", {
    steps: () => [...openReferral(), reached("Inquiry"), wait(field("lead_id"))],
});

registry.category("web_tour.tours").add("edu_referral_reward_tour", {
    steps: () => [
        ...openReferral(),
        reached("Rewarded"),
        click(`${field("referrer_id")} a`),
        ...tab("edu_loyalty_page"),
        wait(`${field("edu_referral_ids")} .badge:contains(Rewarded)`),
        wait(`${field("edu_points")}:contains(200)`),
    ],
});
