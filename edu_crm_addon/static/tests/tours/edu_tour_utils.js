import {stepUtils} from "@web_tour/tour_utils";

/* What waits for the server does so for long: the machine may be busy. */
const PATIENT = {timeout: 60000};
const APP = ".o_app[data-menu-xmlid='edu_crm_addon.edu_crm_menu']";

/* Opens the app when the first page, Discuss, has loaded. */
export const openApp = () => [
    {trigger: ".o-mail-Discuss", ...PATIENT},
    stepUtils.showAppsMenuItem(),
    {trigger: APP, run: "click"},
    {trigger: ".o_menu_brand:contains(Education CRM)"},
    {trigger: ".o_last_breadcrumb_item:contains(Customers)", ...PATIENT},
];

/* Opens an entry of the menu of the app. */
export const menu = (section, entry) => [
    {trigger: `.o_menu_sections button:contains(${section})`, run: "click"},
    {trigger: `.o-dropdown--menu .dropdown-item:contains(${entry})`, run: "click"},
    {trigger: `.o_last_breadcrumb_item:contains(${entry})`, ...PATIENT},
];

export const wait = (trigger) => ({trigger, ...PATIENT});

export const click = (trigger) => ({trigger, run: "click", ...PATIENT});

export const field = (name) => `.o_field_widget[name=${name}]`;

export const type = (name, text) => ({
    trigger: `${field(name)} :is(input, textarea)`,
    run: `edit ${text}`,
    ...PATIENT,
});

/* Chooses a record that exists already. What the server still answers to the fields
 * before may close the list that has just opened: then the text is typed again. */
export const choose = (name, text) => [
    {
        trigger: `${field(name)} input`,
        ...PATIENT,
        async run({click, edit, waitFor}) {
            const item = `.o-autocomplete--dropdown-item:contains(${text}) a`;
            for (let left = 3; left; left--) {
                await edit(text);
                try {
                    await waitFor(item, {timeout: 2500});
                    await click(item);
                    return;
                } catch (error) {
                    if (left === 1) {
                        throw error;
                    }
                }
            }
        },
    },
    {
        trigger: `${field(name)} input:value(${text}), ${field(name)} .o_tag:contains(${text})`,
    },
];

export const select = (name, label) => [
    {trigger: `${field(name)} .o_select_menu_toggler`, run: "click"},
    {trigger: `.o_select_menu_item:contains(${label})`, run: "click"},
    {
        trigger: `${field(name)}:contains(${label}), ${field(name)} input:value(${label})`,
    },
];

export const badge = (name, label) => ({
    trigger: `${field(name)} .o_selection_badge:contains(${label})`,
    run: "click",
});

export const tab = (name) => [
    {trigger: `.nav-link[name=${name}]`, run: "click", ...PATIENT},
    {trigger: `.nav-link.active[name=${name}]`},
];

export const press = (name) => ({
    trigger: `button[name=${name}]:enabled:visible`,
    run: "click",
    ...PATIENT,
});

/* The record has reached a state or a stage, and the button that took it there is done:
 * until then the form loads again, and forgets what is typed. */
const IDLE_FORM = ".o_form_view:not(:has(.o_statusbar_buttons button:disabled))";
export const reached = (label) =>
    wait(
        `${IDLE_FORM} .o_statusbar_status button.o_arrow_button_current:contains(${label})`
    );

export const save = () => [
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved", ...PATIENT},
];

/* Of the portal: its last part, the chatter, has loaded. */
export const portalLoaded = () => wait("#chatterRoot:shadow .o-mail-Chatter");
