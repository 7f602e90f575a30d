//! `gallery.html`: every component in each of its states, as a page that any browser opens. The
//! browser tests look at it: pictures, contrast, sizes. `UPDATE_EXPECT=1` accepts what changed.

use std::fmt::Write;

use expect_test::expect_file;
use yew::Html;
use yew::virtual_dom::{VNode, VTag};

use crate::components::{self as c, Example};

#[test]
fn the_gallery_shows_every_component() {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/components"));
    let folders = folders.unwrap().filter_map(Result::ok);
    let mut names: Vec<String> = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, components().map(|(name, _)| name));
    expect_file!["../gallery.html"].assert_eq(&page());
}

fn components() -> [(&'static str, Vec<Example>); 17] {
    [
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
    ]
}

fn page() -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>组件</title>\n<link rel=\"stylesheet\" href=\"styles.css\">\n<style>.overlay { position: static !important; }</style>\n<div class=\"zige\" data-size=\"normal\" data-face=\"app\"><main>\n<h1>组件</h1>\n",
    );
    for (name, examples) in components() {
        let _ = write!(
            out,
            "<section aria-label=\"{name}\">\n<h2 lang=\"en\">{name}</h2>\n"
        );
        for (place, example) in examples.iter().enumerate() {
            let id = format!("{name}-{place}");
            let _ = writeln!(
                out,
                "<div class=\"example\" id=\"{id}\"><p class=\"hint\" lang=\"en\">{}</p>",
                example.name
            );
            write_node(&example.html, &mut out);
            out.push_str("\n</div>\n");
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main></div>\n</html>\n");
    out
}

fn write_node(node: &Html, out: &mut String) {
    match node {
        VNode::VTag(tag) => write_tag(tag, out),
        VNode::VText(text) => escape(&text.text, out),
        VNode::VList(list) => list.iter().for_each(|node| write_node(node, out)),
        other => panic!("{other:?} is not in the components' words"),
    }
}

fn write_tag(tag: &VTag, out: &mut String) {
    const VOID: [&str; 2] = ["input", "rect"];
    let name = tag.tag();
    let mut attributes: Vec<(String, String)> = tag
        .attributes
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    if let Some(value) = tag.value().filter(|_| name == "input") {
        attributes.push(("value".into(), value.to_string()));
    }
    if tag.checked() == Some(true) {
        attributes.push(("checked".into(), String::new()));
    }
    // What is folded is there to be looked at too.
    if name == "details" && !attributes.iter().any(|(name, _)| name == "open") {
        attributes.push(("open".into(), String::new()));
    }
    attributes.sort();
    let _ = write!(out, "<{name}");
    for (key, value) in attributes {
        let _ = write!(out, " {key}=\"");
        escape(&value, out);
        out.push('"');
    }
    out.push('>');
    if name == "textarea" {
        escape(tag.value().map_or("", |value| value.as_str()), out);
    }
    if let Some(children) = tag.children() {
        write_node(children, out);
    }
    if !VOID.contains(&name) {
        let _ = write!(out, "</{name}>");
    }
    if ["div", "li", "p", "section", "fieldset", "label"].contains(&name) {
        out.push('\n');
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
