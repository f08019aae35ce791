import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const menu = (section, entry) => [
    {trigger: `.o_menu_sections button:contains(${section})`, run: "click"},
    {trigger: `.o-dropdown--menu .dropdown-item:contains(${entry})`, run: "click"},
];

/* A family is entered and classified, its double is found and merged, and the report
 * counts it: the working day of who keeps the customers. */
registry.category("web_tour.tours").add("edu_customer_tour", {
    url: "/odoo",
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='edu_crm_addon.edu_crm_menu']",
            run: "click",
        },
        // A mother, classified
        {trigger: ".o_list_button_add", run: "click"},
        {
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "edit Tour Mother",
        },
        {
            trigger: ".o_field_widget[name=phone] input",
            run: "edit +86 138 1111 2222",
        },
        {
            trigger: ".o_field_widget[name=edu_stage_ids] input",
            run: "edit Primary",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Primary education) a",
            run: "click",
        },
        {trigger: ".nav-link[name=education]", run: "click"},
        {
            trigger: ".o_field_widget[name=edu_need_ids] label:contains(all-round)",
            run: "click",
        },
        // Her child
        {
            trigger:
                ".o_field_widget[name=edu_learner_link_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=edu_learner_link_ids] .o_selected_row [name=learner_id] input",
            run: "edit Tour Child",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Create) a",
            run: "click",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
        {
            trigger: ".o_field_widget[name=ref] input:value(C)",
        },
        {
            trigger:
                ".o_field_widget[name=edu_nature_ids] .o_tag:contains(Parent/Guardian)",
        },
        // Her double: the form warns while typing
        {trigger: ".o_form_button_create", run: "click"},
        {
            trigger: ".o_last_breadcrumb_item:contains(New)",
        },
        {
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "edit Tour Mother again",
        },
        {
            trigger: ".o_field_widget[name=phone] input",
            run: "edit 0086 13811112222 && press Tab",
        },
        {
            trigger:
                ".alert-warning:contains(already exists) .o_tag:contains(Tour Mother)",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
        // The scan finds the two, the host's wizard merges them
        ...menu("Customers", "Likely duplicates"),
        {trigger: ".o_list_view"},
        {trigger: "button[name=action_scan]", run: "click"},
        {
            trigger: ".o_data_row:contains(+8613811112222) button[name=action_merge]",
            run: "click",
        },
        {trigger: ".modal button[name=action_merge]", run: "click"},
        {trigger: ".modal h2:contains(no more contacts to merge)"},
        {trigger: ".modal footer button:contains(Close)", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        // The report counts her once
        ...menu("Reporting", "Customer classification"),
        {trigger: ".o_pivot table:contains(Primary education customer)"},
    ],
});
