//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;
use zige_blank::Side;
use zige_core::date::Date;
use zige_json::did_you_mean;

use crate::failure::Failure;

/// What `zige --help` says.
pub const USAGE: &str = "\
zige 资格：在自己的电脑上自查是否符合人才政策的条件

用法：
  zige list                                       列出全部政策和可以自查的身份
  zige articles 政策                              列出一项政策的各条和其中的内容
  zige facts 政策                                 列出会问到的问题和答案的写法
  zige check 政策 身份 --answers 文件|- --on 日期  按某一天自查
  zige show 政策 内容|条                          显示一项内容，或者一条里的全部内容
  zige form 政策 表 --answers 文件|- -o 文件       填好一张表，按文件名的结尾写成 .docx、.html、.xlsx、.ics 或者 .json
  zige fill 空白表.docx --answers 文件|- -o 文件.docx  把单位发的空白表填好，认不出的列在标准错误
  zige read 文件 [--pack 政策] [--form 表]         把填过的 .docx、.xlsx、.json 或者扫出来的二维码（.txt）读回来
  zige new 代号 [--source 原文] [-o 文件夹]       从政策原文搭出政策文档的骨架
  zige lint 文件夹 [--source 原文] [--watch]      检查政策文档，有错误时说明怎样改
  zige compile 文件夹 -o 文件 [--split]           把政策文档编译成程序用的文件

选项：
  --json            输出 JSON（格式见 docs/schemas）
  --packs 文件|夹   用编译好的政策文件，或者写政策文档的文件夹，不用程序自带的
  --answers 文件|-  答案，一个 JSON 对象；- 表示从标准输入读
  --on 日期         按哪一天自查，写成 2026-11-21；填表时不写就按今天
  --event 事=日期   某件事是哪一天，例如 结对开始=2026-09-01，用来推算日历；可以写几个
  --side 导师|培养对象  空白表分导师和培养对象时，本人是哪一方
  --photo 文件      空白表里贴的照片，JPG 或者 PNG
  --shrink          空白表的行高固定、内容放不下时，把字缩小
  --checklist       填表时另外打印一页材料清单
  --address 网址    表上的二维码前面加上这个网址，手机扫了就打开
  --source 原文     政策原文，UTF-8 文本；核对引文时，文件名要与政策的代号相同
  --watch           一直看着，改了就再检查；按 Ctrl+C 结束
  -o 文件           结果写到哪里（new：哪个文件夹，不写就是当前文件夹）
  --split           另外给每项政策单独写一个文件
  --outline 文件    另外写一个只有提问和判断所需内容的文件，网页先读它
  --texts 文件夹    编译时附上政策原文（代号.txt）
  -h, --help        显示这些说明
  -V, --version     显示版本

结束码：0 完成，1 输入有错（原因写在标准错误），2 用法有错
";

const COMMANDS: [&str; 11] = [
    "list", "articles", "facts", "check", "show", "form", "fill", "read", "new", "lint", "compile",
];

/// What is to be done.
#[derive(Debug)]
pub enum Command {
    /// Tell how it is used.
    Help,
    /// Tell the version.
    Version,
    /// `zige list`
    List(Options),
    /// `zige articles PACK`
    Articles { pack: String, options: Options },
    /// `zige facts PACK`
    Facts { pack: String, options: Options },
    /// `zige show PACK BLOCK`
    Show {
        pack: String,
        block: String,
        options: Options,
    },
    /// `zige check PACK CHECK --answers FILE|- --on YYYY-MM-DD`
    Check(Check),
    /// `zige form PACK FORM --answers FILE|- -o FILE`
    Form(Form),
    /// `zige fill BLANK.docx --answers FILE|- -o OUT.docx`
    Fill(Fill),
    /// `zige read FILE`
    Read(Read),
    /// `zige new ID [--source FILE] [-o DIR]`
    New(New),
    /// `zige lint DIR [--source FILE] [--watch]`
    Lint(Lint),
    /// `zige compile DIR -o FILE [--split] [--outline FILE]`
    Compile(Compile),
}

/// What several commands share.
#[derive(Debug, Default)]
pub struct Options {
    /// Write JSON.
    pub json: bool,
    /// Packs to use instead of those that came with the command.
    pub packs: Option<PathBuf>,
}

/// `zige check`
#[derive(Debug)]
pub struct Check {
    pub pack: String,
    pub check: String,
    /// `-` for standard input.
    pub answers: PathBuf,
    pub on: Date,
    pub options: Options,
}

/// `zige new`
#[derive(Debug)]
pub struct New {
    pub id: String,
    pub source: Option<PathBuf>,
    /// The folder to write into; the current one without it.
    pub output: Option<PathBuf>,
    pub json: bool,
}

/// `zige form`
#[derive(Debug)]
pub struct Form {
    pub pack: String,
    pub form: String,
    /// `-` for standard input.
    pub answers: PathBuf,
    /// Its ending says what is written.
    pub output: PathBuf,
    /// None for today.
    pub on: Option<Date>,
    pub events: Vec<(String, Date)>,
    pub checklist: bool,
    pub address: Option<String>,
    pub options: Options,
}

/// `zige fill`
#[derive(Debug)]
pub struct Fill {
    pub blank: PathBuf,
    /// `-` for standard input.
    pub answers: PathBuf,
    pub output: PathBuf,
    /// None for today.
    pub on: Option<Date>,
    /// Which of two people the person is.
    pub side: Option<Side>,
    pub photo: Option<PathBuf>,
    pub shrink: bool,
    pub options: Options,
}

/// `zige read`
#[derive(Debug)]
pub struct Read {
    pub file: PathBuf,
    pub pack: Option<String>,
    pub form: Option<String>,
    pub options: Options,
}

/// `zige lint`
#[derive(Debug)]
pub struct Lint {
    pub dir: PathBuf,
    pub source: Option<PathBuf>,
    /// Lint again whenever a file changes.
    pub watch: bool,
    pub json: bool,
}

/// `zige compile`
#[derive(Debug)]
pub struct Compile {
    pub dir: PathBuf,
    pub output: PathBuf,
    pub split: bool,
    pub outline: Option<PathBuf>,
    pub texts: Option<PathBuf>,
    pub json: bool,
}

/// Reads the command line, program name included.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Failure> {
    let given = Given::read(lexopt::Parser::from_iter(arguments))?;
    if given.help {
        return Ok(Command::Help);
    }
    if given.version {
        return Ok(Command::Version);
    }
    given.command()
}

#[derive(Debug, Default)]
struct Given {
    values: Vec<OsString>,
    help: bool,
    version: bool,
    json: bool,
    split: bool,
    outline: Option<PathBuf>,
    watch: bool,
    packs: Option<PathBuf>,
    answers: Option<PathBuf>,
    on: Option<OsString>,
    source: Option<PathBuf>,
    output: Option<PathBuf>,
    texts: Option<PathBuf>,
    pack: Option<OsString>,
    form: Option<OsString>,
    events: Vec<OsString>,
    checklist: bool,
    address: Option<OsString>,
    side: Option<OsString>,
    photo: Option<PathBuf>,
    shrink: bool,
}

impl Given {
    fn read(mut parser: lexopt::Parser) -> Result<Given, Failure> {
        let usage = |error: lexopt::Error| Failure::Usage(error.to_string());
        let mut given = Given::default();
        while let Some(argument) = parser.next().map_err(usage)? {
            match argument {
                Short('h') | Long("help") => given.help = true,
                Short('V') | Long("version") => given.version = true,
                Long("json") => given.json = true,
                Long("split") => given.split = true,
                Long("outline") => given.outline = Some(parser.value().map_err(usage)?.into()),
                Long("watch") => given.watch = true,
                Long("packs") => given.packs = Some(parser.value().map_err(usage)?.into()),
                Long("answers") => given.answers = Some(parser.value().map_err(usage)?.into()),
                Long("on") => given.on = Some(parser.value().map_err(usage)?),
                Long("source") => given.source = Some(parser.value().map_err(usage)?.into()),
                Short('o') | Long("output") => {
                    given.output = Some(parser.value().map_err(usage)?.into());
                }
                Long("checklist") => given.checklist = true,
                Long("pack") => given.pack = Some(parser.value().map_err(usage)?),
                Long("form") => given.form = Some(parser.value().map_err(usage)?),
                Long("event") => given.events.push(parser.value().map_err(usage)?),
                Long("address") => given.address = Some(parser.value().map_err(usage)?),
                Long("side") => given.side = Some(parser.value().map_err(usage)?),
                Long("photo") => given.photo = Some(parser.value().map_err(usage)?.into()),
                Long("shrink") => given.shrink = true,
                Long("texts") => given.texts = Some(parser.value().map_err(usage)?.into()),
                Value(value) => given.values.push(value),
                other => return Err(usage(other.unexpected())),
            }
        }
        Ok(given)
    }

    fn command(mut self) -> Result<Command, Failure> {
        if self.values.is_empty() {
            return Err(Failure::Usage("no command is given".to_owned()));
        }
        let command = text(self.values.remove(0))?;
        match command.as_str() {
            "list" => {
                self.allow(&command, 0, &["--packs"])?;
                Ok(Command::List(self.options()))
            }
            "articles" => {
                self.allow(&command, 1, &["--packs"])?;
                Ok(Command::Articles {
                    pack: self.next()?,
                    options: self.options(),
                })
            }
            "facts" => {
                self.allow(&command, 1, &["--packs"])?;
                Ok(Command::Facts {
                    pack: self.next()?,
                    options: self.options(),
                })
            }
            "show" => {
                self.allow(&command, 2, &["--packs"])?;
                Ok(Command::Show {
                    pack: self.next()?,
                    block: self.next()?,
                    options: self.options(),
                })
            }
            "check" => {
                self.allow(&command, 2, &["--packs", "--answers", "--on"])?;
                Ok(Command::Check(Check {
                    pack: self.next()?,
                    check: self.next()?,
                    answers: needed(self.answers.take(), "check", "--answers FILE")?,
                    on: date(needed(self.on.take(), "check", "--on YYYY-MM-DD")?)?,
                    options: self.options(),
                }))
            }
            "new" => {
                self.allow(&command, 1, &["--source", "-o"])?;
                Ok(Command::New(New {
                    id: self.next()?,
                    source: self.source,
                    output: self.output,
                    json: self.json,
                }))
            }
            "form" => {
                let options = [
                    "--packs",
                    "--answers",
                    "-o",
                    "--on",
                    "--event",
                    "--checklist",
                    "--address",
                ];
                self.allow(&command, 2, &options)?;
                let events = std::mem::take(&mut self.events).into_iter();
                Ok(Command::Form(Form {
                    pack: self.next()?,
                    form: self.next()?,
                    answers: needed(self.answers.take(), "form", "--answers FILE")?,
                    output: needed(self.output.take(), "form", "-o FILE")?,
                    on: self.on.take().map(date).transpose()?,
                    events: events.map(event).collect::<Result<_, _>>()?,
                    checklist: self.checklist,
                    address: self.address.take().map(text).transpose()?,
                    options: self.options(),
                }))
            }
            "fill" => {
                let options = [
                    "--packs",
                    "--answers",
                    "-o",
                    "--on",
                    "--side",
                    "--photo",
                    "--shrink",
                ];
                self.allow(&command, 1, &options)?;
                Ok(Command::Fill(Fill {
                    blank: self.values.remove(0).into(),
                    answers: needed(self.answers.take(), "fill", "--answers FILE")?,
                    output: needed(self.output.take(), "fill", "-o FILE")?,
                    on: self.on.take().map(date).transpose()?,
                    side: self.side.take().map(side).transpose()?,
                    photo: self.photo.take(),
                    shrink: self.shrink,
                    options: self.options(),
                }))
            }
            "read" => {
                self.allow(&command, 1, &["--packs", "--pack", "--form"])?;
                Ok(Command::Read(Read {
                    file: self.values.remove(0).into(),
                    pack: self.pack.take().map(text).transpose()?,
                    form: self.form.take().map(text).transpose()?,
                    options: self.options(),
                }))
            }
            "lint" => {
                self.allow(&command, 1, &["--source", "--watch"])?;
                if self.watch && self.json {
                    return Err(Failure::Usage(
                        "`--watch` writes for people, leave out `--json`".to_owned(),
                    ));
                }
                Ok(Command::Lint(Lint {
                    dir: self.values.remove(0).into(),
                    source: self.source,
                    watch: self.watch,
                    json: self.json,
                }))
            }
            "compile" => {
                self.allow(&command, 1, &["-o", "--split", "--outline", "--texts"])?;
                Ok(Command::Compile(Compile {
                    dir: self.values.remove(0).into(),
                    output: needed(self.output, "compile", "-o FILE")?,
                    split: self.split,
                    outline: self.outline,
                    texts: self.texts,
                    json: self.json,
                }))
            }
            other => Err(Failure::Usage(format!(
                "there is no command `{other}`{}",
                did_you_mean(other, &COMMANDS)
            ))),
        }
    }

    /// Holds a command to its values and options.
    fn allow(&self, command: &str, values: usize, options: &[&str]) -> Result<(), Failure> {
        if self.values.len() != values {
            return Err(Failure::Usage(format!(
                "`zige {command}` takes {values} value(s), {} are given",
                self.values.len()
            )));
        }
        let given = [
            ("--packs", self.packs.is_some()),
            ("--answers", self.answers.is_some()),
            ("--on", self.on.is_some()),
            ("--source", self.source.is_some()),
            ("-o", self.output.is_some()),
            ("--split", self.split),
            ("--outline", self.outline.is_some()),
            ("--watch", self.watch),
            ("--texts", self.texts.is_some()),
            ("--pack", self.pack.is_some()),
            ("--form", self.form.is_some()),
            ("--event", !self.events.is_empty()),
            ("--checklist", self.checklist),
            ("--address", self.address.is_some()),
            ("--side", self.side.is_some()),
            ("--photo", self.photo.is_some()),
            ("--shrink", self.shrink),
        ];
        match given
            .iter()
            .find(|(option, there)| *there && !options.contains(option))
        {
            Some((option, _)) => Err(Failure::Usage(format!(
                "`zige {command}` has no option `{option}`"
            ))),
            None => Ok(()),
        }
    }

    fn options(&mut self) -> Options {
        Options {
            json: self.json,
            packs: self.packs.take(),
        }
    }

    fn next(&mut self) -> Result<String, Failure> {
        text(self.values.remove(0))
    }
}

fn needed<T>(value: Option<T>, command: &str, option: &str) -> Result<T, Failure> {
    value.ok_or_else(|| Failure::Usage(format!("`zige {command}` needs `{option}`")))
}

fn text(value: OsString) -> Result<String, Failure> {
    value
        .into_string()
        .map_err(|value| Failure::Usage(format!("`{}` is not UTF-8 text", value.to_string_lossy())))
}

fn side(value: OsString) -> Result<Side, Failure> {
    match text(value)?.as_str() {
        "导师" | "mentor" => Ok(Side::Mentor),
        "培养对象" | "trainee" => Ok(Side::Trainee),
        other => Err(Failure::Usage(format!(
            "`--side` is `{other}`, give `导师` (mentor) or `培养对象` (trainee)"
        ))),
    }
}

/// `结对开始=2026-09-01`
fn event(value: OsString) -> Result<(String, Date), Failure> {
    let written = text(value)?;
    let parts = written.rsplit_once('=');
    let parsed = parts.and_then(|(name, day)| Some((name.to_owned(), Date::parse(day)?)));
    parsed.filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
        Failure::Input(format!(
            "`--event` is `{written}`, give an event and its day, such as `结对开始=2026-09-01`"
        ))
    })
}

fn date(value: OsString) -> Result<Date, Failure> {
    let written = text(value)?;
    Date::parse(&written).ok_or_else(|| {
        Failure::Input(format!(
            "`--on` is `{written}`, which is no date; give a day that exists, such as `2026-11-21`"
        ))
    })
}
