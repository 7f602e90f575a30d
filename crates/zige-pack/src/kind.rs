//! The kinds of mistake that an author can make.

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident $code:literal $chinese:literal;)*) => {
        /// The kinds of mistake. Each has a worked example in `tests/lint/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[doc = $doc])* $name,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$name),*];

            /// The name that a message carries, in kebab-case.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Kind::$name => $code,)* }
            }

            /// What the kind is about and what to do, in Chinese, for authors who read no English.
            #[must_use]
            pub fn in_chinese(self) -> &'static str {
                match self { $(Kind::$name => $chinese,)* }
            }
        }
    };
}

kinds! {
    /// A file that cannot be read, or is not there.
    File "file"
        "文件或者文件夹读不了：核对名称，文件要存成UTF-8，文件夹里要有 vocabulary.md";
    /// A fence without an end, or with an unknown kind or a bad id.
    Fence "fence"
        "块没有收尾，或者种类、代号写错了：第一行写“```种类 代号”，最后一行写“```”";
    /// A heading that names no article.
    Heading "heading"
        "标题要写条、项的名称，如“### 第六条”“#### 第六条（一）”；别的话写在标题下面";
    /// Headings out of order, with a gap, or twice.
    HeadingOrder "heading-order"
        "条、项的顺序不对，或者漏了、重复了：照原文的顺序，一条也不跳过";
    /// An article or item that `zige new` laid out and nobody has written yet.
    Unwritten "unwritten"
        "这里还没有写：把“（待写……）”换成给申请人看的大白话，再抄原话、写块";
    /// An article or item without a block.
    NoBlock "no-block"
        "标题下没有块：有规定就写规定，没有要算、要办的就写 note 并说明为什么";
    /// An article or item without a gist.
    NoGist "no-gist"
        "标题下没有给申请人看的话：用大白话写一两句";
    /// A rule without the words it follows from.
    NoQuote "no-quote"
        "有规定，但没有抄原话：另起一行写“> ”，照抄起决定作用的词句";
    /// The `policy` block is missing, twice, in the wrong place or names another pack.
    PolicyBlock "policy-block"
        "大标题下面要有一个 policy 块，代号和文件名一样";
    /// A block that belongs elsewhere.
    Misplaced "misplaced"
        "块放错了地方：照提示移过去";
    /// Not TOML.
    Toml "toml"
        "块里的格式不对：一行写一个“名称 = \"内容\"”，引号、逗号用英文的；内容里还有引号的，外面换成单引号";
    /// A key that the block does not have.
    UnknownKey "unknown-key"
        "这种块没有这个名称：看看是不是拼错了";
    /// A key that the block needs.
    MissingKey "missing-key"
        "块里少写了一样：照提示补上";
    /// A value of the wrong type or range.
    Value "value"
        "等号后面的内容不对，或者空着：照提示改";
    /// Two blocks share an id.
    DuplicateId "duplicate-id"
        "两处用了同一个代号：改掉一个";
    /// A rule that does not follow the grammar.
    Syntax "syntax"
        "规则没有写完整：核对括号、引号和 and、or、not";
    /// A name that nothing has.
    UnknownName "unknown-name"
        "没有这个名称：在 vocabulary.md 里找问题的代号，或者看看是不是拼错了";
    /// A function that does not exist, or with the wrong number of arguments.
    Function "function"
        "没有这个函数，或者括号里给的个数不对：能用的函数都在 policies/LANGUAGE.md 第2节";
    /// An option or outcome that the scale, list or point does not have.
    UnknownOption "unknown-option"
        "没有这个选项：照抄 vocabulary.md 里的词";
    /// Types that do not fit.
    Types "types"
        "两边不是一类东西，不能比：数和数比，日期和日期比，选项和自己的选项比";
    /// A comparison that depends on two dates or numbers, or changes more than once.
    Comparison "comparison"
        "一个比较里只能有一个日期或者一个数：拆成几个比较，用 and、or 连起来";
    /// A constraint that cannot be judged exactly.
    Constraint "constraint"
        "constraint 比较两个日期或者两个数时，要单独成立；要有例外，只能用选择题、是非题，写成“例外 or 比较”";
    /// A list whose records are counted in too many ways.
    Counts "counts"
        "同一个名单数的办法太多，或者要数到的数太大：少用几种条件去数，或者把数改小";
    /// A guarded fact without its guard.
    Guard "guard"
        "这个问题只问一部分人：先在前面写它的前提，再用 and 接上它";
    /// Names that refer to each other in a circle.
    Circle "circle"
        "几个名称互相引用，绕成了一圈：断开一处";
    /// More than the compiler takes.
    TooLarge "too-large"
        "太大了：拆成几份";
    /// A point with fewer than 2 or more than 4 outcomes.
    Outcomes "outcomes"
        "待认定事项要有2到4种结果，从最严的写到最宽的";
    /// A strength that does not fit the rule.
    Strength "strength"
        "strength 和规则对不上：写了 hard，规则里就不能有 point；写了可以例外，规则里就要有 point";
    /// An article that does not exist.
    UnknownArticle "unknown-article"
        "这份文档里没有这一条、这一项";
    /// A number in a gist that stands in no rule under it.
    GistNumber "gist-number"
        "大白话里的这个数，下面的块里没有：改正它，或者在块里写上它";
    /// A block that nothing reaches.
    Unreachable "unreachable"
        "写了没有用上：把它加到要用它的地方，或者删掉";
    /// A threshold outside its fact's range.
    ThresholdRange "threshold-range"
        "不论怎样回答，这个比较的结果都一样：改界限，或者改那个问题的 range";
    /// A threshold without an example on each side.
    ThresholdExample "threshold-example"
        "每个界限的两边都要有例子：一个刚好够，一个刚好不够";
    /// An example whose answers cannot be read.
    ExampleAnswers "example-answers"
        "例子里的答案写得不对：照提示改";
    /// An example that disagrees with the rules.
    ExampleDisagrees "example-disagrees"
        "例子的结果和规则算出来的不一样：对照原文，看是规则错了，还是例子错了";
    /// A check whose decision diagram is too large.
    Diagram "diagram"
        "这项自查太复杂：合并问题，或者拆成几项自查";
    /// A form whose rows do not fit the grid.
    FormLayout "form-layout"
        "表格样式写得不对：每一行各格的宽度加起来要正好是24，文字里的空用“{}”写";
    /// A value that cannot stand where it stands in a form.
    FormPlace "form-place"
        "这个内容不能填在这里：名单里的内容要放在名单的表里，或者写明是第几条";
    /// A quote that does not stand in its own article.
    Quote "quote"
        "这句引文在原文的这一条里找不到：照抄原文，省略的地方写“……”";
    /// Quotes that were not compared with the official text since they changed.
    Lock "lock"
        "引文没有和原文核对过，或者核对以后又改了：运行 zige lint 文件夹 --source 原文";
    /// The official text has an article that the pack leaves out, or the other way round.
    OfficialArticle "official-article"
        "文档和原文的条、项对不上：补上少的，删掉多的";
}
