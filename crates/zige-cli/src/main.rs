//! The command `zige`: lists, shows and checks programmes; lints and compiles policies.

mod command;
mod commands;
mod failure;
mod layout;
mod packs;
mod words;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use command::Command;
use failure::Failure;

/// What a command has to say.
#[derive(Debug, Default)]
struct Output {
    /// For standard output.
    text: String,
    /// For standard error, though all went well; may be empty.
    remarks: String,
    /// Whether what was looked at is in order.
    sound: bool,
}

impl Output {
    fn of(text: String) -> Output {
        Output {
            text,
            remarks: String::new(),
            sound: true,
        }
    }
}

fn main() -> ExitCode {
    let done = command::parse(std::env::args_os()).and_then(run);
    match done {
        Ok(output) => {
            tell(&mut io::stderr().lock(), &output.remarks);
            let whole = tell(&mut io::stdout().lock(), &output.text);
            match output.sound && whole {
                true => ExitCode::SUCCESS,
                false => ExitCode::from(1),
            }
        }
        Err(failure) => {
            tell(&mut io::stderr().lock(), &format!("{failure}\n"));
            ExitCode::from(failure.code())
        }
    }
}

fn run(command: Command) -> Result<Output, Failure> {
    match command {
        Command::Help => Ok(Output::of(command::USAGE.to_owned())),
        Command::Version => Ok(Output::of(format!("zige {}\n", env!("CARGO_PKG_VERSION")))),
        Command::List(options) => commands::list(&options),
        Command::Articles { pack, options } => commands::articles(&pack, &options),
        Command::Facts { pack, options } => commands::facts(&pack, &options),
        Command::Show {
            pack,
            block,
            options,
        } => commands::show(&pack, &block, &options),
        Command::Check(check) => commands::check(&check),
        Command::New(new) => commands::new(&new),
        Command::Form(form) => commands::form(&form),
        Command::Fill(fill) => commands::fill(&fill),
        Command::Read(read) => commands::read(&read),
        Command::Lint(lint) if lint.watch => commands::watch(&lint),
        Command::Lint(lint) => commands::lint(&lint),
        Command::Compile(compile) => commands::compile(&compile),
    }
}

/// Writes everything; a reader that went away is no error.
fn tell(to: &mut impl Write, text: &str) -> bool {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Ok(()) => true,
        Err(error) => error.kind() == ErrorKind::BrokenPipe,
    }
}
