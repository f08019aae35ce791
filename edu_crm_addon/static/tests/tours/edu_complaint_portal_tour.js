import {registry} from "@web/core/registry";

/* A mother complains in the portal, refuses the first result, and opens the complaint
 * again after it was closed. Between the three tours the school does its part. */
registry.category("web_tour.tours").add("edu_complaint_portal_new_tour", {
    url: "/my/home",
    steps: () => [
        {
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/complaints']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "a[href='/my/complaints/new']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#edu_complaint_form select[name='type_id']",
            run: "selectByLabel Service attitude",
        },
        {
            trigger:
                "#edu_complaint_form select[name='matter_id']:has(optgroup[disabled])",
        },
        {
            trigger: "#edu_complaint_form select[name='learner_id']",
            run: "selectByLabel Tour Child",
        },
        {
            trigger: "#edu_complaint_form textarea[name='description']",
            run: "edit Nobody was at the desk",
        },
        {
            trigger: "#edu_complaint_form select[name='remedy']",
            run: "selectByLabel Apology",
        },
        {
            trigger: "#edu_complaint_form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#edu_complaint_thanks:contains(You will have our decision by)"},
        {
            trigger: "#edu_complaint_write textarea",
            run: "edit It was on Monday",
        },
        {
            trigger: "#edu_complaint_write button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#edu_complaint_messages:contains(It was on Monday)"},
    ],
});

registry.category("web_tour.tours").add("edu_complaint_portal_refuse_tour", {
    url: "/my/complaints",
    steps: () => [
        {
            trigger: "tr:contains(Result: please answer) a",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#edu_complaint_result:contains(We are sorry)"},
        {
            trigger: "#edu_complaint_answer textarea",
            run: "edit An apology is not enough",
        },
        {
            trigger: "#edu_complaint_answer button[value='refuse']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#edu_complaint_page:contains(You do not accept the solution)"},
        {trigger: "#edu_complaint_page .badge:contains(Being handled)"},
    ],
});

registry.category("web_tour.tours").add("edu_complaint_portal_reopen_tour", {
    url: "/my/complaints",
    steps: () => [
        {
            trigger: "tr:contains(Closed) a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#edu_complaint_reopen textarea",
            run: "edit The desk is empty again",
        },
        {
            trigger: "#edu_complaint_reopen button:contains(Open it again)",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#edu_complaint_page:contains(It was opened again)"},
        {trigger: "#edu_complaint_page .badge:contains(Being handled)"},
    ],
});
