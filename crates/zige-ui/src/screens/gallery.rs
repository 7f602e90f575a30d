//! Every component with its examples.

use yew::Html;

use crate::components::{self as c, Example};
use crate::view::view;

pub(super) fn gallery() -> Html {
    let components: [(&str, Vec<Example>); 17] = [
        ("answer_input", c::answer_input::examples::examples()),
        ("answer_list", c::answer_list::examples::examples()),
        ("choice_list", c::choice_list::examples::examples()),
        ("citation", c::citation::examples::examples()),
        ("date_input", c::date_input::examples::examples()),
        (
            "declaration_list",
            c::declaration_list::examples::examples(),
        ),
        ("error_summary", c::error_summary::examples::examples()),
        ("field", c::field::examples::examples()),
        ("identity_card", c::identity_card::examples::examples()),
        ("idle_notice", c::idle_notice::examples::examples()),
        ("line_input", c::line_input::examples::examples()),
        ("navigation", c::navigation::examples::examples()),
        ("records_editor", c::records_editor::examples::examples()),
        ("state_notice", c::state_notice::examples::examples()),
        ("title_finder", c::title_finder::examples::examples()),
        ("verdict_bar", c::verdict_bar::examples::examples()),
        ("verdict_tag", c::verdict_tag::examples::examples()),
    ];
    view! {
        <div class="gallery">
            <h1 id="title" tabindex="-1">{ "Components" }</h1>
            <div>{ for components.into_iter().map(|(name, examples)| view! {
                <section key={name} aria-label={name}>
                    <h2>{ name }</h2>
                    <div>{ for examples.into_iter().map(|example| view! {
                        <div key={example.name} class="example"><p class="hint">{ example.name }</p><div>{ example.html }</div></div>
                    }) }</div>
                </section>
            }) }</div>
        </div>
    }
}
