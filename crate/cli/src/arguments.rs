//! The arguments of the command, as the contract names them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use second_reading_engine::{Day, IdentitySetting, Recipients};

use crate::source::Source;

/// Reads a councillor's post before it is published, against the council's own rules.
#[derive(Debug, Parser)]
#[command(name = "second-reading", version, max_term_width = 110)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArguments),
    Identify(IdentifyArguments),
    /// Makes, tests, signs and compares bundles, which hold a council's rules.
    ///
    /// Exit code of each: 0 good, 1 not good, 2 unusable.
    #[command(subcommand)]
    Bundle(BundleCommand),
}

/// Reviews posts.
///
/// Exit code: 0 when every post is clear or worth a notice, 1 when one is worth a warning, 2 when some input could
/// not be used. With --input jsonl --format jsonl, 0 or 2.
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// How reviews are printed.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) bundle: BundleChosen,
    /// How the writer appears where the post will stand.
    #[arg(long = "as", value_enum, value_name = "WHO", default_value_t)]
    pub(crate) appears: Appears,
    /// The day on which the post would be published; without it, rules bound to dates are off.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<Day>,
    /// Who will receive a mail or group message that does not say it itself; it is weighed accordingly.
    #[arg(long, value_enum, value_name = "WHOM")]
    pub(crate) recipients: Option<Addressed>,
    /// Which reviewers read the posts.
    #[arg(long, value_enum, value_name = "WHICH", default_value_t)]
    pub(crate) reviewers: ReviewersChosen,
}

/// Says whether words identify their writer as a councillor.
///
/// Exit code: 0, or 2 when some input could not be used.
#[derive(Debug, Args)]
pub(crate) struct IdentifyArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// Where the words stand. With --input jsonl each line says it.
    #[arg(long = "where", value_enum, value_name = "PLACE", default_value_t)]
    pub(crate) place: Place,
    /// How answers are printed.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: AnswerFormat,
    #[command(flatten)]
    pub(crate) bundle: BundleChosen,
}

/// Which bundle reads.
#[derive(Debug, Args)]
pub(crate) struct BundleChosen {
    /// Another bundle than the built-in one: a payload or a signed file.
    #[arg(long = "bundle", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The public key that the bundle must be signed with.
    #[arg(long, value_name = "PUB", requires = "file")]
    pub(crate) key: Option<String>,
    /// The bundle that it builds on, where that is no built-in one.
    #[arg(long, value_name = "FILE", requires = "file")]
    pub(crate) base: Option<PathBuf>,
}

/// Where posts come from.
#[derive(Debug, Args)]
pub(crate) struct InputArguments {
    /// Files to read; - is standard input.
    #[arg(value_name = "FILE", conflicts_with = "text")]
    files: Vec<PathBuf>,
    /// The words themselves.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, conflicts_with = "input")]
    text: Option<String>,
    /// What a file holds: one text, or one JSON object a line.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) input: Input,
}

impl InputArguments {
    /// The sources named, in order; standard input where none is. `None` where that would be a person's keyboard.
    pub(crate) fn sources(&self) -> Option<Vec<Source>> {
        use std::io::IsTerminal;

        if let Some(text) = &self.text {
            return Some(vec![Source::Words(text.clone())]);
        }
        if self.files.is_empty() {
            return (!std::io::stdin().is_terminal()).then(|| vec![Source::StandardInput]);
        }
        let source = |path: &PathBuf| {
            if path.as_os_str() == "-" { Source::StandardInput } else { Source::File(path.clone()) }
        };
        Some(self.files.iter().map(source).collect())
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum BundleCommand {
    /// Starts a bundle source that a council can edit.
    New {
        /// The folder to make; its name becomes the bundle's id.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Whose bundle it is; the id's words, if not said.
        #[arg(long, value_name = "NAME")]
        authority: Option<String>,
        /// A built-in bundle to build on, such as lga-model-code: only what the council adds or changes is then written.
        #[arg(long, value_name = "ID")]
        on: Option<String>,
    },
    /// Says whether a bundle source is well formed.
    Check {
        /// The folder of the bundle source.
        #[arg(value_name = "DIR")]
        source: PathBuf,
    },
    /// Runs the sentences that each rule must fire on and must spare.
    Test {
        /// The folder of the bundle source.
        #[arg(value_name = "DIR")]
        source: PathBuf,
    },
    /// Writes the payload that the engine loads, unless it would be refused later; the same source always gives the same bytes.
    Build {
        /// The folder of the bundle source.
        #[arg(value_name = "DIR")]
        source: PathBuf,
        /// The payload file to write.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Makes a key to sign bundles with: NAME.key, which stays with whoever signs, and NAME.pub, which everybody may have.
    Keygen {
        /// The files' name without its ending.
        #[arg(short, long, value_name = "NAME", default_value = "second-reading")]
        output: PathBuf,
        #[command(flatten)]
        password: PasswordChosen,
    },
    /// Signs a payload, after trying it as whoever installs it will.
    Sign {
        /// The payload, as `bundle build` writes it.
        #[arg(value_name = "FILE")]
        payload: PathBuf,
        /// The secret key, as `bundle keygen` or `minisign -G` writes it.
        #[arg(long, value_name = "KEY")]
        key: PathBuf,
        /// The signed file to write.
        #[arg(short, long, value_name = "NAME.srb")]
        output: PathBuf,
        /// The bundle that it builds on, where that is no built-in one.
        #[arg(long, value_name = "FILE")]
        base: Option<PathBuf>,
        #[command(flatten)]
        password: PasswordChosen,
    },
    /// Says whether a signed bundle is whole, signed with a key, and does what it says of itself.
    Verify {
        /// The signed file.
        #[arg(value_name = "NAME.srb")]
        file: PathBuf,
        /// The public key: a .pub file, or the line in it that starts with RW.
        #[arg(long, value_name = "PUB")]
        key: String,
        /// The bundle that it builds on, where that is no built-in one.
        #[arg(long, value_name = "FILE")]
        base: Option<PathBuf>,
        /// The day on which its dates must hold; today, in UTC, if not said.
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Day>,
    },
    /// Prints what a payload, a signed file or a key says of itself. Nothing of it is proved.
    Inspect {
        /// The payload, the signed file or the .pub file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Says in words what changes for a councillor from one bundle to another.
    Diff {
        /// The bundle before: a source folder, a payload, a signed file or the id of a built-in bundle.
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// The bundle after, of the same forms.
        #[arg(value_name = "NEW")]
        new: PathBuf,
        /// A folder of posts, as .jsonl files that `check --input jsonl` reads, to see whose verdict changes.
        #[arg(long, value_name = "DIR")]
        posts: Option<PathBuf>,
        /// The day on which the posts would be published; without it, rules bound to dates are off.
        #[arg(long, value_name = "YYYY-MM-DD", requires = "posts")]
        on: Option<Day>,
        /// The bundle that either builds on, where that is no built-in one.
        #[arg(long, value_name = "FILE")]
        base: Option<PathBuf>,
    },
}

/// How a secret key is guarded. Without either, the terminal asks for a password.
#[derive(Debug, Args)]
pub(crate) struct PasswordChosen {
    /// A file whose first line is the key's password; - is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "no_password")]
    pub(crate) password_file: Option<PathBuf>,
    /// The key has no password: whoever has the file can sign.
    #[arg(long)]
    pub(crate) no_password: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    /// Each file is one post.
    #[default]
    Text,
    /// Each line is a JSON object with an id and a text.
    Jsonl,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the words marked, the clause, why, and how to put it better.
    #[default]
    Text,
    /// One array of reviews.
    Json,
    /// One review a line.
    Jsonl,
    /// SARIF 2.1.0, for editors and pipelines.
    Sarif,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people.
    #[default]
    Text,
    /// One array of answers.
    Json,
    /// One answer a line.
    Jsonl,
}

impl From<AnswerFormat> for Format {
    fn from(format: AnswerFormat) -> Self {
        match format {
            AnswerFormat::Text => Format::Text,
            AnswerFormat::Json => Format::Json,
            AnswerFormat::Jsonl => Format::Jsonl,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Appears {
    /// As a councillor.
    #[default]
    Councillor,
    /// As the name, the handle and the words show.
    Detect,
    /// Never as a councillor: no findings.
    Private,
}

impl From<Appears> for IdentitySetting {
    fn from(appears: Appears) -> Self {
        match appears {
            Appears::Councillor => IdentitySetting::Councillor,
            Appears::Detect => IdentitySetting::Detect,
            Appears::Private => IdentitySetting::Private,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Addressed {
    /// Councillors of the writer's own political group only.
    SameGroup,
    /// Councillors of other groups too.
    OtherMembers,
    /// A council officer.
    Officer,
    /// A member of the public.
    Public,
    /// Several of these.
    Mixed,
}

impl From<Addressed> for Recipients {
    fn from(addressed: Addressed) -> Self {
        match addressed {
            Addressed::SameGroup => Recipients::SameGroup,
            Addressed::OtherMembers => Recipients::OtherMembers,
            Addressed::Officer => Recipients::Officer,
            Addressed::Public => Recipients::Public,
            Addressed::Mixed => Recipients::Mixed,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ReviewersChosen {
    /// The bundle's rules.
    Rules,
    /// The semantic reviewer.
    Semantic,
    /// Both.
    #[default]
    All,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Place {
    /// A post.
    #[default]
    Text,
    /// An account's handle.
    Handle,
    /// An account's name.
    DisplayName,
    /// An account's description of itself.
    Bio,
    /// The end of a mail.
    Signature,
}
