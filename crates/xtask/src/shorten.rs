//! Short names for what a module imports and exports.
//!
//! wasm-bindgen names each import and closure after its item and a hash, about forty bytes each in
//! the module and again in the glue, and hashes do not compress. Only those two know the names.

use anyhow::{Context, Result, ensure};

use crate::wasm::Module;

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
/// After magic and version.
const FIRST_SECTION: usize = 8;

/// Gives every import, and every export whose name ends in a hash, a short name in both files.
pub fn shorten(module: Module) -> Result<Module> {
    let mut glue = String::from_utf8(module.glue).context("the glue is not text")?;
    let mut names = Names::default();
    let mut wasm = module
        .wasm
        .get(..FIRST_SECTION)
        .context("the module has no header")?
        .to_vec();
    let mut rest = Reader(module.wasm.get(FIRST_SECTION..).unwrap_or_default());
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let body = rest.bytes()?;
        let body = match id {
            IMPORTS => imports(body, &mut names)?,
            EXPORTS => exports(body, &mut names)?,
            _ => body.to_vec(),
        };
        wasm.push(id);
        write_bytes(&mut wasm, &body);
    }
    // Long names first: one may begin like another.
    names
        .0
        .sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    for (long, short) in &names.0 {
        ensure!(glue.contains(long), "the glue does not know `{long}`");
        glue = glue.replace(long, short);
    }
    Ok(Module {
        glue: glue.into_bytes(),
        wasm,
    })
}

/// The long names and what stands for them.
#[derive(Debug, Default)]
struct Names(Vec<(String, String)>);

impl Names {
    fn short(&mut self, long: &str) -> String {
        if let Some((_, short)) = self.0.iter().find(|(known, _)| known == long) {
            return short.clone();
        }
        // No word of the glue begins like this.
        let short = format!("_z{:x}", self.0.len());
        self.0.push((long.to_owned(), short.clone()));
        short
    }
}

fn imports(body: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let count = reader.number()?;
    let mut out = Vec::new();
    write_number(&mut out, count);
    for _ in 0..count {
        let module = names.short(reader.text()?);
        let name = names.short(reader.text()?);
        ensure!(
            reader.byte()? == 0,
            "the module imports something that is no function"
        );
        let type_index = reader.number()?;
        write_bytes(&mut out, module.as_bytes());
        write_bytes(&mut out, name.as_bytes());
        out.push(0);
        write_number(&mut out, type_index);
    }
    Ok(out)
}

fn exports(body: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let count = reader.number()?;
    let mut out = Vec::new();
    write_number(&mut out, count);
    for _ in 0..count {
        let name = reader.text()?;
        let name = match ends_in_hash(name) {
            true => names.short(name),
            false => name.to_owned(),
        };
        write_bytes(&mut out, name.as_bytes());
        out.push(reader.byte()?);
        write_number(&mut out, reader.number()?);
    }
    Ok(out)
}

fn ends_in_hash(name: &str) -> bool {
    let digits = name
        .bytes()
        .rev()
        .take_while(|byte| byte.is_ascii_hexdigit());
    digits.count() >= 16
}

/// What is left of a section.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        let (byte, rest) = self.0.split_first().context("the module ends too early")?;
        self.0 = rest;
        Ok(*byte)
    }

    /// Unsigned LEB128.
    fn number(&mut self) -> Result<usize> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        anyhow::bail!("a number in the module is too long")
    }

    fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        let (bytes, rest) = self
            .0
            .split_at_checked(length)
            .context("the module ends too early")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.bytes()?).context("a name in the module is not text")
    }
}

fn write_number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = u8::try_from(value & 0x7F).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    write_number(out, bytes.len());
    out.extend(bytes);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn imports_and_hashed_exports_get_short_names_in_both_files() {
        let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
        let section = |id: u8, body: Vec<u8>| [vec![id], text(""), body].concat();
        let with_length = |mut bytes: Vec<u8>| {
            bytes[1] = u8::try_from(bytes.len() - 2).unwrap();
            bytes
        };
        let import = [
            vec![1],
            text("./a_bg.js"),
            text("__wbg_day_94114da14f235fca"),
            vec![0, 3],
        ]
        .concat();
        let export = [
            vec![2],
            text("start"),
            vec![0, 1],
            text("call_94114da14f235fcb"),
            vec![0, 2],
        ]
        .concat();
        let wasm = [
            b"\0asm\x01\0\0\0".to_vec(),
            with_length(section(IMPORTS, import)),
            with_length(section(EXPORTS, export)),
        ]
        .concat();
        let glue = "x={__wbg_day_94114da14f235fca(){}};y={\"./a_bg.js\":x};wasm.start();wasm.call_94114da14f235fcb()";
        let short = shorten(Module {
            glue: glue.into(),
            wasm,
        })
        .unwrap();
        expect![[r#"x={_z1(){}};y={"_z0":x};wasm.start();wasm._z2()"#]]
            .assert_eq(&String::from_utf8(short.glue).unwrap());
        expect![[r#""\0asm\u{1}\0\0\0\u{2}\u{b}\u{1}\u{3}_z0\u{3}_z1\0\u{3}\u{7}\u{f}\u{2}\u{5}start\0\u{1}\u{3}_z2\0\u{2}""#]]
            .assert_eq(&format!("{:?}", String::from_utf8(short.wasm).unwrap()));
    }

    #[test]
    fn a_module_that_ends_too_early_is_refused() {
        let module = Module {
            glue: Vec::new(),
            wasm: b"\0asm\x01\0\0\0\x02\x09\x01".to_vec(),
        };
        expect!["the module ends too early"].assert_eq(&shorten(module).unwrap_err().to_string());
    }
}
