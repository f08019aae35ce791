import {stepUtils} from "@web_tour/tour_utils";

const APP = ".o_app[data-menu-xmlid='edu_crm_addon.edu_crm_menu']";

/* Opens the app when the first page, Discuss, has loaded. */
export const openApp = () => [
    {trigger: ".o-mail-Discuss"},
    stepUtils.showAppsMenuItem(),
    {trigger: APP, run: "click"},
    {trigger: ".o_menu_brand:contains(Education CRM)"},
    {trigger: ".o_last_breadcrumb_item:contains(Customers)"},
];

/* Opens an entry of the menu of the app. */
export const menu = (section, entry) => [
    {trigger: `.o_menu_sections button:contains(${section})`, run: "click"},
    {trigger: `.o-dropdown--menu .dropdown-item:contains(${entry})`, run: "click"},
    {trigger: `.o_last_breadcrumb_item:contains(${entry})`},
];

export const field = (name) => `.o_field_widget[name=${name}]`;

export const type = (name, text) => ({
    trigger: `${field(name)} :is(input, textarea)`,
    run: `edit ${text}`,
});

/* Chooses a record that exists already. */
export const choose = (name, text) => [
    {trigger: `${field(name)} input`, run: `edit ${text}`},
    {
        trigger: `.o-autocomplete--dropdown-item:contains(${text}) a`,
        run: "click",
    },
];

export const select = (name, label) => [
    {trigger: `${field(name)} .o_select_menu_toggler`, run: "click"},
    {trigger: `.o_select_menu_item:contains(${label})`, run: "click"},
];

export const badge = (name, label) => ({
    trigger: `${field(name)} .o_selection_badge:contains(${label})`,
    run: "click",
});

export const tab = (name) => [
    {trigger: `.nav-link[name=${name}]`, run: "click"},
    {trigger: `.nav-link.active[name=${name}]`},
];

export const press = (name) => ({
    trigger: `button[name=${name}]:enabled:visible`,
    run: "click",
});

export const save = () => [
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved"},
];

/* Of the portal: its last part, the chatter, has loaded. */
export const portalLoaded = () => ({trigger: "#chatterRoot:shadow .o-mail-Chatter"});
