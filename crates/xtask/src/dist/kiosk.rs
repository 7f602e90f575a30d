//! `kiosk.html`: the app in one file that runs from a stick, without a server.
//!
//! Module and packs stand in it as gzip in base64, half as long as without gzip.

use std::str;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{
    Parts,
    asset::{Asset, base64, policy_hash},
    compress, page,
    policy::{Origin, policy},
};

pub fn page(template: &str, parts: &Parts) -> Result<String> {
    let (glue, boot) = (text(&parts.glue)?, text(&parts.boot)?);
    let styles = &[text(&parts.styles)?, text(&parts.forms.styles)?].concat();
    let policy = policy(&Origin::Inline {
        scripts: format!("{} {}", policy_hash(glue), policy_hash(boot)),
        styles: policy_hash(styles),
    });
    let data = [
        ("wasm", &parts.wasm),
        ("packs", &parts.packs),
        ("formsScript", &parts.forms.script),
        ("formsModule", &parts.forms.module),
        ("blankScript", &parts.blank.script),
        ("blankModule", &parts.blank.module),
    ];
    let head = [
        page::policy_tag(&policy),
        format!(
            "<link rel=\"icon\" href=\"data:image/svg+xml;base64,{}\">",
            base64(&parts.icons.svg.bytes)
        ),
        format!("<style>{styles}</style>"),
    ];
    // Boot only asks which assets there are; their content stands in the page.
    let names: Map<String, Value> = data
        .iter()
        .map(|(name, _)| (String::from(*name), Value::Null))
        .collect();
    let attribute = page::boot_data(
        &page::version(template, parts),
        true,
        &policy,
        &Value::Object(names),
    );
    let mut html = page::put_head(template, &head.join("\n"))?;
    let mut end = String::new();
    for (name, asset) in data {
        end.push_str(&format!(
            "<script type=\"text/plain\" id=\"zige-{name}\">{}</script>\n",
            base64(&compress::gzip(&asset.bytes)?)
        ));
    }
    end.push_str(&format!(
        "<script>{glue}</script>\n<script{attribute}>{boot}</script>\n"
    ));
    // At the end of the body, where the elements that boot.js looks for exist.
    match html.rfind("</body>") {
        Some(place) => html.insert_str(place, &end),
        None => html.push_str(&end),
    }
    Ok(html)
}

fn text(asset: &Asset) -> Result<&str> {
    let text =
        str::from_utf8(&asset.bytes).with_context(|| format!("`{}` is not text", asset.name))?;
    anyhow::ensure!(
        !text.contains("</script") && !text.contains("</style"),
        "`{}` holds a closing tag and cannot stand in a page",
        asset.name
    );
    Ok(text)
}
