import {field, wait} from "./edu_tour_utils";
import {registry} from "@web/core/registry";

const focused = (name) => `${field(name)} :is(input, textarea):focus`;

/* Goes on with the Tab key until the field has the cursor. */
const tabTo = (name) => [
    {
        trigger: ".o_form_view",
        async run({press}) {
            for (let left = 15; left; left--) {
                if (document.activeElement.closest(field(name))) {
                    return;
                }
                await press("Tab");
            }
            throw new Error(`The Tab key does not reach ${name}`);
        },
    },
    wait(focused(name)),
];

/* Types into the field that has the cursor and takes the first proposal. */
const take = (name, text) => [
    ...tabTo(name),
    {trigger: focused(name), run: `edit ${text}`},
    wait(`.o-autocomplete--dropdown-item:contains(${text})`),
    {
        trigger: focused(name),
        async run({press, waitFor}) {
            const active = ".o-autocomplete--dropdown-item .ui-state-active";
            if (!document.querySelector(active)) {
                await press("ArrowDown");
            }
            await waitFor(active);
            await press("Enter");
        },
    },
    wait(`${field(name)} input:value(${text})`),
];

/* A customer calls: recorded in one screen, without the mouse. */
registry.category("web_tour.tours").add("edu_complaint_phone_tour", {
    steps: () => [
        wait(`.o_form_editable ${focused("phone")}`),
        {trigger: focused("phone"), run: "edit 138-2222-4444 && press Tab"},
        wait(`${field("partner_id")} input:value(Calling Mother)`),
        wait(`${field("learner_id")} input:value(Calling Child)`),
        ...take("type_id", "Teaching"),
        ...take("matter_id", "Course setting"),
        ...tabTo("description"),
        {trigger: focused("description"), run: "edit The course was canceled twice."},
        {trigger: ".o_form_view", run: "press alt+s"},
        wait(".o_form_saved"),
        wait(`${field("name")}:contains(CMP/)`),
    ],
});
