//! `zige list` and `zige articles`.

use zige_core::pack::BlockKind;
use zige_json::{ArticleJson, articles as all_articles, listed};

use super::json;
use crate::Output;
use crate::command::Options;
use crate::failure::Failure;
use crate::layout::Page;
use crate::{packs, words};

/// Every pack with its checks.
pub fn list(options: &Options) -> Result<Output, Failure> {
    let packs = packs::load(options)?;
    let all: Vec<_> = packs
        .iter()
        .map(|packed| listed(&packed.pack, &packed.hash.to_string()))
        .collect();
    if options.json {
        return Ok(Output::of(json(&all)));
    }
    let mut page = Page::default();
    for pack in &all {
        page.heading(&pack.id);
        page.item("  ", &pack.title);
        page.item("  ", &pack.summary);
        page.item("  发文：", &pack.issuer);
        page.item("  版本：", &pack.version);
        let rows: Vec<Vec<String>> = pack
            .checks
            .iter()
            .map(|check| {
                vec![
                    check.id.clone(),
                    check.label.clone(),
                    check.question.clone(),
                ]
            })
            .collect();
        page.table(2, &rows);
    }
    Ok(Output::of(page.finish()))
}

/// Every article of a pack with the kinds of block under it.
pub fn articles(pack: &str, options: &Options) -> Result<Output, Failure> {
    let packed = packs::find(pack, options)?;
    let all = all_articles(&packed.pack);
    if options.json {
        return Ok(Output::of(json(&all)));
    }
    let mut page = Page::default();
    page.line(&packed.pack.title);
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|article| vec![article.article.clone(), counted(&article.blocks)])
        .collect();
    page.table(2, &rows);
    page.line(&total(&all));
    Ok(Output::of(page.finish()))
}

/// How many articles and items there are: each 第N条 and each numbered item below it (in a notice
/// each （n） and each point below it). Unnumbered last paragraphs are told apart.
fn total(articles: &[ArticleJson]) -> String {
    let last = articles
        .iter()
        .filter(|article| article.article.ends_with("末段"))
        .count();
    let numbered = articles.len() - last;
    match last {
        0 => format!("共{numbered}条、项"),
        _ => format!("共{numbered}条、项，另有{last}个没有编号的末段"),
    }
}

/// The kinds of block, each once, with their number where there are several.
fn counted(blocks: &[BlockKind]) -> String {
    let mut kinds: Vec<BlockKind> = Vec::new();
    for kind in blocks {
        if !kinds.contains(kind) {
            kinds.push(*kind);
        }
    }
    let told = kinds.iter().map(|kind| {
        let number = blocks.iter().filter(|other| *other == kind).count();
        match number {
            1 => words::block(*kind).to_owned(),
            _ => format!("{}×{number}", words::block(*kind)),
        }
    });
    told.collect::<Vec<_>>().join("、")
}
