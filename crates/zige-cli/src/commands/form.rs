//! `zige form`.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use zige_core::date::Date;
use zige_core::evaluator::Evaluator;
use zige_core::ids::FactId;
use zige_core::pack::{self, Pack};
use zige_forms::calendar::{Asked, Calendar, roles};
use zige_forms::data::FormData;
use zige_forms::{FilledForm, Filling, Why, checklist, docx, html, ics, qr, xlsx};
use zige_json::{OwnData, did_you_mean, own_data_to_json};

use super::{answers, json};
use crate::Output;
use crate::command::Form;
use crate::failure::Failure;
use crate::layout::Page;
use crate::packs;

/// What a form can be written as, by the ending of the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    Docx,
    Html,
    Xlsx,
    Ics,
    Json,
}

/// What `--json` says.
#[derive(Debug, Serialize)]
struct FormJson {
    pack: String,
    pack_hash: String,
    form: String,
    name: String,
    on: String,
    file: String,
    format: Format,
    pages: u16,
    gaps: Vec<GapJson>,
    overlong: Vec<OverlongJson>,
    by_hand: Vec<String>,
    checklist: Vec<PaperJson>,
    codes: usize,
    remarks: Vec<String>,
    dates: Vec<DateJson>,
    undated: Vec<UndatedJson>,
    wanted: Vec<String>,
}

#[derive(Debug, Serialize)]
struct GapJson {
    tag: String,
    label: String,
    why: &'static str,
}

#[derive(Debug, Serialize)]
struct OverlongJson {
    tag: String,
    label: String,
    length: u32,
    limit: u16,
}

#[derive(Debug, Serialize)]
struct PaperJson {
    name: String,
    copies: Option<u8>,
    proves: Vec<String>,
    named: bool,
}

#[derive(Debug, Serialize)]
struct DateJson {
    label: String,
    first: String,
    recurs: bool,
}

#[derive(Debug, Serialize)]
struct UndatedJson {
    label: String,
    article: String,
    who: String,
    why: String,
}

/// Fills a form and writes it.
pub fn form(asked: &Form) -> Result<Output, Failure> {
    let format = format_of(&asked.output)?;
    let packed = packs::find(&asked.pack, &asked.options)?;
    let pack = &packed.pack;
    let form = find(pack, &asked.form)?;
    let data = answers::fitting(pack, &asked.answers)?;
    let on = match asked.on.or(data.on) {
        Some(on) => on,
        None => today()?,
    };
    let hash = packed.hash.to_string();
    let (fields, mut remarks) = own_fields(form, &data);
    let filling = Filling {
        pack,
        pack_hash: &hash,
        form,
        answers: &data.answers,
        fields: &fields,
        on,
    };
    let mut filled = filling.fill();
    filled.checklist = checklist::lines(pack, form, &proofs(pack, form, &data, on));
    if asked.checklist {
        filled = filled.with_checklist();
    }
    if format == Format::Html {
        let says_something = !(filled.data.values.is_empty() && filled.data.fields.is_empty());
        if says_something {
            filled = with_codes(filled, asked.address.as_deref())?;
        }
        remarks.extend(Some(filled.no_codes.clone()).filter(|why| !why.is_empty()));
    }
    let mut events = data.events.clone();
    events.extend(asked.events.iter().cloned());
    let calendar = Calendar::of(&Asked {
        pack,
        roles: &roles(pack, form),
        events: &events,
        answers: &data.answers,
        on,
        person: &name(&filled.data),
    });
    let bytes = match format {
        Format::Docx => docx::write(&filled),
        Format::Html => html::document(&filled, form.copies.unwrap_or(1)).into_bytes(),
        Format::Xlsx => xlsx::write(&filling),
        Format::Ics => ics::write(&calendar, on).into_bytes(),
        Format::Json => own(pack, &filled.data, &data, events),
    };
    std::fs::write(&asked.output, bytes).map_err(|error| Failure::file(&asked.output, &error))?;
    let calendar = Some(calendar).filter(|_| format == Format::Ics);
    if asked.options.json {
        let told = told_as_json(asked, format, &filled, calendar.as_ref(), remarks);
        return Ok(Output::of(json(&told)));
    }
    let mut output = Output::of(String::new());
    output.remarks = told(&asked.output, &filled, calendar.as_ref(), &remarks);
    Ok(output)
}

fn format_of(path: &Path) -> Result<Format, Failure> {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("docx") => Ok(Format::Docx),
        Some("html" | "htm") => Ok(Format::Html),
        Some("xlsx") => Ok(Format::Xlsx),
        Some("ics") => Ok(Format::Ics),
        Some("json") => Ok(Format::Json),
        _ => Err(Failure::Usage(format!(
            "`{}` does not say what to write, let its name end in .docx, .html, .xlsx, .ics or .json",
            path.display()
        ))),
    }
}

fn find<'a>(pack: &'a Pack, id: &str) -> Result<&'a pack::Form, Failure> {
    let filled: Vec<&str> = pack
        .forms
        .iter()
        .filter(|form| !form.parts.is_empty())
        .map(|form| form.id.as_str())
        .collect();
    match pack.forms.iter().find(|form| form.id == id) {
        Some(form) if !form.parts.is_empty() => Ok(form),
        Some(_) => Err(Failure::Input(format!(
            "form `{id}` of `{}` has no layout, it is written freely; those with a layout are {}",
            pack.id,
            filled
                .iter()
                .map(|id| format!("`{id}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ))),
        None => Err(Failure::Input(format!(
            "`{}` has no form `{id}`{}",
            pack.id,
            did_you_mean(id, &filled)
        ))),
    }
}

/// Today in China, which is what a person there would write on the form.
pub(super) fn today() -> Result<Date, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| {
        Failure::Input("the clock of this machine is wrong, give the day with `--on`".to_owned())
    })?;
    let days = (since.as_secs() + 8 * 3600) / 86_400;
    Ok(Date::from_days(i64::try_from(days).unwrap_or(i64::MAX)))
}

type Fields = std::collections::BTreeMap<String, String>;

/// The form's own fields, and a remark for each that it does not have.
fn own_fields(form: &pack::Form, data: &OwnData) -> (Fields, Vec<String>) {
    let mut fields = Fields::new();
    let mut remarks: Vec<String> = data.mistakes.iter().map(ToString::to_string).collect();
    for (id, text) in &data.fields {
        match form.fields.iter().any(|field| field.id == *id) {
            true => {
                fields.insert(id.clone(), text.clone());
            }
            false if data.form == form.id || data.form.is_empty() => {
                remarks.push(format!("“{id}”：这张表里没有这一项"));
            }
            // Fields of another form; nothing is lost, its file still has them.
            false => {}
        }
    }
    (fields, remarks)
}

/// The facts whose proof the verdict of the form's check used.
fn proofs(pack: &Pack, form: &pack::Form, data: &OwnData, on: Date) -> Vec<FactId> {
    let evaluator = form
        .check
        .and_then(|check| Evaluator::new(pack, check, on).ok());
    let materials = evaluator.map(|evaluator| evaluator.materials(pack, &data.answers));
    let facts = materials.into_iter().flatten();
    facts.map(|material| material.fact).collect()
}

fn with_codes(filled: FilledForm, address: Option<&str>) -> Result<FilledForm, Failure> {
    match qr::codes(&filled.data, address) {
        Err(error @ qr::CodeError::Address(_)) => Err(Failure::input(error)),
        codes => Ok(filled.with_codes(codes)),
    }
}

/// What tells this person's dates from another's.
fn name(data: &FormData) -> String {
    let name = data.values.iter().find(|(id, _)| id == "full_name");
    name.map_or_else(String::new, |(_, name)| name.to_string())
}

fn own(pack: &Pack, filled: &FormData, data: &OwnData, events: Vec<(String, Date)>) -> Vec<u8> {
    let own = OwnData {
        pack: filled.pack.clone(),
        hash: filled.hash.clone(),
        form: filled.form.clone(),
        on: Some(filled.on),
        answers: data.answers.clone(),
        fields: filled.fields.clone(),
        events,
        mistakes: Vec::new(),
    };
    let mut text = own_data_to_json(pack, &own);
    text.push('\n');
    text.into_bytes()
}

fn why(why: Why) -> &'static str {
    match why {
        Why::NotAnswered => "not_answered",
        Why::NotKnown => "not_known",
        Why::MoreRecords => "more_records",
        Why::AgeOpen => "age_open",
    }
}

fn told_as_json(
    asked: &Form,
    format: Format,
    filled: &FilledForm,
    calendar: Option<&Calendar>,
    remarks: Vec<String>,
) -> FormJson {
    let entries = calendar.map_or(&[][..], |calendar| &calendar.entries);
    let undated = calendar.map_or(&[][..], |calendar| &calendar.undated);
    FormJson {
        pack: filled.provenance.pack.clone(),
        pack_hash: filled.provenance.hash.clone(),
        form: filled.id.clone(),
        name: filled.name.clone(),
        on: filled.provenance.on.to_string(),
        file: asked.output.display().to_string(),
        format,
        pages: filled.sheets(),
        gaps: filled
            .gaps
            .iter()
            .map(|gap| GapJson {
                tag: gap.tag.clone(),
                label: gap.label.clone(),
                why: why(gap.why),
            })
            .collect(),
        overlong: filled
            .overlong
            .iter()
            .map(|text| OverlongJson {
                tag: text.tag.clone(),
                label: text.label.clone(),
                length: text.length,
                limit: text.limit,
            })
            .collect(),
        by_hand: filled.by_hand.clone(),
        checklist: filled
            .checklist
            .iter()
            .map(|line| PaperJson {
                name: line.name.clone(),
                copies: line.copies,
                proves: line.proves.clone(),
                named: line.named,
            })
            .collect(),
        codes: filled.codes.len(),
        remarks,
        dates: entries
            .iter()
            .map(|entry| DateJson {
                label: entry.label.clone(),
                first: entry.first.to_string(),
                recurs: entry.recurs.is_some(),
            })
            .collect(),
        undated: undated
            .iter()
            .map(|undated| UndatedJson {
                label: undated.label.clone(),
                article: undated.article.clone(),
                who: undated.who.clone(),
                why: undated.why.clone(),
            })
            .collect(),
        wanted: calendar.map_or_else(Vec::new, |calendar| calendar.wanted.clone()),
    }
}

/// What to know about the file, in words.
fn told(
    output: &Path,
    filled: &FilledForm,
    calendar: Option<&Calendar>,
    remarks: &[String],
) -> String {
    let mut page = Page::default();
    match calendar {
        Some(calendar) => {
            page.line(&format!(
                "{}：{}个日期",
                output.display(),
                calendar.entries.len()
            ));
            if !calendar.undated.is_empty() {
                page.heading("没有写进日历的");
                for undated in &calendar.undated {
                    let lead = format!("  {}（{}）：", undated.label, undated.article);
                    page.item(&lead, &undated.why);
                }
            }
            if !calendar.wanted.is_empty() {
                page.heading("知道了这几天，就可以推算更多（写法：--event 事=日期）");
                for event in &calendar.wanted {
                    page.line(&format!("  {event}"));
                }
            }
        }
        None => {
            page.line(&format!("{}：{}", output.display(), filled.name));
            let list = |page: &mut Page, heading: &str, lines: Vec<String>| {
                if !lines.is_empty() {
                    page.heading(heading);
                    for line in lines {
                        page.item("  ", &line);
                    }
                }
            };
            let gaps = filled.gaps.iter().map(|gap| {
                let why = match gap.why {
                    Why::NotAnswered => "还没有填",
                    Why::NotKnown => "您不知道",
                    Why::MoreRecords => "还有别的，没有填完",
                    Why::AgeOpen => "不知道生日是哪一天，年龄没有写",
                };
                format!("{}（{}）：{why}", gap.label, gap.tag)
            });
            list(&mut page, "空着的", gaps.collect());
            let overlong = filled.overlong.iter().map(|text| {
                format!(
                    "{}（{}）：{}字，最多{}字",
                    text.label, text.tag, text.length, text.limit
                )
            });
            list(&mut page, "写得太长的", overlong.collect());
            list(&mut page, "打印后手工完成的", filled.by_hand.clone());
        }
    }
    if !remarks.is_empty() {
        page.heading("没有用上的");
        for remark in remarks {
            page.item("  ", remark);
        }
    }
    page.finish()
}
