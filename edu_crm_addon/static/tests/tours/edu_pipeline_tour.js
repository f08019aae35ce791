import {click, field, menu, openApp, press, type, wait} from "./edu_tour_utils";
import {registry} from "@web/core/registry";

const {DateTime} = luxon;
const STAGES = [
    "Prospect",
    "Consulting",
    "Trial",
    "Signing",
    "Fee payment",
    "Enrolled",
];

/* The morning of an adviser: a look at the pipeline, then the leads that wait for us.
 * One family is called, and called again the day after tomorrow. */
registry.category("web_tour.tours").add("edu_pipeline_tour", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Pipeline", "Education pipeline"),
        {
            ...wait(".o_kanban_group:eq(5)"),
            run({queryAll}) {
                const titles = queryAll(".o_kanban_group .o_column_title");
                const names = titles.map((title) => title.textContent.trim());
                if (names.join() !== STAGES.join()) {
                    throw new Error(`The columns are ${names.join()}`);
                }
            },
        },
        wait(".o_kanban_group:eq(1) .o_kanban_record:contains(Forgotten family)"),
        ...menu("Pipeline", "Late follow-up"),
        wait(".o_list_view:not(:contains(Planned family))"),
        click(".o_data_row:contains(Forgotten family) [name=name]"),
        wait(".alert:contains(Late follow-up)"),
        press("action_edu_log_contact"),
        wait(".modal .modal-title:contains(Log a contact)"),
        type("note", "Looks for a class on Saturdays"),
        {
            ...wait(`${field("next_on")} :is(input, button)`),
            async run({click: press_, edit, waitFor}) {
                const day = DateTime.now().plus({days: 2}).toFormat("MM/dd/yyyy");
                await press_(`${field("next_on")} :is(input, button)`);
                await waitFor(`${field("next_on")} input`);
                await edit(day, `${field("next_on")} input`);
            },
        },
        type("next_summary", "Offer a trial lesson"),
        press("action_log"),
        wait("body:not(:has(.modal))"),
        wait(".o-mail-Message:contains(Looks for a class on Saturdays)"),
        wait(".o-mail-Activity:contains(Offer a trial lesson)"),
        wait(".o_form_view:not(:has(.alert:contains(Late follow-up):visible))"),
        click(".o_back_button:contains(Late follow-up)"),
        wait(".o_list_view:not(:contains(Forgotten family))"),
    ],
});
