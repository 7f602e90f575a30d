//! `zige facts`.

use zige_core::pack::FactRole;
use zige_json::facts as all_facts;

use super::json;
use crate::Output;
use crate::command::Options;
use crate::failure::Failure;
use crate::layout::Page;
use crate::{packs, words};

/// What a pack can ask, with how each answer is written.
pub fn facts(pack: &str, options: &Options) -> Result<Output, Failure> {
    let packed = packs::find(pack, options)?;
    let pack = &packed.pack;
    let all = all_facts(pack);
    if options.json {
        return Ok(Output::of(json(&all)));
    }
    let mut page = Page::default();
    page.line(&pack.title);
    page.item(
        "",
        "答案写成一个 JSON 对象，例如 {\"birth_date\": \"1980-03-07\"}。没有问到的不写，不知道的写 null。",
    );
    for (position, section) in pack.vocabulary.sections.iter().enumerate() {
        let mut own = all
            .iter()
            .zip(&pack.vocabulary.facts)
            .filter(|(_, fact)| usize::from(fact.section) == position)
            .peekable();
        if own.peek().is_none() {
            continue;
        }
        page.heading(&section.label);
        for (told, fact) in own {
            let mut lead = format!("  {}", told.id);
            if let Some(list) = &told.record {
                lead = format!("  {list}[].{}", told.id);
            }
            page.line(&format!("{lead}  {}", told.label));
            page.item("      问：", &told.question);
            page.item("      写法：", &words::how_to_write(pack, fact));
            if let Some(rule) = &told.applies {
                page.item("      只在这时问：", rule);
            }
            page.item(
                "      用途：",
                match fact.role {
                    FactRole::Answer => "",
                    FactRole::Declaration => "本人声明，由单位核实",
                    FactRole::Form => "只用于填表",
                },
            );
        }
    }
    if !pack.points.is_empty() {
        page.heading("已经由主管部门认定的，也可以写上");
        for point in &pack.points {
            page.line(&format!("  {}  {}", point.id, point.label));
            page.item("      写法：", &point.outcomes.join(" | "));
        }
    }
    Ok(Output::of(page.finish()))
}
