//! From characters to tokens.

use zige_core::date::Date;

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::fold::fold;

use super::Comparison;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number {
        value: i64,
        places: u8,
    },
    Money(i64),
    Date(Date),
    Option(String),
    Word(String),
    Compare(Comparison),
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Plus,
    Minus,
    /// Something that was reported already.
    Wrong,
    End,
}

impl Token {
    /// The token as a reader sees it.
    pub(super) fn name(&self) -> String {
        match self {
            Token::Number { .. } => "a number".to_owned(),
            Token::Money(_) => "an amount".to_owned(),
            Token::Date(_) => "a date".to_owned(),
            Token::Option(text) => format!("the option `\"{text}\"`"),
            Token::Word(word) => format!("`{word}`"),
            Token::Compare(comparison) => format!("`{}`", comparison.sign()),
            Token::Open => "`(`".to_owned(),
            Token::Close => "`)`".to_owned(),
            Token::OpenList => "`[`".to_owned(),
            Token::CloseList => "`]`".to_owned(),
            Token::Comma => "`,`".to_owned(),
            Token::Plus => "`+`".to_owned(),
            Token::Minus => "`-`".to_owned(),
            Token::Wrong => "this".to_owned(),
            Token::End => "the end of the rule".to_owned(),
        }
    }
}

/// A character of the rule: itself, its half-width form, and its place in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    own: char,
    folded: char,
    place: Place,
}

impl Sign {
    pub(super) fn new(own: char, place: Place) -> Sign {
        Sign {
            own,
            folded: fold(own),
            place,
        }
    }
}

/// Cuts a rule into tokens, the last of which is [`Token::End`].
pub(super) fn lex(
    signs: &[Sign],
    end: Place,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(Token, Place)> {
    let mut lexer = Lexer {
        signs,
        at: 0,
        problems,
    };
    let mut tokens = Vec::new();
    while let Some(sign) = lexer.peek() {
        if sign.folded.is_whitespace() {
            lexer.at += 1;
            continue;
        }
        let begin = sign.place;
        let token = lexer.token(sign);
        let last = lexer
            .signs
            .get(lexer.at.saturating_sub(1))
            .map_or(begin, |sign| sign.place);
        tokens.push((token, begin.to(last)));
    }
    tokens.push((Token::End, end));
    tokens
}

struct Lexer<'a> {
    signs: &'a [Sign],
    at: usize,
    problems: &'a mut Vec<Diagnostic>,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<Sign> {
        self.signs.get(self.at).copied()
    }

    fn folded(&self, ahead: usize) -> char {
        self.signs
            .get(self.at + ahead)
            .map_or('\0', |sign| sign.folded)
    }

    fn token(&mut self, sign: Sign) -> Token {
        match sign.folded {
            '(' => self.one(Token::Open),
            ')' => self.one(Token::Close),
            '[' => self.one(Token::OpenList),
            ']' => self.one(Token::CloseList),
            ',' | '、' => self.one(Token::Comma),
            '+' => self.one(Token::Plus),
            '-' | '−' | '–' => self.one(Token::Minus),
            '≥' => self.one(Token::Compare(Comparison::AtLeast)),
            '≤' => self.one(Token::Compare(Comparison::AtMost)),
            '≠' => self.one(Token::Compare(Comparison::Unequal)),
            '>' | '<' | '=' | '!' => self.comparison(sign),
            '"' | '\'' => self.option(sign),
            '¥' => {
                self.at += 1;
                self.money(sign)
            }
            first if first.is_ascii_digit() => self.number(),
            first if first.is_alphabetic() || first == '_' => self.word(),
            _ => {
                self.at += 1;
                let (mend, chinese) = match sign.own {
                    '*' | '＊' | '×' | '/' | '÷' => (
                        "rules neither multiply nor divide; write twice a number as `n + n`",
                        "规则里没有乘、除：两倍写成“a + a”；积分怎样写，见 CONTRIBUTING.zh-CN.md 第7步",
                    ),
                    '%' | '％' | '‰' => (
                        "write the number without it, and the unit into the question",
                        "数的后面不写单位：单位写在问题的 unit 里",
                    ),
                    _ => (
                        "remove it; options are written in quotation marks",
                        "规则里不能写这个符号：删掉它；选项要放在引号里",
                    ),
                };
                self.problems.push(
                    Diagnostic::error(
                        Kind::Syntax,
                        sign.place,
                        format!("`{}` has no meaning in a rule", sign.own),
                    )
                    .mend(mend)
                    .chinese(chinese),
                );
                Token::Wrong
            }
        }
    }

    fn one(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn comparison(&mut self, sign: Sign) -> Token {
        let double = self.folded(1) == '=';
        self.at += if double { 2 } else { 1 };
        Token::Compare(match (sign.folded, double) {
            ('>', true) => Comparison::AtLeast,
            ('>', false) => Comparison::MoreThan,
            ('<', true) => Comparison::AtMost,
            ('<', false) => Comparison::LessThan,
            ('!', true) => Comparison::Unequal,
            ('=', true) => Comparison::Equal,
            (single, _) => {
                let meant = if single == '=' { "==" } else { "not" };
                self.problems.push(
                    Diagnostic::error(
                        Kind::Syntax,
                        sign.place,
                        format!("`{single}` alone has no meaning in a rule"),
                    )
                    .mend(format!("write `{meant}`"))
                    .chinese(format!("不能单写 {single}：改成 {meant}")),
                );
                return match single {
                    '=' => Token::Compare(Comparison::Equal),
                    _ => Token::Word("not".to_owned()),
                };
            }
        })
    }

    fn option(&mut self, open: Sign) -> Token {
        self.at += 1;
        let mut text = String::new();
        while let Some(sign) = self.peek() {
            self.at += 1;
            if sign.folded == open.folded {
                return Token::Option(text);
            }
            text.push(sign.own);
        }
        self.problems.push(
            Diagnostic::error(
                Kind::Syntax,
                open.place,
                "an option has no closing quotation mark",
            )
            .label("opened here")
            .mend("close it with the same quotation mark")
            .chinese("选项的引号少了后一半：补上同样的引号"),
        );
        Token::Wrong
    }

    fn money(&mut self, sign: Sign) -> Token {
        match self.number() {
            Token::Number { value, places } if places <= 2 => {
                let factor = 10_i64.pow(2 - u32::from(places));
                Token::Money(value.saturating_mul(factor))
            }
            Token::Wrong => Token::Wrong,
            _ => {
                self.problems.push(
                    Diagnostic::error(
                        Kind::Syntax,
                        sign.place,
                        "`¥` needs an amount in 元 after it",
                    )
                    .mend("write it like `¥1000` or `¥1000.50`"),
                );
                Token::Wrong
            }
        }
    }

    /// Digits, possibly with decimals, or a date `YYYY-MM-DD`.
    fn number(&mut self) -> Token {
        let begin = self.at;
        let mut text = String::new();
        while self.folded(0).is_ascii_digit() {
            text.push(self.folded(0));
            self.at += 1;
        }
        let is_date = text.len() == 4
            && self.folded(0) == '-'
            && self.folded(1).is_ascii_digit()
            && self.folded(2).is_ascii_digit()
            && self.folded(3) == '-';
        if is_date {
            while self.folded(0).is_ascii_digit() || self.folded(0) == '-' {
                text.push(self.folded(0));
                self.at += 1;
            }
            return match Date::parse(&text) {
                Some(date) => Token::Date(date),
                None => {
                    self.wrong_number(begin, &text, "is not a day of the calendar", "2026-11-21")
                }
            };
        }
        let mut places = 0_u8;
        if matches!(self.folded(0), '.' | '。') && self.folded(1).is_ascii_digit() {
            self.at += 1;
            while self.folded(0).is_ascii_digit() {
                text.push(self.folded(0));
                places = places.saturating_add(1);
                self.at += 1;
            }
        }
        match text.parse::<i64>() {
            Ok(value) if text.len() <= 15 => Token::Number { value, places },
            _ if text.is_empty() => Token::End,
            _ => self.wrong_number(begin, &text, "is too large", "1000000"),
        }
    }

    fn wrong_number(&mut self, begin: usize, text: &str, what: &str, like: &str) -> Token {
        let place = match (
            self.signs.get(begin),
            self.signs.get(self.at.saturating_sub(1)),
        ) {
            (Some(first), Some(last)) => first.place.to(last.place),
            _ => Place::new(0, 0, 0),
        };
        self.problems.push(
            Diagnostic::error(Kind::Syntax, place, format!("`{text}` {what}"))
                .mend(format!("write it like `{like}`"))
                .chinese(format!("这个日期或者数写得不对：写成 {like} 这样")),
        );
        Token::Wrong
    }

    fn word(&mut self) -> Token {
        let mut word = String::new();
        while let Some(sign) = self.peek() {
            if !(sign.folded.is_alphanumeric() || sign.folded == '_') {
                break;
            }
            word.push(sign.folded);
            self.at += 1;
        }
        Token::Word(word)
    }
}
