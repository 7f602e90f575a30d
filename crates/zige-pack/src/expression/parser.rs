//! From tokens to a tree, by precedence climbing. Reading goes on after a mistake, so that
//! several are reported at once.

use crate::diagnostics::{Diagnostic, Kind, Place};
use crate::source::Text;

use super::lexer::{Sign, Token, lex};
use super::{Comparison, Expression, What};

/// How deep rules may be nested.
const DEEPEST: usize = 48;
/// How many tokens a rule may have.
const MOST_TOKENS: usize = 2_000;

/// Reads a rule; `places` has one place for each character.
pub(crate) fn parse(
    text: &str,
    places: &[Place],
    whole: Place,
    problems: &mut Vec<Diagnostic>,
) -> Expression {
    let signs: Vec<Sign> = text
        .chars()
        .enumerate()
        .map(|(index, sign)| Sign::new(sign, places.get(index).copied().unwrap_or(whole)))
        .collect();
    let end = places.last().map_or(whole, |last| Place {
        start: last.end,
        ..*last
    });
    let tokens = lex(&signs, end, problems);
    if tokens.len() > MOST_TOKENS {
        problems.push(
            Diagnostic::error(Kind::TooLarge, whole, "this rule is too long")
                .mend("give its parts names with `derived` blocks"),
        );
        return Expression {
            what: What::Wrong,
            place: whole,
        };
    }
    let mut parser = Parser {
        tokens,
        at: 0,
        depth: 0,
        given_up: false,
        problems,
    };
    let expression = parser.expression();
    parser.expect_end();
    expression
}

struct Parser<'a> {
    tokens: Vec<(Token, Place)>,
    at: usize,
    depth: usize,
    /// Nothing more is said about a rule that is nested too deeply.
    given_up: bool,
    problems: &'a mut Vec<Diagnostic>,
}

impl Parser<'_> {
    fn token(&self) -> &Token {
        self.tokens
            .get(self.at)
            .map_or(&Token::End, |(token, _)| token)
    }

    fn place(&self) -> Place {
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .map_or(Place::new(0, 0, 0), |(_, place)| *place)
    }

    fn advance(&mut self) -> Place {
        let place = self.place();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        place
    }

    fn word(&self, word: &str) -> bool {
        matches!(self.token(), Token::Word(own) if own == word)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.word(word) || self.means(word);
        if found {
            self.complain_of_chinese();
            self.advance();
        }
        found
    }

    /// Whether a Chinese word stands where this word of a rule should.
    fn means(&self, word: &str) -> bool {
        matches!(self.token(), Token::Word(own) if in_rules(own) == Some(word))
    }

    /// Reports a Chinese word for a word or sign of rules. Reading goes on with what it means.
    fn complain_of_chinese(&mut self) {
        if let Token::Word(own) = self.token()
            && let Some(sign) = in_rules(own)
        {
            self.complain(
                format!("`{own}` has no meaning in a rule"),
                &format!("write `{sign}`"),
                &format!("规则里不写“{own}”，写 {sign}"),
            );
        }
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.token() == token;
        if found {
            self.advance();
        }
        found
    }

    fn wrong(&self, place: Place) -> Expression {
        Expression {
            what: What::Wrong,
            place,
        }
    }

    fn complain(&mut self, message: String, mend: &str, chinese: &str) {
        // What the lexer could not read has been reported already.
        if *self.token() != Token::Wrong && !self.given_up {
            self.problems.push(
                Diagnostic::error(Kind::Syntax, self.place(), message)
                    .mend(mend)
                    .chinese(chinese),
            );
        }
    }

    /// Where reading can go on after a mistake.
    fn at_boundary(&self) -> bool {
        match self.token() {
            Token::End | Token::Close | Token::CloseList | Token::Comma => true,
            Token::Word(word) => matches!(
                in_rules(word).unwrap_or(word),
                "and" | "or" | "then" | "else"
            ),
            _ => false,
        }
    }

    fn skip_to_boundary(&mut self) {
        while !self.at_boundary() {
            self.advance();
        }
    }

    fn expect_end(&mut self) {
        if *self.token() != Token::End {
            let found = self.token().name();
            let (mend, chinese) = match self.token() {
                Token::Close => (
                    "remove it, or open it with `(`",
                    "多了一个右括号：删掉，或者补上左括号",
                ),
                _ => (
                    "join rules with `and` or `or`",
                    "两段规则之间要写 and 或者 or",
                ),
            };
            self.complain(format!("the rule should end before {found}"), mend, chinese);
        }
    }

    fn expression(&mut self) -> Expression {
        self.depth += 1;
        let expression = match self.depth > DEEPEST {
            true => {
                let place = self.place();
                if !self.given_up {
                    self.problems.push(
                        Diagnostic::error(Kind::TooLarge, place, "this rule is nested too deeply")
                            .mend("give its parts names with `derived` blocks"),
                    );
                }
                self.given_up = true;
                self.at = self.tokens.len().saturating_sub(1);
                self.wrong(place)
            }
            false if self.word("if") => self.choice(),
            false => self.any(),
        };
        self.depth -= 1;
        expression
    }

    fn choice(&mut self) -> Expression {
        let begin = self.advance();
        let condition = self.expression();
        if !self.take_word("then") {
            let found = self.token().name();
            self.complain(
                format!("expected `then`, found {found}"),
                "write `if … then … else …`",
                "if 要写成“if … then … else …”，这里少了 then",
            );
            self.skip_to_boundary();
            self.take_word("then");
        }
        let then = self.expression();
        if !self.take_word("else") {
            let found = self.token().name();
            self.complain(
                format!("expected `else`, found {found}"),
                "write `if … then … else …`; every `if` needs an `else`",
                "if 要写成“if … then … else …”，这里少了 else",
            );
            return self.wrong(begin.to(then.place));
        }
        let otherwise = self.expression();
        let place = begin.to(otherwise.place);
        Expression {
            what: What::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
            place,
        }
    }

    fn any(&mut self) -> Expression {
        self.chain("or", What::Any, Parser::all)
    }

    fn all(&mut self) -> Expression {
        self.chain("and", What::All, Parser::not)
    }

    fn chain(
        &mut self,
        word: &str,
        make: fn(Vec<Expression>) -> What,
        part: fn(&mut Self) -> Expression,
    ) -> Expression {
        let first = part(self);
        let mut parts = vec![first];
        loop {
            if !self.at_boundary() {
                let found = self.token().name();
                let (mend, chinese) = match (self.after_number(), self.token()) {
                    (true, Token::Word(unit)) => (
                        "write numbers without a unit; the question has it".to_owned(),
                        format!("数的后面不写“{unit}”：单位写在问题的 unit 里"),
                    ),
                    _ => (
                        "join rules with `and` or `or`".to_owned(),
                        "两段规则之间要写 and 或者 or；规则里只写代号、数和引号里的选项".to_owned(),
                    ),
                };
                self.complain(
                    format!("expected `and`, `or` or the end, found {found}"),
                    &mend,
                    &chinese,
                );
                self.skip_to_boundary();
            }
            if !self.take_word(word) {
                break;
            }
            let next = part(self);
            parts.push(next);
        }
        match (parts.len(), parts.first(), parts.last()) {
            (2.., Some(first), Some(last)) => {
                let place = first.place.to(last.place);
                Expression {
                    what: make(parts),
                    place,
                }
            }
            _ => parts.pop().unwrap_or_else(|| self.wrong(self.place())),
        }
    }

    /// Whether the token before this one is a number.
    fn after_number(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        matches!(before, Some((Token::Number { .. }, _)))
    }

    fn not(&mut self) -> Expression {
        if !self.word("not") {
            return self.comparison();
        }
        let begin = self.advance();
        self.depth += 1;
        let inner = match self.depth > DEEPEST {
            true => self.expression(),
            false => self.not(),
        };
        self.depth -= 1;
        let place = begin.to(inner.place);
        Expression {
            what: What::Not(Box::new(inner)),
            place,
        }
    }

    fn comparison(&mut self) -> Expression {
        let left = self.sum();
        let negated = self.word("not")
            && matches!(self.tokens.get(self.at + 1), Some((Token::Word(word), _)) if word == "in");
        if negated {
            self.advance();
        }
        if self.take_word("in") {
            return self.membership(left, !negated);
        }
        let comparison = match self.token() {
            Token::Compare(comparison) => *comparison,
            Token::Word(word) => {
                let meant = in_rules(word);
                let Some(comparison) = Comparison::ALL
                    .into_iter()
                    .find(|comparison| Some(comparison.sign()) == meant)
                else {
                    return left;
                };
                self.complain_of_chinese();
                comparison
            }
            _ => return left,
        };
        self.advance();
        let right = self.sum();
        if let Token::Compare(_) = self.token() {
            self.complain(
                "comparisons cannot be chained".to_owned(),
                "write `a <= b and b <= c`",
                "比较不能连着写：写成“a <= b and b <= c”",
            );
            self.skip_to_boundary();
        }
        let place = left.place.to(right.place);
        Expression {
            what: What::Compare(comparison, Box::new(left), Box::new(right)),
            place,
        }
    }

    fn membership(&mut self, left: Expression, positive: bool) -> Expression {
        let mut options = Vec::new();
        let mut end = self.place();
        if self.take(&Token::OpenList) {
            loop {
                let place = self.place();
                match self.token().clone() {
                    Token::Option(text) => {
                        options.push(Text { text, place });
                        self.advance();
                    }
                    Token::CloseList => {}
                    other => {
                        let name = other.name();
                        self.complain(
                            format!("expected an option, found {name}"),
                            "write options in quotation marks, with commas between: `[\"满族\", \"蒙古族\"]`",
                            "选项要放在引号里，中间用逗号隔开：[\"满族\", \"蒙古族\"]",
                        );
                        if !matches!(other, Token::End | Token::Close) {
                            self.advance();
                        }
                    }
                }
                end = self.place();
                if self.take(&Token::CloseList) {
                    break;
                }
                if !self.take(&Token::Comma) {
                    let name = self.token().name();
                    self.complain(
                        format!("expected `,` or `]`, found {name}"),
                        "put a comma between options and `]` at the end",
                        "选项之间写逗号，最后写“]”",
                    );
                    self.skip_to_boundary();
                    if !self.take(&Token::Comma) {
                        self.take(&Token::CloseList);
                        break;
                    }
                }
            }
        } else {
            let name = self.token().name();
            self.complain(
                format!("expected `[` after `in`, found {name}"),
                "write `in [\"满族\", \"蒙古族\"]`",
                "in 的后面写方括号：in [\"满族\", \"蒙古族\"]",
            );
            self.skip_to_boundary();
            return self.wrong(left.place.to(end));
        }
        let place = left.place.to(end);
        Expression {
            what: What::In(Box::new(left), options, positive),
            place,
        }
    }

    fn sum(&mut self) -> Expression {
        let mut left = self.primary();
        loop {
            let make: fn(Box<Expression>, Box<Expression>) -> What = match self.token() {
                Token::Plus => What::Add,
                Token::Minus => What::Subtract,
                _ => return left,
            };
            self.advance();
            let right = self.primary();
            let place = left.place.to(right.place);
            left = Expression {
                what: make(Box::new(left), Box::new(right)),
                place,
            };
        }
    }

    fn primary(&mut self) -> Expression {
        let place = self.place();
        let what = match self.token().clone() {
            Token::Number { value, places } => What::Number { value, places },
            Token::Money(value) => What::Money(value),
            Token::Date(date) => What::Date(date),
            Token::Option(text) => What::Option(text),
            Token::Minus => return self.negative(),
            Token::Open => return self.parentheses(),
            Token::Word(word) => match word.as_str() {
                "yes" => What::YesNo(true),
                "no" => What::YesNo(false),
                "today" => What::Today,
                "and" | "or" | "then" | "else" | "in" => return self.missing_operand(),
                "if" => return self.expression(),
                _ => return self.name(word),
            },
            Token::Wrong => What::Wrong,
            _ => return self.missing_operand(),
        };
        self.advance();
        Expression { what, place }
    }

    fn missing_operand(&mut self) -> Expression {
        let place = self.place();
        let found = self.token().name();
        self.complain(
            format!("something is missing before {found}"),
            "write a fact, a point, a comparison or a value there, or remove what is too much",
            "这里少写了一样东西（问题的代号、数或者比较），或者前面多写了 and、or",
        );
        if !self.at_boundary() {
            self.advance();
        }
        self.wrong(place)
    }

    fn negative(&mut self) -> Expression {
        let begin = self.advance();
        match self.token().clone() {
            Token::Number { value, places } => {
                let place = begin.to(self.advance());
                Expression {
                    what: What::Number {
                        value: value.saturating_neg(),
                        places,
                    },
                    place,
                }
            }
            _ => {
                self.complain(
                    "only a number can be negative".to_owned(),
                    "write a number right after `-`",
                    "“-”的后面要紧接着写数",
                );
                self.wrong(begin)
            }
        }
    }

    fn parentheses(&mut self) -> Expression {
        let open = self.advance();
        let inner = self.expression();
        let close = self.place();
        if !self.take(&Token::Close) {
            let found = self.token().name();
            if *self.token() != Token::Wrong && !self.given_up {
                self.problems.push(
                    Diagnostic::error(Kind::Syntax, close, format!("expected `)`, found {found}"))
                        .also(open, "opened here")
                        .mend("close every `(` with `)`")
                        .chinese("左括号没有配上右括号：补上“)”"),
                );
            }
            self.skip_to_boundary();
            self.take(&Token::Close);
        }
        Expression {
            what: inner.what,
            place: open.to(close),
        }
    }

    fn name(&mut self, word: String) -> Expression {
        let place = self.advance();
        if !self.take(&Token::Open) {
            return Expression {
                what: What::Name(word),
                place,
            };
        }
        let mut arguments = Vec::new();
        let mut end = self.place();
        if !self.take(&Token::Close) {
            loop {
                let argument = self.expression();
                arguments.push(argument);
                end = self.place();
                if self.take(&Token::Close) {
                    break;
                }
                if !self.take(&Token::Comma) {
                    let found = self.token().name();
                    self.complain(
                        format!("expected `,` or `)` in `{word}(…)`, found {found}"),
                        "close the function with `)`",
                        "括号没有收尾：补上“)”",
                    );
                    self.skip_to_boundary();
                    self.take(&Token::Close);
                    break;
                }
            }
        }
        Expression {
            what: What::Call(Text { text: word, place }, arguments),
            place: place.to(end),
        }
    }
}

/// The word or sign of rules that a Chinese word means, as authors write it without thinking.
fn in_rules(word: &str) -> Option<&'static str> {
    Some(match word {
        "并且" | "而且" | "且" | "同时" | "以及" => "and",
        "或" | "或者" => "or",
        "大于" | "超过" | "高于" | "多于" => ">",
        "不少于" | "不低于" | "不小于" | "大于等于" | "至少" => ">=",
        "小于" | "不满" | "不足" | "低于" | "少于" => "<",
        "不超过" | "不大于" | "不高于" | "小于等于" | "至多" => "<=",
        "等于" | "是" | "为" => "==",
        "不等于" | "不是" => "!=",
        "属于" => "in",
        _ => return None,
    })
}
