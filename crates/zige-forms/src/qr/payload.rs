//! A form's data as bytes, version 1.
//!
//! The first byte says how the rest is stored: 0 as it is, 1 deflated (RFC 1951). The rest is: the
//! pack's id, the six bytes of its short hash, the form's id, the day, values and fields. Numbers are
//! LEB128, signed ones zigzag; texts are a length and UTF-8; a list names its columns once. Fact ids
//! and terms are written out, so that a receiver with another version of the pack can read them.

use zige_core::date::Date;

use crate::data::{Datum, FormData};

/// The largest message that is unpacked, in bytes.
const MOST_UNPACKED: usize = 256 * 1024;
/// How hard miniz_oxide tries; forms are small.
const EFFORT: u8 = 9;

const STORED: u8 = 0;
const DEFLATED: u8 = 1;

const UNKNOWN: u8 = 0;
const NO: u8 = 1;
const YES: u8 = 2;
const TERM: u8 = 3;
const NUMBER: u8 = 4;
const DAY: u8 = 5;
const MONTH: u8 = 6;
const TEXT: u8 = 7;
const SOME_RECORDS: u8 = 8;
const ALL_RECORDS: u8 = 9;
const ABSENT: u8 = 10;

pub(super) fn encode(data: &FormData) -> Vec<u8> {
    let mut out = Vec::new();
    put_text(&mut out, &data.pack);
    out.extend(hash_bytes(&data.hash));
    put_text(&mut out, &data.form);
    put_signed(&mut out, data.on.days());
    put_number(&mut out, size(data.values.len()));
    for (id, datum) in &data.values {
        put_text(&mut out, id);
        put_datum(&mut out, datum);
    }
    put_number(&mut out, size(data.fields.len()));
    for (id, text) in &data.fields {
        put_text(&mut out, id);
        put_text(&mut out, text);
    }
    let deflated = miniz_oxide::deflate::compress_to_vec(&out, EFFORT);
    let (how, bytes) = match deflated.len() < out.len() {
        true => (DEFLATED, deflated),
        false => (STORED, out),
    };
    [vec![how], bytes].concat()
}

pub(super) fn decode(message: &[u8]) -> Option<FormData> {
    let (how, bytes) = message.split_first()?;
    let plain = match *how {
        STORED if bytes.len() <= MOST_UNPACKED => bytes.to_vec(),
        DEFLATED => {
            miniz_oxide::inflate::decompress_to_vec_with_limit(bytes, MOST_UNPACKED).ok()?
        }
        _ => return None,
    };
    let mut input = Input { rest: &plain };
    let data = input.form()?;
    input.rest.is_empty().then_some(data)
}

/// Six bytes of a hash in hexadecimal digits; zeros where it is none.
fn hash_bytes(hash: &str) -> [u8; 6] {
    let mut bytes = [0; 6];
    for (place, byte) in bytes.iter_mut().enumerate() {
        let pair = hash.get(place * 2..place * 2 + 2);
        *byte = pair
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .unwrap_or(0);
    }
    bytes
}

fn size(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7F).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn put_signed(out: &mut Vec<u8>, number: i64) {
    put_number(out, (number << 1 ^ number >> 63).cast_unsigned());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, size(text.len()));
    out.extend(text.as_bytes());
}

fn put_datum(out: &mut Vec<u8>, datum: &Datum) {
    match datum {
        Datum::Unknown => out.push(UNKNOWN),
        Datum::YesNo(yes) => out.push(if *yes { YES } else { NO }),
        Datum::Term(term) => {
            out.push(TERM);
            put_text(out, term);
        }
        Datum::Number { value, scale } => {
            out.extend([NUMBER, *scale]);
            put_signed(out, *value);
        }
        Datum::Day(date) => {
            out.push(DAY);
            put_signed(out, date.days());
        }
        Datum::Month(first) => {
            out.push(MONTH);
            put_signed(out, first.days());
        }
        Datum::Text(text) => {
            out.push(TEXT);
            put_text(out, text);
        }
        Datum::Records { rows, complete } => {
            out.push(if *complete { ALL_RECORDS } else { SOME_RECORDS });
            let mut columns: Vec<&String> = Vec::new();
            for (id, _) in rows.iter().flatten() {
                if !columns.contains(&id) {
                    columns.push(id);
                }
            }
            put_number(out, size(columns.len()));
            for id in &columns {
                put_text(out, id);
            }
            put_number(out, size(rows.len()));
            for row in rows {
                for column in &columns {
                    match row.iter().find(|(id, _)| id == *column) {
                        Some((_, datum)) => put_datum(out, datum),
                        None => out.push(ABSENT),
                    }
                }
            }
        }
    }
}

struct Input<'a> {
    rest: &'a [u8],
}

impl Input<'_> {
    fn form(&mut self) -> Option<FormData> {
        let pack = self.text()?;
        let hash = self.take(6)?;
        let hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let form = self.text()?;
        let on = self.date()?;
        let mut values = Vec::new();
        for _ in 0..self.count()? {
            values.push((self.text()?, self.datum(true)??));
        }
        let mut fields = Vec::new();
        for _ in 0..self.count()? {
            fields.push((self.text()?, self.text()?));
        }
        Some(FormData {
            pack,
            hash,
            form,
            on,
            values,
            fields,
        })
    }

    fn take(&mut self, length: usize) -> Option<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for place in 0..10 {
            let byte = self.byte()?;
            let low = u64::from(byte & 0x7F);
            let shifted = low.checked_shl(place * 7)?;
            if shifted >> (place * 7) != low {
                return None;
            }
            number |= shifted;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// How many things follow; each takes at least one byte, so no more than there are bytes left.
    fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.rest.len()).then_some(count)
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let bytes = self.take(length)?;
        String::from_utf8(bytes.to_vec()).ok()
    }

    fn date(&mut self) -> Option<Date> {
        let days = self.signed()?;
        let date = Date::from_days(days);
        (date.days() == days).then_some(date)
    }

    /// A value; inside, `None` where a record has none. Lists do not stand in lists.
    fn datum(&mut self, lists: bool) -> Option<Option<Datum>> {
        let datum = match self.byte()? {
            UNKNOWN => Datum::Unknown,
            NO => Datum::YesNo(false),
            YES => Datum::YesNo(true),
            TERM => Datum::Term(self.text()?),
            NUMBER => {
                let scale = self.byte().filter(|scale| *scale <= 18)?;
                Datum::Number {
                    value: self.signed()?,
                    scale,
                }
            }
            DAY => Datum::Day(self.date()?),
            MONTH => Datum::Month(self.date()?),
            TEXT => Datum::Text(self.text()?),
            SOME_RECORDS if lists => self.records(false)?,
            ALL_RECORDS if lists => self.records(true)?,
            ABSENT if !lists => return Some(None),
            _ => return None,
        };
        Some(Some(datum))
    }

    fn records(&mut self, complete: bool) -> Option<Datum> {
        let mut columns = Vec::new();
        for _ in 0..self.count()? {
            columns.push(self.text()?);
        }
        let count = usize::try_from(self.number()?).ok()?;
        // A record without a value takes no bytes; none is written unless the person left it empty.
        if count > self.rest.len().max(crate::reading::MOST_RECORDS) {
            return None;
        }
        let mut rows = Vec::new();
        for _ in 0..count {
            let mut row = Vec::new();
            for id in &columns {
                if let Some(datum) = self.datum(false)? {
                    row.push((id.clone(), datum));
                }
            }
            rows.push(row);
        }
        Some(Datum::Records { rows, complete })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        "[一-龥a-z0-9，。（）\n ]{0,30}"
    }

    fn datum() -> impl Strategy<Value = Datum> {
        prop_oneof![
            Just(Datum::Unknown),
            any::<bool>().prop_map(Datum::YesNo),
            text().prop_map(Datum::Term),
            (any::<i64>(), 0u8..19).prop_map(|(value, scale)| Datum::Number { value, scale }),
            (-700_000i64..2_900_000).prop_map(|days| Datum::Day(Date::from_days(days))),
            (-700_000i64..2_900_000).prop_map(|days| Datum::Month(Date::from_days(days))),
            text().prop_map(Datum::Text),
        ]
    }

    fn records() -> impl Strategy<Value = Datum> {
        let row = proptest::collection::btree_map("[a-d]", datum(), 0..4)
            .prop_map(|row| row.into_iter().collect());
        let rows = proptest::collection::vec(row, 0..5);
        (rows, any::<bool>()).prop_map(|(rows, complete)| Datum::Records { rows, complete })
    }

    pub(crate) fn data() -> impl Strategy<Value = FormData> {
        let datum = prop_oneof![4 => datum(), 1 => records()];
        let values = proptest::collection::vec(("[a-z_]{1,20}", datum), 0..12);
        let fields = proptest::collection::vec(("[a-z_]{1,12}", text()), 0..4);
        (text(), "[0-9a-f]{12}", text(), values, fields).prop_map(
            |(pack, hash, form, values, fields)| FormData {
                pack,
                hash,
                form,
                on: Date::from_days(20_000),
                values,
                fields,
            },
        )
    }

    /// Rows of a list may come back with their columns in another order.
    fn sorted(mut data: FormData) -> FormData {
        for (_, datum) in &mut data.values {
            if let Datum::Records { rows, .. } = datum {
                for row in rows {
                    row.sort_by(|a, b| a.0.cmp(&b.0));
                }
            }
        }
        data
    }

    proptest! {
        #[test]
        fn data_come_back(data in data()) {
            let back = decode(&encode(&data)).map(sorted);
            prop_assert_eq!(back, Some(sorted(data)));
        }

        #[test]
        fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let stored = [vec![STORED], bytes.clone()].concat();
            let _whatever = (decode(&bytes), decode(&stored));
        }

        #[test]
        fn a_cut_message_is_refused(data in data(), cut in 1usize..40) {
            let whole = encode(&data);
            let cut = whole.get(..whole.len().saturating_sub(cut)).unwrap_or_default();
            prop_assert_eq!(decode(cut), None);
        }
    }

    #[test]
    fn a_bomb_is_refused() {
        let zeros = vec![0; MOST_UNPACKED + 1];
        let bomb = [
            vec![DEFLATED],
            miniz_oxide::deflate::compress_to_vec(&zeros, 9),
        ]
        .concat();
        assert!(bomb.len() < 400);
        assert_eq!(decode(&bomb), None);
    }
}
