//! Reads a source folder and its includes into a [`Source`], collecting every error on the way.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use second_reading_engine::{
    Category, CategoryClause, Clause, Concept, Day, Election, Engine, IdentityRule, Inflection, LoadError,
    MailFactor, MailSign, NumberCheck, Polarity, Reading, Recipients, Reviewer, Rule, Says, Severity, Shows,
    Surface, Thresholds, Verdict, Voice, Weighed, Where, Window,
};
use serde::Deserialize;
use toml::Spanned;

use super::{Example, Place, Source, SourceDraft, SourceError, SourceIdentity, SourceRule, SourceSign};
use crate::payload::Document;

/// Folders that include folders that include …: more than this is a mistake.
const DEEPEST: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BundleFile {
    id: String,
    authority: String,
    serial: u64,
    issued: Day,
    expires: Option<Day>,
    successor: Option<String>,
    locale: String,
    document: Document,
    #[serde(default)]
    include: Vec<PathBuf>,
    /// Shared rules that this council does not want.
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    reviewers: Vec<Reviewer>,
    #[serde(default)]
    layers_off: Vec<String>,
    #[serde(default)]
    thresholds: Thresholds,
    #[serde(default)]
    category: Vec<CategoryClause>,
    #[serde(default)]
    election: Vec<Election>,
    #[serde(default)]
    texts: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    /// What the file's rules share, unless a rule says otherwise.
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    concept: Vec<ConceptEntry>,
    #[serde(default)]
    reading: Vec<Reading>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
    #[serde(default)]
    identity: Vec<IdentityEntry>,
    #[serde(default)]
    mail_factor: Vec<MailFactor>,
    #[serde(default)]
    mail_sign: Vec<SignEntry>,
    #[serde(default)]
    clause: Vec<Clause>,
    #[serde(default)]
    draft: Vec<DraftEntry>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    category: Option<Category>,
    severity: Option<Severity>,
    confidence: Option<f32>,
    reason: Option<String>,
    advice: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConceptEntry {
    name: Spanned<String>,
    #[serde(default)]
    members: Vec<String>,
    inflect: Option<Inflection>,
    #[serde(default)]
    obfuscated: bool,
    #[serde(default)]
    regex: Vec<String>,
    check: Option<NumberCheck>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: Spanned<String>,
    category: Option<Category>,
    clause: Option<String>,
    severity: Option<Severity>,
    confidence: Option<f32>,
    #[serde(rename = "match")]
    patterns: Vec<String>,
    #[serde(default)]
    target: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    with_draft: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    unless_draft: Vec<String>,
    #[serde(default)]
    polarity: Polarity,
    #[serde(default)]
    voice: Voice,
    window: Option<Window>,
    #[serde(default)]
    surfaces: Vec<Surface>,
    #[serde(default)]
    recipients: Vec<Recipients>,
    weighed: Option<Weighed>,
    layer: Option<String>,
    reason: Option<String>,
    advice: Option<String>,
    source: Option<String>,
    #[serde(default)]
    fires: Vec<Spanned<String>>,
    #[serde(default)]
    spares: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityEntry {
    id: Spanned<String>,
    says: Says,
    #[serde(rename = "where")]
    places: Vec<Where>,
    #[serde(rename = "match")]
    patterns: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    with_draft: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    unless_draft: Vec<String>,
    #[serde(default)]
    fires: Vec<Spanned<String>>,
    #[serde(default)]
    spares: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignEntry {
    id: Spanned<String>,
    weighs: BTreeMap<Shows, i32>,
    #[serde(default)]
    recipients: Vec<Recipients>,
    #[serde(rename = "match")]
    patterns: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    with_draft: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    unless_draft: Vec<String>,
    #[serde(default)]
    fires: Vec<Spanned<String>>,
    #[serde(default)]
    spares: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftEntry {
    text: Spanned<String>,
    verdict: Verdict,
}

/// A file's path and text.
struct File {
    path: PathBuf,
    text: String,
    /// Where each line after the first starts.
    lines: Vec<usize>,
}

impl File {
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at) + 1
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.path.clone(), line: self.line(span.start) }
    }

    fn examples(&self, found: Vec<Spanned<String>>) -> Vec<Example> {
        found
            .into_iter()
            .map(|text| Example { place: self.place(text.span()), text: text.into_inner() })
            .collect()
    }

    fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, SourceError> {
        toml::from_str(&self.text).map_err(|error| SourceError {
            file: self.path.clone(),
            line: error.span().map(|span| self.line(span.start)),
            item: None,
            problem: error.message().trim().replace('\n', "; "),
        })
    }
}

struct Reader {
    errors: Vec<SourceError>,
    files: Vec<File>,
}

impl Reader {
    fn error(&mut self, place: &Place, item: &str, problem: impl Into<String>) {
        self.errors.push(SourceError {
            file: place.file.clone(),
            line: Some(place.line),
            item: Some(item.to_owned()),
            problem: format!("{item}: {}", problem.into()),
        });
    }

    fn read_file(&mut self, path: &Path) -> Option<File> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let lines = text.match_indices('\n').map(|(end, _)| end + 1).collect();
                Some(File { path: path.to_owned(), text, lines })
            }
            Err(error) => {
                self.errors.push(unreadable(path, &error));
                None
            }
        }
    }

    /// Reads every theme file in a folder, by name, folders last.
    fn folder(&mut self, dir: &Path, depth: usize) {
        if depth > DEEPEST {
            self.errors.push(SourceError {
                file: dir.to_owned(),
                line: None,
                item: None,
                problem: "folders are nested too deep, or include each other".to_owned(),
            });
            return;
        }
        let entries = match std::fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) => {
                self.errors.push(unreadable(dir, &error));
                return;
            }
        };
        let mut paths: Vec<PathBuf> =
            entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.sort();
        for path in &paths {
            let is_theme =
                path.extension().is_some_and(|ending| ending == "toml") && !path.ends_with("bundle.toml");
            if path.is_dir() {
                self.folder(path, depth + 1);
            } else if is_theme && let Some(file) = self.read_file(path) {
                self.files.push(file);
            }
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> SourceError {
    SourceError { file: path.to_owned(), line: None, item: None, problem: format!("cannot be read: {error}") }
}

pub(super) fn load(dir: &Path) -> Result<Source, Vec<SourceError>> {
    let mut reader = Reader { errors: Vec::new(), files: Vec::new() };
    let Some(bundle) = reader.read_file(&dir.join("bundle.toml")) else { return Err(reader.errors) };
    let head: BundleFile = bundle.parse().map_err(|error| vec![error])?;
    for include in &head.include {
        reader.folder(&dir.join(include), 0);
    }
    reader.folder(dir, 0);
    let mut source = Source {
        id: head.id,
        authority: head.authority,
        serial: head.serial,
        issued: head.issued,
        expires: head.expires,
        successor: head.successor,
        locale: head.locale,
        document: head.document,
        clauses: Vec::new(),
        categories: head.category,
        concepts: Vec::new(),
        readings: Vec::new(),
        rules: Vec::new(),
        identity: Vec::new(),
        mail_factors: Vec::new(),
        mail_signs: Vec::new(),
        drafts: Vec::new(),
        thresholds: head.thresholds,
        reviewers: if head.reviewers.is_empty() {
            vec![Reviewer::Rules, Reviewer::Semantic]
        } else {
            head.reviewers
        },
        layers_off: head.layers_off,
        elections: head.election,
        texts: head.texts,
    };
    let mut concept_places: Vec<(String, Place)> = Vec::new();
    for file in std::mem::take(&mut reader.files) {
        match file.parse::<ThemeFile>() {
            Ok(theme) => take(&mut reader, &mut source, &mut concept_places, &file, theme),
            Err(error) => reader.errors.push(error),
        }
        reader.files.push(file);
    }
    let whole = Place { file: bundle.path.clone(), line: 1 };
    for unwanted in &head.without {
        let before = source.rules.len();
        source.rules.retain(|source| &source.rule.id != unwanted);
        if source.rules.len() == before {
            reader.error(&whole, "without", format!("there is no rule `{unwanted}`"));
        }
    }
    for category in Category::ALL {
        if !source.categories.iter().any(|known| known.id == category) {
            reader.error(
                &whole,
                "category",
                format!("no clause is given for `{category}`; add a [[category]] for it"),
            );
        }
    }
    if reader.errors.is_empty() {
        try_engine(&mut reader, &source, &concept_places, &bundle.path);
    }
    if reader.errors.is_empty() { Ok(source) } else { Err(reader.errors) }
}

/// Makes the engine, and if it will not be made, notes every rule that stands in the way.
fn try_engine(reader: &mut Reader, source: &Source, concepts: &[(String, Place)], bundle: &Path) {
    let mut set = source.rule_set();
    while let Err(error) = Engine::new(&set) {
        let located = locate(reader, source, concepts, &error).unwrap_or(SourceError {
            file: bundle.to_owned(),
            line: None,
            item: Some(error.owner.clone()),
            problem: error.to_string(),
        });
        reader.errors.push(located);
        // The engine stops at the first error; without that rule it goes on to the next.
        let before = set.rules.len();
        set.rules.retain(|rule| error.owner.strip_prefix("rule ") != Some(rule.id.as_str()));
        if set.rules.len() == before {
            return;
        }
    }
}

/// Moves a theme file's entries into the source.
fn take(
    reader: &mut Reader,
    source: &mut Source,
    concept_places: &mut Vec<(String, Place)>,
    file: &File,
    theme: ThemeFile,
) {
    for entry in theme.concept {
        let place = file.place(entry.name.span());
        let concept = Concept {
            name: entry.name.into_inner(),
            members: entry.members,
            inflect: entry.inflect,
            obfuscated: entry.obfuscated,
            regex: entry.regex,
            check: entry.check,
        };
        concept_places.push((concept.name.clone(), place));
        source.concepts.push(concept);
    }
    source.readings.extend(theme.reading);
    source.clauses.extend(theme.clause);
    for entry in theme.draft {
        let place = file.place(entry.text.span());
        source.drafts.push(SourceDraft { text: entry.text.into_inner(), verdict: entry.verdict, place });
    }
    for entry in theme.identity {
        let place = file.place(entry.id.span());
        let rule = IdentityRule {
            id: entry.id.into_inner(),
            says: entry.says,
            places: entry.places,
            patterns: entry.patterns,
            with: entry.with,
            with_draft: entry.with_draft,
            unless: entry.unless,
            unless_draft: entry.unless_draft,
        };
        let (fires, spares) = (file.examples(entry.fires), file.examples(entry.spares));
        need_examples(reader, &place, &format!("identity rule {}", rule.id), &fires, &spares);
        source.identity.push(SourceIdentity { rule, place, fires, spares });
    }
    source.mail_factors.extend(theme.mail_factor);
    for entry in theme.mail_sign {
        take_sign(reader, source, file, entry);
    }
    for entry in theme.rule {
        take_rule(reader, source, file, &theme.defaults, entry);
    }
}

/// Moves one sign into the source.
fn take_sign(reader: &mut Reader, source: &mut Source, file: &File, entry: SignEntry) {
    let place = file.place(entry.id.span());
    let sign = MailSign {
        id: entry.id.into_inner(),
        weighs: entry.weighs,
        recipients: entry.recipients,
        patterns: entry.patterns,
        with: entry.with,
        with_draft: entry.with_draft,
        unless: entry.unless,
        unless_draft: entry.unless_draft,
    };
    let (fires, spares) = (file.examples(entry.fires), file.examples(entry.spares));
    need_examples(reader, &place, &format!("sign {}", sign.id), &fires, &spares);
    source.mail_signs.push(SourceSign { sign, place, fires, spares });
}

/// Moves one rule into the source, filled up with its file's defaults.
fn take_rule(reader: &mut Reader, source: &mut Source, file: &File, defaults: &Defaults, entry: RuleEntry) {
    let place = file.place(entry.id.span());
    let id = entry.id.into_inner();
    let item = format!("rule {id}");
    let category = entry.category.or(defaults.category);
    let severity = entry.severity.or(defaults.severity);
    let confidence = entry.confidence.or(defaults.confidence);
    let reason = entry.reason.or_else(|| defaults.reason.clone());
    let advice = entry.advice.or_else(|| defaults.advice.clone());
    let origin = entry.source.or_else(|| defaults.source.clone());
    let missing = [
        ("category", category.is_none()),
        ("severity", severity.is_none()),
        ("confidence", confidence.is_none()),
        ("reason", reason.is_none()),
        ("advice", advice.is_none()),
        ("source", origin.is_none()),
    ];
    for (field, _) in missing.iter().filter(|(_, missing)| *missing) {
        reader.error(
            &place,
            &item,
            format!("it has no `{field}`; add one, or put it under [defaults] in this file"),
        );
    }
    let (fires, spares) = (file.examples(entry.fires), file.examples(entry.spares));
    need_examples(reader, &place, &item, &fires, &spares);
    let (Some(category), Some(severity), Some(confidence)) = (category, severity, confidence) else { return };
    let rule = Rule {
        id,
        category,
        clause: entry.clause,
        severity,
        confidence,
        patterns: entry.patterns,
        target: entry.target,
        with: entry.with,
        with_draft: entry.with_draft,
        unless: entry.unless,
        unless_draft: entry.unless_draft,
        polarity: entry.polarity,
        voice: entry.voice,
        window: entry.window,
        surfaces: entry.surfaces,
        recipients: entry.recipients,
        weighed: entry.weighed,
        layer: entry.layer,
        reason: reason.unwrap_or_default(),
        advice: advice.unwrap_or_default(),
        source: origin.unwrap_or_default(),
    };
    source.rules.push(SourceRule { rule, place, fires, spares });
}

fn need_examples(reader: &mut Reader, place: &Place, item: &str, fires: &[Example], spares: &[Example]) {
    if fires.is_empty() {
        reader.error(place, item, "it has no `fires`; add a sentence on which it fires");
    }
    if spares.is_empty() {
        reader.error(
            place,
            item,
            "it has no `spares`; add a sentence that looks similar and must be left alone",
        );
    }
}

/// The file and line of what an engine would not take.
fn locate(
    reader: &Reader,
    source: &Source,
    concepts: &[(String, Place)],
    error: &LoadError,
) -> Option<SourceError> {
    let (kind, name) = error.owner.rsplit_once(' ')?;
    let place = match kind {
        "rule" => source.rules.iter().find(|source| source.rule.id == name).map(|source| &source.place),
        "identity rule" => {
            source.identity.iter().find(|source| source.rule.id == name).map(|source| &source.place)
        }
        "sign" => source.mail_signs.iter().find(|source| source.sign.id == name).map(|source| &source.place),
        "concept" => concepts.iter().rfind(|(known, _)| known == name).map(|(_, place)| place),
        _ => None,
    };
    let holding = |pattern: &str| reader.files.iter().find(|file| file.text.contains(pattern));
    let (file, from) = match (place, &error.pattern) {
        (Some(place), _) => (reader.files.iter().find(|file| file.path == place.file)?, place.line),
        (None, Some(pattern)) => (holding(pattern)?, 1),
        (None, None) => return None,
    };
    // The line of the pattern itself, if it can be found below the item's name.
    let line = error
        .pattern
        .as_ref()
        .and_then(|pattern| {
            file.text.lines().enumerate().skip(from - 1).find(|(_, line)| line.contains(pattern.as_str()))
        })
        .map_or(from, |(index, _)| index + 1);
    Some(SourceError {
        file: file.path.clone(),
        line: Some(line),
        item: Some(error.owner.clone()),
        problem: error.to_string(),
    })
}
