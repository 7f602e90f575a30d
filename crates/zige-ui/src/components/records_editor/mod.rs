//! A list of records: add, remove, move, and whether it is complete.

#[cfg(test)]
pub mod examples;

use yew::{Callback, Html};
use zige_core::pack::Pack;

use super::answer_input::answer_input;
use super::field::{Surroundings, hint_and_error, label_class};
use crate::session::{Edit, EntryError, RecordsDraft, RowDraft, cell_id};
use crate::view::view;

/// The button that adds a record has the entry's id with `-add`.
pub fn records_editor(
    pack: &Pack,
    noun: &str,
    around: &Surroundings,
    records: &RecordsDraft,
    errors: &[EntryError],
    edit: &Callback<Edit>,
) -> Html {
    let id = &around.id;
    let rows = records.rows.iter().enumerate();
    let row = |(place, row): (usize, &RowDraft)| record(pack, noun, id, place, row, errors, edit);
    let add = edit.reform(|_| Edit::AddRow);
    let complete = records.complete;
    let onchange = edit.reform(move |_| Edit::Complete(!complete));
    view! {
        <fieldset class="entry">
            <legend class={label_class(around)}>{ &around.label }</legend>
            { hint_and_error(around) }
            <div class="records">{ for rows.map(row) }</div>
            <p>
                <button type="button" class="button secondary" id={format!("{id}-add")} onclick={add}>
                    { format!("添加一条{noun}") }
                </button>
            </p>
            <label class="option" for={format!("{id}-complete")}>
                <input type="checkbox" id={format!("{id}-complete")} checked={complete} {onchange} />
                <span class="option-text">{ "都在这里了，没有别的" }</span>
            </label>
        </fieldset>
    }
}

fn record(
    pack: &Pack,
    noun: &str,
    id: &str,
    place: usize,
    row: &RowDraft,
    errors: &[EntryError],
    edit: &Callback<Edit>,
) -> Html {
    let key = row.key;
    let cell = |(field, draft): &(zige_core::ids::FactId, crate::session::Draft)| {
        let fact = pack.vocabulary.facts.get(field.index())?;
        let ending = cell_id(key, fact);
        let own: Vec<EntryError> = errors
            .iter()
            .filter_map(|error| {
                let at = error.at.strip_prefix(&ending)?;
                (at.is_empty() || at.starts_with('-')).then(|| EntryError {
                    at: at.into(),
                    message: error.message.clone(),
                })
            })
            .collect();
        let around = Surroundings {
            id: format!("{id}{ending}"),
            label: fact.label.clone(),
            show_label: true,
            hint: fact.help.clone(),
            error: own
                .first()
                .map(|error| error.message.clone())
                .unwrap_or_default(),
        };
        let field = *field;
        let edit = edit.reform(move |edit| Edit::Cell(key, field, Box::new(edit)));
        Some(view! {
            <div key={fact.id}>
                { answer_input(pack, fact, &around, draft, &own, &edit) }
            </div>
        })
    };
    let number = place + 1;
    let name = format!("第{number}条{noun}");
    view! {
        <section key={key} class="record" aria-label={name.clone()}>
            <p class="label">{ &name }</p>
            <div class="cells">{ for row.cells.iter().filter_map(cell) }</div>
            <p class="actions">
                <span class="slot">
                    if place > 0 {
                        <button type="button" class="link" onclick={edit.reform(move |_| Edit::RaiseRow(key))}>
                            { "上移" }<span class="sr-only">{ &name }</span>
                        </button>
                    }
                </span>
                <button type="button" class="link danger" onclick={edit.reform(move |_| Edit::RemoveRow(key))}>
                    { "删除" }<span class="sr-only">{ &name }</span>
                </button>
            </p>
        </section>
    }
}
