import {
    badge,
    choose,
    click,
    field,
    menu,
    openApp,
    portalLoaded,
    press,
    reached,
    save,
    select,
    tab,
    type,
    wait,
} from "./edu_tour_utils";
import {registry} from "@web/core/registry";

const {DateTime} = luxon;
const tours = registry.category("web_tour.tours");

/* The adviser enters a lead, screens it and gives it a trial lesson. */
tours.add("edu_journey_lead", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Pipeline", "Education pipeline"),
        click("body:has(.o_kanban_renderer) .o-kanban-button-new"),
        {
            trigger: `.o_kanban_quick_create ${field("name")} input`,
            run: "edit Journey piano lessons",
        },
        {
            trigger: `.o_kanban_quick_create ${field("phone")} input`,
            run: "edit +86 138 2222 3333",
        },
        {
            trigger: `.o_kanban_quick_create ${field("email_from")} input`,
            run: "edit journey.mother@example.com",
        },
        click(".o_kanban_quick_create .o_kanban_edit"),
        // Mother and source
        ...tab("lead"),
        type("contact_name", "Journey Mother"),
        ...choose("source_id", "Online advertising"),
        wait(`${field("team_id")} input:value(School education)`),
        // Her child
        ...tab("education"),
        type("edu_learner_name", "Journey Child"),
        type("edu_learner_birth_date", "03/01/2016"),
        ...select("edu_relation", "Mother"),
        type("edu_learning_goal", "Play a sonata in a year"),
        ...choose("edu_stage_ids", "Primary education"),
        // Screening
        ...tab("edu_screening"),
        badge("edu_man_money", "Yes"),
        badge("edu_man_authority", "Decides"),
        badge("edu_man_need", "Yes"),
        type("edu_man_need_text", "Wants to play like her cousin"),
        ...save(),
        wait(`${field("edu_intent")}:contains(High)`),
        wait(`${field("edu_screening")}:contains(Speaks for the lead)`),
        // One button is the one to press
        wait(".o_statusbar_buttons .btn-primary:only:contains(Enroll)"),
        // Trial lesson
        press("action_edu_plan_trial"),
        wait(`${field("learner_name")} input:value(Journey Child)`),
        {
            trigger: `${field("start_at")} input:eq(0)`,
            async run({edit}) {
                const text = DateTime.now().toFormat("MM/dd/yyyy HH:mm:ss");
                await edit(text);
            },
        },
        ...choose("teacher_id", "Journey Teacher"),
        ...choose("room_id", "Journey Room"),
        press("action_confirm"),
        reached("Confirmed"),
        click(`${field("rating")} .o_priority_star:eq(3)`),
        click(`${field("outcome")} label:contains(Wants to enroll)`),
        type("feedback", "Hears every note"),
        press("action_attend"),
        reached("Attended"),
        // Back to the lead
        click(".o_back_button:contains(Journey piano lessons)"),
        reached("Trial"),
    ],
});

/* The adviser goes on to the contract and sends the quotation. */
tours.add("edu_journey_quotation", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Pipeline", "Education pipeline"),
        click(".o_kanban_record:contains(Journey piano lessons)"),
        ...tab("education"),
        {
            trigger: `${field("edu_has_wish")} input`,
            run: "check",
        },
        click(".o_statusbar_status button:contains(Signing)"),
        reached("Signing"),
        press("action_edu_enroll"),
        wait(".modal .modal-title:contains(Enroll)"),
        ...choose("course_id", "Journey Piano"),
        ...choose("run_id", "Journey Class"),
        wait(`${field("seats_free")}:contains(1)`),
        ...choose("payment_term_id", "3 monthly installments"),
        press("action_enroll"),
        wait(".o_sale_order"),
        wait(".o_data_row:contains(Journey Child):contains(Journey Class)"),
        press("action_quotation_send"),
        wait(".modal .o_field_widget[name=body]:contains(900.00)"),
        click(".modal .o_mail_send:enabled"),
        reached("Quotation Sent"),
    ],
});

/* The mother signs by the link in her mail, without an account. */
tours.add("edu_journey_sign", {
    steps: () => [
        portalLoaded(),
        click("#sale_order_sidebar_button a:contains(Sign)"),
        wait(".modal .o_web_sign_name_and_signature input:value(Journey Mother)"),
        {
            trigger: ".modal canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        wait("#quote_content:contains(Thank You)"),
        portalLoaded(),
    ],
});

/* The accountant makes the invoice and books the payment of the first installment. */
tours.add("edu_journey_invoice", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Enrollments", "Enrollments"),
        click(".o_data_row:contains(Journey Child) .o_data_cell:eq(1)"),
        press("action_open_order"),
        click("#create_invoice"),
        click(".modal button[name=create_invoices]"),
        click("button[name=action_post]:visible"),
        click("#account_invoice_payment_btn:enabled:visible"),
        wait(`.modal ${field("amount")} input:value(300.00)`),
        click(".modal button[name=action_create_payments]:visible"),
        wait("body:not(:has(.modal))"),
        wait(".ribbon span:contains(Partial)"),
    ],
});

/* The adviser finishes the onboarding. */
tours.add("edu_journey_onboarding", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Enrollments", "Enrollments"),
        click(".o_data_row:contains(Journey Child) .o_data_cell:eq(1)"),
        reached("Onboarding"),
        ...tab("onboarding"),
        // Document
        click(
            `${field("document_ids")} .o_data_row:contains(Identity) td[name=expires_on]`
        ),
        {
            trigger: `${field("document_ids")} .o_selected_row [name=file] .o_select_file_button`,
            run() {
                const scan = new File(["%PDF-1.7 scan %%EOF"], "scan.pdf", {
                    type: "application/pdf",
                });
                const data = new DataTransfer();
                data.items.add(scan);
                const input = document.querySelector(
                    ".o_selected_row [name=file] input[type=file]"
                );
                input.files = data.files;
                input.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        wait(`${field("document_ids")} .o_selected_row [name=file] :value(scan.pdf)`),
        ...save(),
        press("action_accept"),
        wait(`${field("document_ids")} .o_data_row:contains(Accepted)`),
        // Account and schedule
        press("action_invite_account"),
        wait(`${field("account_user_id")}:contains(Journey Mother)`),
        press("action_send_schedule"),
        reached("Studying"),
    ],
});

/* The mother, with her account, finds it all under My enrollments. */
tours.add("edu_journey_portal", {
    url: "/my/home",
    steps: () => [
        {
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/enrollments']",
            run: "click",
            expectUnloadPage: true,
        },
        wait("h4:contains(Journey Child)"),
        {
            trigger: "tr:contains(Journey Piano):contains(Studying) a",
            run: "click",
            expectUnloadPage: true,
        },
        portalLoaded(),
        wait("#edu_enrollment_instalments tr:contains(300.00) .badge:contains(Paid)"),
        wait("#edu_enrollment_instalments:has(tbody tr:eq(2) .badge:contains(To pay))"),
        {
            trigger: "#edu_enrollment_contract tr:contains(Journey Mother) a",
            run: "click",
            expectUnloadPage: true,
        },
        wait("#edu_contract_page .badge:contains(Signed)"),
        wait(".edu_contract td:contains(Journey Child)"),
    ],
});
