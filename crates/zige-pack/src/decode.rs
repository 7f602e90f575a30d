//! Reads a pack's body: postcard, written out by hand.
//!
//! The derived decoder needs 40 KB of module, most of it for dropping half-read packs. This one
//! remembers that something was wrong, reads on with empty values, and is asked at the end.

use zige_core::date::Date;
use zige_core::ids::{
    ArticleId, CheckId, ChoiceId, ConditionId, FactId, NodeId, PointId, ScheduleId,
};
use zige_core::pack::{
    Article, Attachment, Block, BlockKind, Case, Cell, Check, ChoiceSet, ColumnWhat, Condition,
    Constraint, Deadline, DeadlineWhen, Direction, Entitlement, Fact, FactKind, FactRole,
    FieldKind, Form, FormColumn, FormField, FormParagraph, FormPart, FormRow, FormTable, Grade,
    GradeRow, Interval, Node, Note, Obligation, Pack, ParagraphStyle, PartBody, Piece, Point,
    Programme, Recurrence, Requirement, Route, Schedule, ScheduleRow, Section, Slot, Span, Step,
    Strength, Vocabulary, Who,
};

/// How deeply the parts of a check may be nested, as in the derived decoder of `zige-core`.
const MOST_DEPTH: u8 = 64;

/// The pack, if the bytes are one pack and nothing else.
pub(crate) fn decode(bytes: &[u8]) -> Option<Pack> {
    whole(bytes, Pack::read)
}

/// The id of a pack or an outline, with which each begins; empty where the bytes are neither.
pub(crate) fn decode_id(bytes: &[u8]) -> String {
    let mut reader = Reader {
        rest: bytes,
        failed: false,
        depth: 0,
    };
    reader.text()
}

/// The pack of an outline, if the bytes are one outline and nothing else; its tables of what is
/// only read are empty.
pub(crate) fn decode_outline(bytes: &[u8]) -> Option<Pack> {
    whole(bytes, |reader| Pack {
        id: Read::read(reader),
        title: Read::read(reader),
        short: Read::read(reader),
        summary: Read::read(reader),
        issuer: Read::read(reader),
        region: Read::read(reader),
        version: Read::read(reader),
        programme: Read::read(reader),
        vocabulary: Read::read(reader),
        nodes: Read::read(reader),
        spans: Vec::new(),
        constraints: Read::read(reader),
        points: Read::read(reader),
        conditions: Read::read(reader),
        checks: Read::read(reader),
        entitlements: Vec::new(),
        routes: Vec::new(),
        grades: Vec::new(),
        obligations: Vec::new(),
        deadlines: Vec::new(),
        forms: Vec::new(),
        notes: Vec::new(),
        aliases: Vec::new(),
        articles: Vec::<String>::read(reader)
            .into_iter()
            .map(|name| Article {
                name,
                chapter: String::new(),
                gist: String::new(),
                quotes: Vec::new(),
                blocks: Vec::new(),
            })
            .collect(),
    })
}

fn whole(bytes: &[u8], read: impl FnOnce(&mut Reader<'_>) -> Pack) -> Option<Pack> {
    let mut reader = Reader {
        rest: bytes,
        failed: false,
        depth: 0,
    };
    let pack = read(&mut reader);
    (!reader.failed && reader.rest.is_empty()).then_some(pack)
}

struct Reader<'a> {
    rest: &'a [u8],
    failed: bool,
    depth: u8,
}

impl Reader<'_> {
    #[inline(never)]
    fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((byte, rest)) => {
                self.rest = rest;
                *byte
            }
            None => {
                self.failed = true;
                0
            }
        }
    }

    /// Seven bits a byte, the lowest first; at most `bits` bits, each byte but the last marked.
    #[inline(never)]
    fn varint(&mut self, bits: u32) -> u64 {
        let mut value = 0_u64;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            let part = u64::from(byte & 0x7F);
            if shift >= bits || (bits - shift < 7 && part >> (bits - shift) != 0) {
                self.failed = true;
                return 0;
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return value;
            }
            shift += 7;
        }
    }

    fn signed(&mut self, bits: u32) -> i64 {
        let value = self.varint(bits);
        (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
    }

    #[inline(never)]
    fn text(&mut self) -> String {
        let length = self.length();
        let (text, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        match str::from_utf8(text) {
            Ok(text) if text.len() == length => {
                self.rest = rest;
                text.to_owned()
            }
            _ => {
                self.failed = true;
                String::new()
            }
        }
    }

    /// Nothing is shorter than a byte, so no list has more items than bytes are left.
    fn length(&mut self) -> usize {
        let length = usize::try_from(self.varint(32)).unwrap_or(usize::MAX);
        if length > self.rest.len() {
            self.failed = true;
            return 0;
        }
        length
    }

    /// A variant that does not exist.
    fn unknown<T>(&mut self, instead: T) -> T {
        self.failed = true;
        instead
    }
}

trait Read: Sized {
    fn read(reader: &mut Reader<'_>) -> Self;
}

macro_rules! numbers {
    ($($type:ty: $bits:literal $how:ident),* $(,)?) => {$(
        impl Read for $type {
            fn read(reader: &mut Reader<'_>) -> $type {
                let value = reader.$how($bits);
                <$type>::try_from(value).unwrap_or_else(|_| reader.unknown(0))
            }
        }
    )*};
}

numbers! { u16: 16 varint, u32: 32 varint, u64: 64 varint, i32: 32 signed, i64: 64 signed }

impl Read for u8 {
    fn read(reader: &mut Reader<'_>) -> u8 {
        reader.byte()
    }
}

impl Read for bool {
    fn read(reader: &mut Reader<'_>) -> bool {
        match reader.byte() {
            0 => false,
            1 => true,
            _ => reader.unknown(false),
        }
    }
}

impl Read for String {
    fn read(reader: &mut Reader<'_>) -> String {
        reader.text()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(reader: &mut Reader<'_>) -> Option<T> {
        bool::read(reader).then(|| T::read(reader))
    }
}

impl<T: Read> Read for Vec<T> {
    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Vec<T> {
        let mut items = Vec::new();
        for _ in 0..reader.length() {
            if reader.failed {
                break;
            }
            items.push(T::read(reader));
        }
        items
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(reader: &mut Reader<'_>) -> (A, B) {
        (A::read(reader), B::read(reader))
    }
}

/// Days since 1970-01-01; a number outside the calendar is no date.
impl Read for Date {
    fn read(reader: &mut Reader<'_>) -> Date {
        let days = i64::from(i32::read(reader));
        let date = Date::from_days(days);
        match date.days() == days {
            true => date,
            false => reader.unknown(date),
        }
    }
}

macro_rules! positions {
    ($($type:ident),* $(,)?) => {$(
        impl Read for $type {
            fn read(reader: &mut Reader<'_>) -> $type {
                $type(Read::read(reader))
            }
        }
    )*};
}

positions! { ArticleId, CheckId, ChoiceId, ConditionId, FactId, NodeId, PointId, ScheduleId }

/// Fields in the order of the type, which is that of the bytes.
macro_rules! structs {
    ($($type:ident { $($field:ident),* $(,)? })*) => {$(
        impl Read for $type {
            fn read(reader: &mut Reader<'_>) -> $type {
                $type { $($field: Read::read(reader)),* }
            }
        }
    )*};
}

structs! {
    Pack {
        id, title, short, summary, issuer, region, version, programme, vocabulary, nodes, spans,
        constraints, points, conditions, checks, entitlements, routes, grades, obligations,
        deadlines, forms, notes, articles, aliases,
    }
    Programme { draft, force, applications, replaced, article, remark }
    Interval { from, to }
    Vocabulary { choices, sections, facts, schedules }
    ChoiceSet { id, label, ordered, options, hints }
    Section { id, label }
    Fact {
        id, label, kind, question, help, find, attest, proof, section, role, changeable, weights,
        guard, record_of, meaning,
    }
    Schedule { id, source, rows }
    ScheduleRow { id, label, base_months, first_month, step, cap }
    Span { line, column }
    Constraint { id, rule, message, facts }
    Point { id, article, label, owner, question, reason, outcomes }
    Condition { id, article, see, label, strength, rule, met, unmet, open, facts, points }
    Check { id, article, label, question, who, conditions, require, facts }
    Entitlement { id, article, label, benefit, amount, per, payer, check, when, limit }
    Route { id, article, label, check, cases }
    Case { label, when, steps }
    Step { office, action, due }
    Grade { id, article, label, rows }
    GradeRow { grade, when, text }
    Obligation { id, article, label, who, what, every, to, until }
    Deadline { id, article, label, who, when }
    Form {
        id, article, name, named, check, filled_by, copies, electronic, attachments, chain, due,
        remark, title, landscape, parts, fields,
    }
    Attachment { name, copies, proves }
    FormPart { title, on_new_page, body }
    FormRow { height, cells }
    FormTable { records, columns, least_rows }
    FormColumn { width, head, what }
    FormParagraph { style, pieces, aside }
    FormField { id, label, help, kind, aliases }
    Note { id, article, reason }
    Article { name, chapter, gist, quotes, blocks }
    Block { kind, index }
}

/// Variants in the order of the type; the first stands in for one that does not exist.
macro_rules! choices {
    ($($type:ident { $first:ident $(, $variant:ident)* $(,)? })*) => {$(
        impl Read for $type {
            fn read(reader: &mut Reader<'_>) -> $type {
                let variants = [$type::$first $(, $type::$variant)*];
                let position = usize::from(u16::read(reader));
                match variants.get(position) {
                    Some(variant) => *variant,
                    None => reader.unknown($type::$first),
                }
            }
        }
    )*};
}

choices! {
    Strength { Hard, InPrinciple, Relaxable }
    Who { Person, Unit }
    Recurrence {
        Once, Always, Monthly, Quarterly, Yearly, EveryTwoYears, EveryThreeYears, OnEvent,
        HalfYearly,
    }
    FactRole { Answer, Declaration, Form }
    Direction { Fixed, Up, Down, Free }
    ParagraphStyle { Body, Flush, Heading, Centred, Right, Ink, Note }
    BlockKind {
        Condition, Check, Entitlement, Route, Grade, Obligation, Deadline, Form, Point, Constraint,
        Example, Note,
    }
}

impl Read for FactKind {
    fn read(reader: &mut Reader<'_>) -> FactKind {
        match u16::read(reader) {
            0 => FactKind::YesNo,
            1 => FactKind::Choice(Read::read(reader)),
            2 => FactKind::Number {
                min: Read::read(reader),
                max: Read::read(reader),
                scale: Read::read(reader),
                unit: Read::read(reader),
            },
            3 => FactKind::Money {
                min: Read::read(reader),
                max: Read::read(reader),
            },
            4 => FactKind::Date {
                min: Read::read(reader),
                max: Read::read(reader),
            },
            5 => FactKind::Text {
                limit: Read::read(reader),
                long: Read::read(reader),
            },
            6 => FactKind::Records {
                noun: Read::read(reader),
                fields: Read::read(reader),
            },
            _ => reader.unknown(FactKind::YesNo),
        }
    }
}

impl Read for Node {
    fn read(reader: &mut Reader<'_>) -> Node {
        match u16::read(reader) {
            0 => Node::Constant(Read::read(reader)),
            1 => Node::Today,
            2 => Node::Fact(Read::read(reader)),
            3 => Node::Point(Read::read(reader)),
            4 => Node::Not(Read::read(reader)),
            5 => Node::All(Read::read(reader)),
            6 => Node::Any(Read::read(reader)),
            7 => Node::AtLeast(Read::read(reader), Read::read(reader)),
            8 => Node::OneOf(Read::read(reader), Read::read(reader)),
            9 => Node::If(Read::read(reader), Read::read(reader), Read::read(reader)),
            10 => Node::Add(Read::read(reader), Read::read(reader)),
            11 => Node::YearsSince(Read::read(reader)),
            12 => Node::MonthsSince(Read::read(reader)),
            13 => Node::YearsUntil(Read::read(reader)),
            14 => Node::MonthsUntil(Read::read(reader)),
            15 => Node::AddMonths(Read::read(reader), Read::read(reader)),
            16 => Node::Schedule {
                schedule: Read::read(reader),
                row: Read::read(reader),
                born: Read::read(reader),
            },
            17 => Node::Count {
                records: Read::read(reader),
                filter: Read::read(reader),
            },
            18 => Node::Option(Read::read(reader), Read::read(reader)),
            _ => reader.unknown(Node::Today),
        }
    }
}

impl Read for Requirement {
    fn read(reader: &mut Reader<'_>) -> Requirement {
        let kind = u16::read(reader);
        reader.depth = reader.depth.saturating_add(1);
        let requirement = match kind {
            _ if reader.depth > MOST_DEPTH => reader.unknown(Requirement::All(Vec::new())),
            0 => Requirement::Condition(Read::read(reader)),
            1 => Requirement::All(Read::read(reader)),
            2 => Requirement::Any(Read::read(reader)),
            _ => reader.unknown(Requirement::All(Vec::new())),
        };
        reader.depth = reader.depth.saturating_sub(1);
        requirement
    }
}

impl Read for DeadlineWhen {
    fn read(reader: &mut Reader<'_>) -> DeadlineWhen {
        match u16::read(reader) {
            0 => DeadlineWhen::Yearly {
                month: Read::read(reader),
                day: Read::read(reader),
            },
            1 => DeadlineWhen::On(Read::read(reader)),
            2 => DeadlineWhen::Months {
                months: Read::read(reader),
                after: Read::read(reader),
            },
            3 => DeadlineWhen::Days {
                days: Read::read(reader),
                after: Read::read(reader),
            },
            4 => DeadlineWhen::Event {
                at: Read::read(reader),
            },
            _ => reader.unknown(DeadlineWhen::Event { at: String::new() }),
        }
    }
}

impl Read for PartBody {
    fn read(reader: &mut Reader<'_>) -> PartBody {
        match u16::read(reader) {
            0 => PartBody::Rows(Read::read(reader)),
            1 => PartBody::Text(Read::read(reader)),
            _ => reader.unknown(PartBody::Rows(Vec::new())),
        }
    }
}

impl Read for Cell {
    fn read(reader: &mut Reader<'_>) -> Cell {
        match u16::read(reader) {
            0 => Cell::Label(Read::read(reader)),
            1 => Cell::Value(Read::read(reader)),
            2 => Cell::Text(Read::read(reader)),
            3 => Cell::Ink(Read::read(reader)),
            4 => Cell::Photo,
            5 => Cell::Continue,
            6 => Cell::Table(Read::read(reader)),
            _ => reader.unknown(Cell::Continue),
        }
    }
}

impl Read for Slot {
    fn read(reader: &mut Reader<'_>) -> Slot {
        match u16::read(reader) {
            0 => Slot::Fact(Read::read(reader)),
            1 => Slot::Field(Read::read(reader)),
            2 => Slot::Record {
                list: Read::read(reader),
                row: Read::read(reader),
                fact: Read::read(reader),
            },
            _ => reader.unknown(Slot::Field(0)),
        }
    }
}

impl Read for ColumnWhat {
    fn read(reader: &mut Reader<'_>) -> ColumnWhat {
        match u16::read(reader) {
            0 => ColumnWhat::Number,
            1 => ColumnWhat::Fact(Read::read(reader)),
            2 => ColumnWhat::Blank,
            _ => reader.unknown(ColumnWhat::Blank),
        }
    }
}

impl Read for Piece {
    fn read(reader: &mut Reader<'_>) -> Piece {
        match u16::read(reader) {
            0 => Piece::Text(Read::read(reader)),
            1 => Piece::Value {
                slot: Read::read(reader),
                room: Read::read(reader),
            },
            2 => Piece::Ticks(Read::read(reader)),
            3 => Piece::Blank(Read::read(reader)),
            _ => reader.unknown(Piece::Blank(0)),
        }
    }
}

impl Read for FieldKind {
    fn read(reader: &mut Reader<'_>) -> FieldKind {
        match u16::read(reader) {
            0 => FieldKind::Line(Read::read(reader)),
            1 => FieldKind::Lines(Read::read(reader)),
            2 => FieldKind::Date,
            3 => FieldKind::Choice(Read::read(reader)),
            4 => FieldKind::Number {
                max: Read::read(reader),
                scale: Read::read(reader),
                unit: Read::read(reader),
            },
            _ => reader.unknown(FieldKind::Date),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::Serialize;

    use super::*;

    /// What the derived encoder writes, this decoder reads; nothing of it may be missing.
    fn check<T: Serialize + Read + PartialEq + Debug>(values: &[T]) {
        for value in values {
            let bytes = postcard::to_allocvec(value).unwrap();
            let read = |bytes| {
                let mut reader = Reader {
                    rest: bytes,
                    failed: false,
                    depth: 0,
                };
                let value = T::read(&mut reader);
                (!reader.failed && reader.rest.is_empty()).then_some(value)
            };
            assert_eq!(read(&bytes).as_ref(), Some(value));
            assert_eq!(read(&bytes[..bytes.len() - 1]), None, "{value:?} cut short");
        }
    }

    #[test]
    fn numbers_and_texts_are_read_to_their_limits() {
        check(&[0, 1, 127, 128, u16::MAX]);
        check(&[0, 127, 128, u32::MAX]);
        check(&[0, 127, 128, u64::MAX]);
        check(&[0, 1, -1, i32::MIN, i32::MAX]);
        check(&[0, 1, -1, i64::MIN, i64::MAX]);
        check(&[0, 255_u8]);
        check(&[true, false]);
        check(&[String::new(), "民族".into()]);
        check(&[None, Some(7_u8)]);
        check(&[Date::MIN, Date::MAX]);
    }

    #[test]
    fn numbers_that_do_not_fit_are_refused() {
        let read = |bytes: &[u8]| {
            let mut reader = Reader {
                rest: bytes,
                failed: false,
                depth: 0,
            };
            u16::read(&mut reader);
            reader.failed
        };
        assert!(!read(&[0xFF, 0xFF, 0x03]));
        assert!(read(&[0xFF, 0xFF, 0x04]));
        assert!(read(&[0xFF, 0xFF, 0xFF, 0x00]));
    }

    #[test]
    fn every_variant_is_read() {
        let (id, text) = (|n| NodeId(n), || String::from("字"));
        check(&[
            Node::Constant(-7),
            Node::Today,
            Node::Fact(FactId(1)),
            Node::Point(PointId(2)),
            Node::Not(id(3)),
            Node::All(vec![id(1), id(2)]),
            Node::Any(vec![]),
            Node::AtLeast(id(1), id(2)),
            Node::OneOf(id(1), u64::MAX),
            Node::If(id(1), id(2), id(3)),
            Node::Add(id(1), id(2)),
            Node::YearsSince(id(1)),
            Node::MonthsSince(id(1)),
            Node::YearsUntil(id(1)),
            Node::MonthsUntil(id(1)),
            Node::AddMonths(id(1), -6),
            Node::Schedule {
                schedule: ScheduleId(1),
                row: 2,
                born: id(3),
            },
            Node::Count {
                records: FactId(1),
                filter: id(2),
            },
            Node::Option(ChoiceId(1), 2),
        ]);
        check(&[
            FactKind::YesNo,
            FactKind::Choice(ChoiceId(1)),
            FactKind::Number {
                min: -1,
                max: 9,
                scale: 1,
                unit: text(),
            },
            FactKind::Money { min: 0, max: 9 },
            FactKind::Date { min: -9, max: 9 },
            FactKind::Text {
                limit: 9,
                long: true,
            },
            FactKind::Records {
                noun: text(),
                fields: vec![FactId(1)],
            },
        ]);
        check(&[
            Requirement::Condition(ConditionId(1)),
            Requirement::All(vec![Requirement::Any(vec![])]),
        ]);
        check(&[
            DeadlineWhen::Yearly { month: 8, day: 30 },
            DeadlineWhen::On(Date::MIN),
            DeadlineWhen::Months {
                months: 6,
                after: text(),
            },
            DeadlineWhen::Days {
                days: 7,
                after: text(),
            },
            DeadlineWhen::Event { at: text() },
        ]);
        let table = FormTable {
            records: FactId(1),
            columns: [
                ColumnWhat::Number,
                ColumnWhat::Fact(FactId(2)),
                ColumnWhat::Blank,
            ]
            .map(|what| FormColumn {
                width: 3,
                head: text(),
                what,
            })
            .to_vec(),
            least_rows: 4,
        };
        let slots = [
            Slot::Fact(FactId(1)),
            Slot::Field(2),
            Slot::Record {
                list: FactId(1),
                row: 2,
                fact: FactId(3),
            },
        ];
        check(&slots);
        let pieces = vec![
            Piece::Text(text()),
            Piece::Value {
                slot: slots[0],
                room: 8,
            },
            Piece::Ticks(slots[1]),
            Piece::Blank(6),
        ];
        check(&pieces);
        check(&[
            Cell::Label(text()),
            Cell::Value(slots[2]),
            Cell::Text(pieces.clone()),
            Cell::Ink(text()),
            Cell::Photo,
            Cell::Continue,
            Cell::Table(table),
        ]);
        let styles = [
            ParagraphStyle::Body,
            ParagraphStyle::Flush,
            ParagraphStyle::Heading,
            ParagraphStyle::Centred,
            ParagraphStyle::Right,
            ParagraphStyle::Ink,
            ParagraphStyle::Note,
        ];
        check(&[
            PartBody::Rows(Vec::new()),
            PartBody::Text(
                styles
                    .map(|style| FormParagraph {
                        style,
                        pieces: pieces.clone(),
                        aside: Vec::new(),
                    })
                    .to_vec(),
            ),
        ]);
        check(&[
            FieldKind::Line(1),
            FieldKind::Lines(2),
            FieldKind::Date,
            FieldKind::Choice(ChoiceId(4)),
            FieldKind::Number {
                max: 100,
                scale: 1,
                unit: text(),
            },
        ]);
        check(&[Strength::Hard, Strength::InPrinciple, Strength::Relaxable]);
        check(&[Who::Person, Who::Unit]);
        check(&[
            Recurrence::Once,
            Recurrence::Always,
            Recurrence::Monthly,
            Recurrence::Quarterly,
            Recurrence::Yearly,
            Recurrence::EveryTwoYears,
            Recurrence::EveryThreeYears,
            Recurrence::OnEvent,
            Recurrence::HalfYearly,
        ]);
        check(&[FactRole::Answer, FactRole::Declaration, FactRole::Form]);
        check(&[
            Direction::Fixed,
            Direction::Up,
            Direction::Down,
            Direction::Free,
        ]);
        check(&[
            BlockKind::Condition,
            BlockKind::Check,
            BlockKind::Entitlement,
            BlockKind::Route,
            BlockKind::Grade,
            BlockKind::Obligation,
            BlockKind::Deadline,
            BlockKind::Form,
            BlockKind::Point,
            BlockKind::Constraint,
            BlockKind::Example,
            BlockKind::Note,
        ]);
    }

    #[test]
    fn requirements_are_read_no_deeper_than_the_stack_allows() {
        let bytes = [1, 1].repeat(1_000_000);
        let mut reader = Reader {
            rest: &bytes,
            failed: false,
            depth: 0,
        };
        Requirement::read(&mut reader);
        assert!(reader.failed);
    }
}
