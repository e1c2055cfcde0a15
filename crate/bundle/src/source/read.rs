//! Reads a source folder and its includes into a [`Source`], collecting every error on the way.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use second_reading_engine::{
    Category, CategoryClause, Concept, Engine, IdentityRule, LoadError, MailSign, Rule, SemanticLevels,
};

use super::file::{File, unreadable};
use super::shape::{BaseEntry, BundleFile, Defaults, RuleEntry, SemanticEntry, SignEntry, ThemeFile};
use super::{
    Example, Place, Source, SourceBase, SourceDraft, SourceError, SourceIdentity, SourceRule, SourceSign,
};
use crate::contents::Contents;
use crate::facts::inspect;
use crate::overlay::BaseNeeded;
use crate::payload::{Payload, reviewers_problem};

/// Folders that include folders that include …: more than this is a mistake.
const DEEPEST: usize = 8;

struct Reader {
    /// What keeps files from being read at all: it comes before what is wrong in those that were.
    unread: Vec<SourceError>,
    errors: Vec<SourceError>,
    files: Vec<File>,
    /// The files that were looked into, by the one name of each: an include may hold the folder's own.
    seen: HashSet<PathBuf>,
}

/// Every complaint about a source, in the order in which they are told.
type Errors = Vec<SourceError>;

impl Reader {
    fn error(&mut self, place: &Place, item: &str, problem: impl Into<String>) {
        self.errors.push(SourceError {
            file: place.file.clone(),
            line: Some(place.line),
            item: Some(item.to_owned()),
            problem: format!("{item}: {}", problem.into()),
        });
    }

    fn into_errors(mut self) -> Errors {
        self.unread.append(&mut self.errors);
        self.unread
    }

    /// Reads a file of rules, unless it was read before.
    fn theme(&mut self, path: &Path) {
        if path.canonicalize().is_ok_and(|path| !self.seen.insert(path)) {
            return;
        }
        match File::read(path) {
            Ok(file) => self.files.push(file),
            Err(error) => self.unread.push(error),
        }
    }

    /// Reads a folder of theme files, or one of them.
    fn include(&mut self, path: &Path) {
        if path.is_file() {
            self.theme(path);
        } else {
            self.folder(path, 0);
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
                self.unread.push(unreadable(dir, &error));
                return;
            }
        };
        let mut paths: Vec<PathBuf> =
            entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.sort();
        for path in &paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            // What systems and editors keep beside files is hidden.
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                self.folder(path, depth + 1);
            } else if name.ends_with(".toml.txt") {
                self.errors.push(SourceError {
                    file: path.clone(),
                    line: None,
                    item: None,
                    problem: "is not read; take the `.txt` out of its name, or the file out of this folder"
                        .to_owned(),
                });
            } else if name.ends_with(".toml") && name != "bundle.toml" {
                self.theme(path);
            }
        }
    }
}

pub(super) fn load(dir: &Path, built_in: &[Payload], depth: usize) -> Result<Source, Errors> {
    let mut reader =
        Reader { unread: Vec::new(), errors: Vec::new(), files: Vec::new(), seen: HashSet::new() };
    let bundle = File::read(&dir.join("bundle.toml")).map_err(|error| vec![error])?;
    let head: BundleFile = bundle.parse().map_err(|error| vec![error])?;
    for include in &head.include {
        reader.include(&dir.join(include));
    }
    reader.folder(dir, 0);
    let whole = bundle.place(0..0);
    let is_overlay = head.base.is_some();
    let mut files = vec![bundle.path.clone()];
    let base = head.base.and_then(|entry| {
        base(&mut reader, &mut files, bundle.heading("base"), dir, &entry, built_in, depth)
    });
    let categories = head.category.iter().map(|entry| entry.id.to_string()).zip(bundle.headings("category"));
    let mut named: Vec<Named> = categories.map(|(id, place)| ("category", id, place)).collect();
    for (election, place) in head.election.iter().flatten().zip(bundle.headings("election")) {
        if let Some(problem) = election.problem() {
            reader.error(&place, "election", problem);
        }
    }
    if let Some(problem) = head.reviewers.as_deref().and_then(reviewers_problem) {
        reader.error(&bundle.heading("reviewers"), "reviewers", problem);
    }
    let at_most = head.category.iter().filter_map(|entry| Some((entry.id, entry.at_most?))).collect();
    let categories = head.category.into_iter().map(|entry| CategoryClause {
        id: entry.id,
        clause: entry.clause,
        words: entry.words,
        label: entry.label,
    });
    let mut source = Source {
        files,
        id: head.id,
        authority: head.authority,
        serial: head.serial,
        issued: head.issued,
        expires: head.expires,
        successor: head.successor,
        locale: head.locale,
        base,
        rules_off: Vec::new(),
        document: head.document,
        clauses: Vec::new(),
        categories: categories.collect(),
        at_most,
        concepts: Vec::new(),
        readings: Vec::new(),
        rules: Vec::new(),
        identity: Vec::new(),
        mail_factors: Vec::new(),
        mail_signs: Vec::new(),
        drafts: Vec::new(),
        thresholds: head.thresholds,
        semantic_levels: None,
        semantic_off: Vec::new(),
        semantic_kinds: Vec::new(),
        reviewers: head.reviewers,
        layers_off: head.layers_off,
        elections: head.election,
        texts: head.texts,
    };
    if let Some(entry) = head.semantic {
        semantic(&mut reader, &mut source, &bundle.heading("semantic"), entry);
    }
    let mut concept_places: Vec<(String, Place)> = Vec::new();
    for file in std::mem::take(&mut reader.files) {
        match file.parse::<ThemeFile>() {
            Ok(theme) => {
                let clauses =
                    theme.clause.iter().map(|clause| clause.id.clone()).zip(file.headings("clause"));
                named.extend(clauses.map(|(id, place)| ("clause", id, place)));
                take(&mut reader, &mut source, &mut concept_places, &file, theme);
            }
            Err(error) => reader.unread.push(error),
        }
        source.files.push(file.path.clone());
        reader.files.push(file);
    }
    // What is not there may stand in a file that could not be read.
    if !reader.unread.is_empty() {
        return Err(reader.into_errors());
    }
    for unwanted in head.without {
        let before = source.rules.len();
        source.rules.retain(|source| source.rule.id != unwanted);
        let in_base = source.base.as_ref().is_some_and(|base| base.payload.has_rule(&unwanted));
        if source.rules.len() == before && !in_base {
            reader.error(&bundle.heading("without"), "without", format!("there is no rule `{unwanted}`"));
        }
        if in_base {
            source.rules_off.push(unwanted);
        }
    }
    for source in &mut source.rules {
        let named = source.rule.clause.as_ref().and_then(|clause| head.clauses_as.get(clause));
        if let Some(ours) = named {
            source.rule.clause = Some(ours.clone());
        }
    }
    check_ids(&mut reader, &source, &named);
    if !is_overlay {
        check_whole(&mut reader, &source, &whole);
    } else if !source.mail_factors.is_empty() || !source.mail_signs.is_empty() {
        reader.error(&whole, "mail", "an overlay leaves the weighing of messages to its base; take it out");
    }
    if let Some(problem) = source.to_contents().label().problem() {
        reader.error(&whole, "bundle", problem);
    }
    if reader.errors.is_empty() {
        try_engine(&mut reader, &source, &concept_places, &bundle);
    }
    if reader.errors.is_empty() { Ok(source) } else { Err(reader.into_errors()) }
}

/// Fills up what is said of the semantic reviewer from the base, or from what every bundle begins with.
fn semantic(reader: &mut Reader, source: &mut Source, place: &Place, entry: SemanticEntry) {
    let begin =
        source.base.as_ref().map_or_else(SemanticLevels::default, |base| base.payload.semantic.levels);
    let levels = SemanticLevels {
        notice: entry.notice.unwrap_or(begin.notice),
        warn: entry.warn.unwrap_or(begin.warn),
        rule_notice: entry.rule_notice.unwrap_or(begin.rule_notice),
        rule_warn: entry.rule_warn.unwrap_or(begin.rule_warn),
        certain: entry.certain.unwrap_or(begin.certain),
    };
    if let Some(problem) = levels.problem() {
        reader.error(place, "semantic", problem);
    }
    source.semantic_levels = Some(levels);
    source.semantic_off = entry.off;
}

/// What a bundle that builds on no other must say itself.
fn check_whole(reader: &mut Reader, source: &Source, whole: &Place) {
    if source.document.is_none() {
        reader.error(whole, "document", "add a [document] with the title of the code and whose words it is");
    }
    for category in Category::ALL {
        if !source.categories.iter().any(|known| known.id == category) {
            reader.error(
                whole,
                "category",
                format!("no clause is given for `{category}`; add a [[category]] for it"),
            );
        }
    }
}

/// The bundle that an overlay builds on.
fn base(
    reader: &mut Reader,
    files: &mut Vec<PathBuf>,
    place: Place,
    dir: &Path,
    entry: &BaseEntry,
    built_in: &[Payload],
    depth: usize,
) -> Option<SourceBase> {
    let needed = BaseNeeded { id: entry.id.clone(), serial: entry.serial };
    let Some(source) = &entry.source else {
        let known = built_in.iter().find(|payload| payload.id == entry.id);
        if known.is_none() {
            let problem = format!("there is no built-in bundle `{}`; add its `source`", entry.id);
            reader.error(&place, "base", problem);
        }
        return Some(SourceBase { needed, payload: Box::new(known?.clone()), place });
    };
    let path = dir.join(source);
    let payload = if path.is_dir() {
        if depth > 0 {
            reader.error(
                &place,
                "base",
                "a base is a whole bundle, not itself an overlay; name that one's base",
            );
            return None;
        }
        match load(&path, built_in, depth + 1) {
            Ok(source) => {
                let contents = source.to_contents();
                files.extend(source.files);
                contents
            }
            Err(errors) => {
                reader.errors.extend(errors);
                return None;
            }
        }
    } else {
        let read = std::fs::read(&path).map_err(|error| error.to_string());
        match read.and_then(|bytes| inspect(&bytes).map_err(|refusal| refusal.to_string())) {
            Ok((_, contents)) => {
                files.push(path);
                contents
            }
            Err(problem) => {
                reader.error(&Place { file: path, line: 1 }, "base", problem);
                return None;
            }
        }
    };
    match payload {
        Contents::Whole(payload) => Some(SourceBase { needed, payload, place }),
        Contents::Overlay(_) => {
            reader.error(
                &place,
                "base",
                "a base is a whole bundle, not itself an overlay; name that one's base",
            );
            None
        }
    }
}

/// Makes the engine, and if it will not be made, notes every rule that stands in the way.
fn try_engine(reader: &mut Reader, source: &Source, concepts: &[(String, Place)], bundle: &File) {
    let mut set = match source.whole() {
        Ok(payload) => payload.rule_set(),
        Err(error) => {
            reader.error(&bundle.heading("base"), "base", error.to_string());
            return;
        }
    };
    // Of this source alone: a base may do without a layer in time, and what is switched off in vain does no harm.
    for layer in &source.layers_off {
        if !set.rules.iter().any(|rule| rule.layer.as_ref() == Some(layer)) {
            let problem = format!("no rule is of a layer `{layer}`");
            reader.error(&bundle.heading("layers_off"), "layers_off", problem);
        }
    }
    while let Err(error) = set.check().and_then(|()| Engine::new(&set)) {
        let place = bundle.heading(&error.owner);
        let located = locate(reader, source, concepts, &error).unwrap_or(SourceError {
            file: place.file,
            line: Some(place.line),
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
    // Tables may stand in one list, without a heading for each.
    let places = file.headings("semantic").chain(std::iter::repeat(file.heading("semantic")));
    for (kind, place) in theme.semantic.into_iter().zip(places) {
        if source.semantic_kinds.iter().any(|known| known.category == kind.category) {
            reader.error(&place, "semantic", format!("`{}` is spoken of twice; take one out", kind.category));
        }
        if let Some(problem) = kind.problem() {
            reader.error(&place, &format!("semantic {}", kind.category), problem);
        }
        source.semantic_kinds.push(kind);
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
        ("reason", is_blank(reason.as_ref())),
        ("advice", is_blank(advice.as_ref())),
        ("source", is_blank(origin.as_ref())),
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

fn is_blank(text: Option<&String>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// What has an id, and where it stands.
type Named = (&'static str, String, Place);

/// Notes every id that stands twice at the later place, with the first.
fn check_ids(reader: &mut Reader, source: &Source, named: &[Named]) {
    let named = named.iter().map(|(kind, id, place)| (*kind, id, place));
    let rules = source.rules.iter().map(|one| ("rule", &one.rule.id, &one.place));
    let identity = source.identity.iter().map(|one| ("identity rule", &one.rule.id, &one.place));
    let signs = source.mail_signs.iter().map(|one| ("sign", &one.sign.id, &one.place));
    let mut first: HashMap<(&str, &str), &Place> = HashMap::new();
    for (kind, id, place) in named.chain(rules).chain(identity).chain(signs) {
        if id.trim().is_empty() {
            reader.error(place, kind, "its id is empty; give it one");
            continue;
        }
        let known = *first.entry((kind, id)).or_insert(place);
        if known != place {
            let (file, line) = (known.file.display(), known.line);
            let problem = format!("another {kind} has the same id, in {file}:{line}; rename one");
            reader.error(place, &format!("{kind} {id}"), problem);
        }
    }
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
    let named = |kind: &str| error.owner.strip_prefix(kind);
    let place = if let Some(id) = named("rule ") {
        source.rules.iter().find(|source| source.rule.id == id).map(|source| &source.place)
    } else if let Some(id) = named("identity rule ") {
        source.identity.iter().find(|source| source.rule.id == id).map(|source| &source.place)
    } else if let Some(id) = named("sign ") {
        source.mail_signs.iter().find(|source| source.sign.id == id).map(|source| &source.place)
    } else if let Some(name) = named("concept ") {
        concepts.iter().rfind(|(known, _)| known == name).map(|(_, place)| place)
    } else {
        None
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
