//! Rules as an author writes them: lexer, parser and syntax tree.

mod lexer;
mod parser;

pub(crate) use parser::parse;

use zige_core::date::Date;

use crate::diagnostics::Place;
use crate::source::Text;

/// A rule, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    pub(crate) what: What,
    pub(crate) place: Place,
}

/// What a rule can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A number times 10 to the power of its places.
    Number {
        value: i64,
        places: u8,
    },
    /// An amount in 分.
    Money(i64),
    Date(Date),
    YesNo(bool),
    Today,
    /// An option or outcome, in quotation marks.
    Option(String),
    Name(String),
    Not(Box<Expression>),
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// Whether an option is (not, if the flag is false) among others.
    In(Box<Expression>, Vec<Text>, bool),
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    Add(Box<Expression>, Box<Expression>),
    Subtract(Box<Expression>, Box<Expression>),
    Call(Text, Vec<Expression>),
    /// Could not be read; a mistake has been reported.
    Wrong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Equal,
    Unequal,
}

impl Comparison {
    pub(crate) const ALL: [Comparison; 6] = [
        Comparison::AtLeast,
        Comparison::MoreThan,
        Comparison::AtMost,
        Comparison::LessThan,
        Comparison::Equal,
        Comparison::Unequal,
    ];

    pub(crate) fn sign(self) -> &'static str {
        match self {
            Comparison::AtLeast => ">=",
            Comparison::MoreThan => ">",
            Comparison::AtMost => "<=",
            Comparison::LessThan => "<",
            Comparison::Equal => "==",
            Comparison::Unequal => "!=",
        }
    }

    /// The comparison with its sides swapped.
    pub(crate) fn mirrored(self) -> Comparison {
        match self {
            Comparison::AtLeast => Comparison::AtMost,
            Comparison::MoreThan => Comparison::LessThan,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::LessThan => Comparison::MoreThan,
            same => same,
        }
    }
}
