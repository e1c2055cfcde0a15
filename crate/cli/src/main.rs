//! The `second-reading` command: posts in, reviews out, for scripts, editors of rules and people without a browser.
//!
//! This file reads the arguments, runs one command and turns what came of it into an exit code: 0 good, 1 a post
//! that should be looked at again (or a bundle that is not good), 2 input that could not be used. The reading itself
//! is the engine's; nothing here knows a rule.

mod arguments;
mod bundle;
mod check;
mod clock;
mod entry;
mod identify;
mod line;
mod loading;
mod outcome;
mod output;
mod post;
mod reading;
mod report;
mod shown;
mod source;
mod stream;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use outcome::{Outcome, tell};

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Check(arguments) => check::run(arguments),
        Command::Identify(arguments) => identify::run(arguments),
        Command::Bundle(command) => bundle::run(command),
    };
    result
        .unwrap_or_else(|failure| {
            tell(format_args!("second-reading: {failure}"));
            Outcome::Unusable
        })
        .into()
}
