//! The app's page, finished: policy, preloads, integrity, and what the boot script must know.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{
    Parts,
    asset::{Asset, short_hash},
    policy::{Origin, Policy, policy},
};

/// A finished page.
#[derive(Debug)]
pub struct Page {
    pub html: String,
    /// Names this combination of files.
    pub version: String,
}

/// The app's page, whose files stand beside it.
pub fn app(template: &str, parts: &Parts) -> Result<Page> {
    let version = version(template, parts);
    let policy = policy(&Origin::Files);
    let mut assets = json!({
        "glue": parts.glue.address(),
        "wasm": parts.wasm.address(),
        "packs": parts.packs.address(),
        "formsScript": parts.forms.script.address(),
        "formsModule": parts.forms.module.address(),
        "blankScript": parts.blank.script.address(),
        "blankModule": parts.blank.module.address(),
        "formsStyles": parts.forms.styles.address(),
    });
    let (preloads, glue) = match &parts.first {
        Some(first) => {
            assets["firstModule"] = first.wasm.address();
            assets["outline"] = first.outline.address();
            ([&first.wasm, &first.outline], &first.glue)
        }
        None => ([&parts.wasm, &parts.packs], &parts.glue),
    };
    let data = boot_data(&version, false, &policy, &assets);
    let head = [
        policy_tag(&policy),
        preloads.map(preload).join("\n"),
        format!(
            "<link rel=\"stylesheet\" href=\"{}\" integrity=\"{}\">",
            parts.styles.name,
            parts.styles.integrity()
        ),
        script(glue, ""),
        script(&parts.boot, &data),
        format!(
            "<link rel=\"icon\" type=\"image/svg+xml\" href=\"{}\">",
            parts.icons.svg.name
        ),
        format!(
            "<link rel=\"apple-touch-icon\" href=\"{}\">",
            parts.icons.small.name
        ),
        format!(
            "<link rel=\"manifest\" href=\"{}\">",
            parts.icons.manifest.name
        ),
    ];
    Ok(Page {
        html: put_head(template, &head.join("\n"))?,
        version,
    })
}

/// Names what a page is made of: the same sources give the same version on each machine.
pub fn version(template: &str, parts: &Parts) -> String {
    let names: Vec<&str> = parts
        .assets()
        .iter()
        .map(|asset| asset.name.as_str())
        .collect();
    short_hash(format!("{template}\n{}", names.join("\n")).as_bytes())
}

/// The attribute by which `boot.js` learns of its page.
pub fn boot_data(version: &str, kiosk: bool, policy: &Policy, assets: &Value) -> String {
    let data =
        json!({ "version": version, "kiosk": kiosk, "policy": policy.whole, "assets": assets });
    let escaped = data
        .to_string()
        .replace('&', "&amp;")
        .replace('"', "&quot;");
    format!(" data-page=\"{escaped}\"")
}

pub fn policy_tag(policy: &Policy) -> String {
    format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
        policy.first
    )
}

/// Puts `head` where the template has its mark.
pub fn put_head(template: &str, head: &str) -> Result<String> {
    let (start, end) = tag(template, "zige-head")?;
    Ok([template.get(..start), Some(head), template.get(end..)]
        .into_iter()
        .flatten()
        .collect())
}

/// Takes out the element (or empty element) whose tag contains `mark`; returns the rest and it.
pub fn take_tag(html: &str, mark: &str) -> Result<(String, String)> {
    let (start, mut end) = tag(html, mark)?;
    let taken = html.get(start..end).unwrap_or_default().to_string();
    if taken.starts_with("<script") {
        let rest = html.get(end..).unwrap_or_default();
        end += rest.find("</script>").context("a script has no end")? + "</script>".len();
    }
    let rest = [html.get(..start), html.get(end..)]
        .into_iter()
        .flatten()
        .collect();
    Ok((rest, taken))
}

/// The value of an attribute of a tag, quoted or not.
pub fn attribute(tag: &str, name: &str) -> Result<String> {
    let (_, value) = tag
        .split_once(&format!("{name}="))
        .with_context(|| format!("`{tag}` has no `{name}`"))?;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([' ', '>']).next(),
    };
    value
        .map(String::from)
        .with_context(|| format!("`{tag}` has no value for `{name}`"))
}

fn tag(html: &str, mark: &str) -> Result<(usize, usize)> {
    let place = html
        .find(mark)
        .with_context(|| format!("the page has no tag with `{mark}`"))?;
    let start = html
        .get(..place)
        .and_then(|before| before.rfind('<'))
        .context("a tag has no start")?;
    let length = html
        .get(place..)
        .and_then(|after| after.find('>'))
        .context("a tag has no end")?;
    Ok((start, place + length + 1))
}

/// Without integrity, which browsers ignore here and complain of; `boot.js` asks for it.
fn preload(asset: &Asset) -> String {
    format!(
        "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{}\">",
        asset.name
    )
}

fn script(asset: &Asset, more: &str) -> String {
    format!(
        "<script defer src=\"{}\" integrity=\"{}\"{more}></script>",
        asset.name,
        asset.integrity()
    )
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{attribute, put_head, take_tag};

    fn check_take(html: &str, mark: &str, expect: Expect) {
        let (rest, taken) = take_tag(html, mark).unwrap();
        expect.assert_eq(&format!("{taken}\n{rest}"));
    }

    #[test]
    fn a_script_is_taken_with_its_end() {
        check_take(
            "<head><script data-zige=\"a.js a.wasm\"></script><title>T</title></head>",
            "data-zige=",
            expect![[r#"
                <script data-zige="a.js a.wasm">
                <head><title>T</title></head>"#]],
        );
    }

    #[test]
    fn a_minified_link_is_taken() {
        check_take(
            "<meta charset=utf-8><link href=./styles-1.css rel=stylesheet><body>",
            "stylesheet",
            expect![[r#"
                <link href=./styles-1.css rel=stylesheet>
                <meta charset=utf-8><body>"#]],
        );
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        assert_eq!(
            attribute("<link href=./a.css rel=stylesheet>", "href").unwrap(),
            "./a.css"
        );
        assert_eq!(
            attribute("<link href=\"a b.css\">", "href").unwrap(),
            "a b.css"
        );
    }

    #[test]
    fn a_page_without_the_mark_is_refused() {
        assert_eq!(
            put_head("<head></head>", "x").unwrap_err().to_string(),
            "the page has no tag with `zige-head`"
        );
    }
}
