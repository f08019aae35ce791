import {registry} from "@web/core/registry";

/* A guardian signs the quotation of a course on the host's page; then the enrollment of
 * the child and the signed contract stand under My enrollments. Each page is left when
 * its last part, the chatter, has loaded. */
registry.category("web_tour.tours").add("edu_portal_tour", {
    url: "/my/quotes",
    steps: () => [
        {
            trigger: "a:contains(TOUR-1)",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#chatterRoot:shadow .o-mail-Chatter"},
        {
            trigger: "#sale_order_sidebar_button a:contains(Sign)",
            run: "click",
        },
        {
            trigger: ".modal .o_web_sign_name_and_signature input:value(Tour Mother)",
        },
        {
            trigger: ".modal canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#quote_content:contains(Thank You)",
        },
        {trigger: "#chatterRoot:shadow .o-mail-Chatter"},
        {
            trigger: "body",
            run: "goToUrl /my/home",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/enrollments']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h4:contains(Tour Child)",
        },
        {
            trigger: "tr:contains(Tour Piano) a",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#chatterRoot:shadow .o-mail-Chatter"},
        {
            trigger: "#edu_enrollment_contract tr:contains(Tour Mother) a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#edu_contract_page .badge:contains(Signed)",
        },
        {
            trigger: ".edu_contract td:contains(Tour Child)",
        },
    ],
});
