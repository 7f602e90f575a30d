//! Writes the benchmark's models, drawn at random with a fixed seed: forty programmes over twelve facts,
//! as packs and as plain JSON for the JavaScript walk; a thousand programmes, each ten over twelve
//! facts of their own, and the first ten of them alone.
//!
//! `cargo run --example model -p zige-wasm -- FOLDER`

use std::error::Error;
use std::path::Path;

use zige_core::ids::{ArticleId, CheckId, ChoiceId, ConditionId, FactId, NodeId};
use zige_core::pack::{
    Article, Block, BlockKind, Check, ChoiceSet, Condition, Direction, Fact, FactKind, FactRole,
    Interval, Node, Pack, Programme, Requirement, Section, Span, Strength, Vocabulary, Who,
};

const PROGRAMMES: usize = 40;
const FACTS: u16 = 12;
/// Numbers go from 0 to this, options of the scale from 0 to 4.
const MOST: i64 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("give the folder to write to")?;
    let folder = Path::new(&folder);
    let (packs, trees) = programmes(PROGRAMMES, PROGRAMMES);
    write(folder, "model.zige", &packs)?;
    std::fs::write(
        folder.join("model.json"),
        format!("[{}]\n", trees.join(",\n")),
    )?;
    let (packs, _) = programmes(1_000, 10);
    write(folder, "thousand.zige", &packs)?;
    write(folder, "ten.zige", packs.get(..10).unwrap_or(&packs))
}

/// So many programmes, of which so many in a row share twelve facts; and the rule of each as JSON.
fn programmes(count: usize, share: usize) -> (Vec<Pack>, Vec<String>) {
    let mut draws = Draws(0x5eed);
    (0..count)
        .map(|number| {
            let mut rule = Rule::default();
            let (root, tree) = rule.group(&mut draws, 2, number % 2 == 0);
            (pack(number, number / share, rule.nodes, root), tree)
        })
        .unzip()
}

fn write(folder: &Path, name: &str, packs: &[Pack]) -> Result<(), Box<dyn Error>> {
    let packs: Vec<_> = packs.iter().map(|pack| (pack, None)).collect();
    std::fs::write(folder.join(name), zige_pack::format::write(&packs)?)?;
    Ok(())
}

/// A small generator of numbers that are random enough (Steele, Lea and Flood's SplitMix).
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((mixed ^ (mixed >> 31)) % bound).unwrap_or(0)
    }
}

/// What a fact is: yes/no, an option of a scale, or a number.
fn kind(fact: u16) -> FactKind {
    match fact % 3 {
        0 => FactKind::YesNo,
        1 => FactKind::Choice(ChoiceId(0)),
        _ => FactKind::Number {
            min: 0,
            max: MOST,
            scale: 0,
            unit: String::new(),
        },
    }
}

#[derive(Default)]
struct Rule {
    nodes: Vec<Node>,
}

impl Rule {
    /// A group of two or three parts, and the same for the JavaScript walk.
    fn group(&mut self, draws: &mut Draws, depth: u32, all: bool) -> (NodeId, String) {
        let parts: Vec<(NodeId, String)> = (0..2 + draws.below(2))
            .map(|_| match depth {
                1 => self.leaf(draws),
                _ => self.group(draws, depth - 1, !all),
            })
            .collect();
        let (nodes, trees): (Vec<NodeId>, Vec<String>) = parts.into_iter().unzip();
        let (node, word) = match all {
            true => (Node::All(nodes), "and"),
            false => (Node::Any(nodes), "or"),
        };
        (
            self.add(node),
            format!("[\"{word}\", {}]", trees.join(", ")),
        )
    }

    fn leaf(&mut self, draws: &mut Draws) -> (NodeId, String) {
        let id = u16::try_from(draws.below(u64::from(FACTS))).unwrap_or(0);
        let fact = self.add(Node::Fact(FactId(id)));
        let (least, most) = match kind(id) {
            FactKind::YesNo => return (fact, format!("[\"is\", {id}]")),
            FactKind::Choice(_) => (1, 4),
            _ => (1, MOST),
        };
        let bound = least + draws.below(u64::try_from(most).unwrap_or(1));
        let constant = match kind(id) {
            FactKind::Choice(choice) => Node::Option(choice, u16::try_from(bound).unwrap_or(0)),
            _ => Node::Constant(bound),
        };
        let constant = self.add(constant);
        match draws.below(2) {
            0 => (
                self.add(Node::AtLeast(fact, constant)),
                format!("[\"from\", {id}, {bound}]"),
            ),
            _ => (
                self.add(Node::AtLeast(constant, fact)),
                format!("[\"up_to\", {id}, {bound}]"),
            ),
        }
    }

    fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId(u16::try_from(self.nodes.len() - 1).unwrap_or(u16::MAX))
    }
}

fn pack(number: usize, group: usize, nodes: Vec<Node>, rule: NodeId) -> Pack {
    let text = |text: &str| text.to_owned();
    let facts: Vec<FactId> = (0..FACTS).map(FactId).collect();
    let interval = Interval {
        from: None,
        to: None,
    };
    Pack {
        id: format!("programme-{number:03}"),
        title: format!("第{number}号"),
        short: text("测试"),
        summary: text("测试"),
        issuer: text("测试"),
        region: text("测试"),
        version: text("1"),
        programme: Programme {
            draft: false,
            force: interval,
            applications: interval,
            replaced: None,
            article: None,
            remark: String::new(),
        },
        vocabulary: Vocabulary {
            choices: vec![ChoiceSet {
                id: text("scale"),
                label: text("等级"),
                ordered: true,
                options: (0..5).map(|option| format!("{option}级")).collect(),
                hints: vec![String::new(); 5],
            }],
            sections: vec![Section {
                id: text("all"),
                label: text("全部"),
            }],
            facts: (0..FACTS).map(|id| fact(group, id)).collect(),
            schedules: Vec::new(),
        },
        spans: vec![Span { line: 1, column: 1 }; nodes.len()],
        nodes,
        constraints: Vec::new(),
        points: Vec::new(),
        conditions: vec![Condition {
            id: text("whole"),
            article: ArticleId(0),
            see: Vec::new(),
            label: text("条件"),
            strength: Strength::Hard,
            rule,
            met: String::new(),
            unmet: String::new(),
            open: String::new(),
            facts: facts.clone(),
            points: Vec::new(),
        }],
        checks: vec![Check {
            id: text("person"),
            article: ArticleId(0),
            label: text("本人"),
            question: text("符合吗？"),
            who: Who::Person,
            conditions: vec![ConditionId(0)],
            require: Requirement::Condition(ConditionId(0)),
            facts,
        }],
        entitlements: Vec::new(),
        routes: Vec::new(),
        grades: Vec::new(),
        obligations: Vec::new(),
        deadlines: Vec::new(),
        forms: Vec::new(),
        notes: Vec::new(),
        aliases: Vec::new(),
        articles: vec![Article {
            name: text("第一条"),
            chapter: String::new(),
            gist: text("测试。"),
            quotes: Vec::new(),
            blocks: vec![
                Block {
                    kind: BlockKind::Check,
                    index: CheckId(0).0,
                },
                Block {
                    kind: BlockKind::Condition,
                    index: 0,
                },
            ],
        }],
    }
}

fn fact(group: usize, id: u16) -> Fact {
    Fact {
        id: format!("fact_{group}_{id}"),
        label: format!("第{id}项"),
        kind: kind(id),
        question: format!("第{id}项是什么？"),
        help: String::new(),
        find: String::new(),
        attest: String::new(),
        proof: String::new(),
        section: 0,
        role: FactRole::Answer,
        changeable: Direction::Free,
        weights: Vec::new(),
        guard: None,
        record_of: None,
        meaning: u64::from(id),
    }
}
