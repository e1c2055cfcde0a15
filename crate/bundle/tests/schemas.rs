//! The published schemas are those of the types that are read, and fit every bundle in the repository.
//!
//! `WRITE_SCHEMAS=1 cargo test -p second-reading-bundle --all-features --test schemas` writes them
//! anew, and `npx biome format --write schemas` lays them out.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use second_reading_bundle::{Contents, schemas, source};
use serde_json::{Value, json};

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn validator(name: &str) -> Validator {
    let words = fs::read_to_string(repository("schemas").join(name)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&words).unwrap()).unwrap()
}

fn assert_fits(schema: &Validator, value: &Value, what: &Path) {
    let errors: Vec<String> =
        schema.iter_errors(value).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert_eq!(errors, [""; 0], "{}", what.display());
}

/// Every TOML file below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    for (name, schema) in schemas().into_iter().chain(source::schemas()) {
        let path = repository("schemas").join(name);
        if std::env::var_os("WRITE_SCHEMAS").is_some() {
            fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&schema).unwrap())).unwrap();
        }
        let published: Option<Value> =
            fs::read_to_string(&path).ok().and_then(|words| serde_json::from_str(&words).ok());
        assert!(
            published.as_ref() == Some(schema.as_value()),
            "schemas/{name} is not what the types say; WRITE_SCHEMAS=1 writes it anew"
        );
        jsonschema::draft202012::meta::validate(schema.as_value()).unwrap();
    }
}

#[test]
fn every_source_in_the_repository_fits() {
    let (head, theme) = (validator("bundle-source.schema.json"), validator("bundle-theme.schema.json"));
    let mut found = Vec::new();
    sources(&repository("rules"), &mut found);
    assert!(found.len() > 30);
    for path in found {
        let value: Value = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_fits(if path.ends_with("bundle.toml") { &head } else { &theme }, &value, &path);
    }
    for wrong in [
        json!({ "rule": [{}] }),
        json!({ "rules": [] }),
        json!({ "draft": [{ "text": "t", "verdict": "bad" }] }),
    ] {
        assert!(!theme.is_valid(&wrong), "{wrong}");
    }
    assert!(!head.is_valid(&json!({ "id": "x" })));
}

#[test]
fn every_payload_fits_and_one_that_does_not_is_not_read() {
    let schema = validator("bundle-payload.schema.json");
    for id in ["middlesbrough", "lga-model-code"] {
        let dir = repository("rules").join(id);
        let bytes = source::load(&dir, &[]).unwrap().to_contents().to_bytes().unwrap();
        let payload: Value = serde_json::from_slice(&bytes).unwrap();
        assert_fits(&schema, &payload, &dir);
        for (field, value) in [
            ("id", Value::Null),
            ("serial", json!(-1)),
            ("rules", json!([{ "id": "x" }])),
            ("thresholds", json!({ "warn": "high" })),
            ("reviewers", json!(["oracle"])),
            ("novelty", json!(1)),
        ] {
            let mut wrong = payload.clone();
            wrong[field] = value;
            assert!(!schema.is_valid(&wrong), "{field}");
            assert!(Contents::parse(&wrong.to_string()).is_err(), "{field}");
        }
    }
}

#[test]
fn an_overlay_fits_its_own_schema() {
    let overlay = json!({
        "schema": 1, "base": { "id": "north-wold", "serial": 7 }, "id": "east-mere",
        "authority": "East Mere", "serial": 1, "issued": "2027-01-02", "locale": "en-GB",
        "rules_off": ["party.support"], "thresholds": { "warn": 0.95, "notice": 0.4 },
    });
    let schema = validator("bundle-overlay.schema.json");
    assert_fits(&schema, &overlay, Path::new("overlay"));
    assert!(Contents::parse(&overlay.to_string()).is_ok());
    assert!(!validator("bundle-payload.schema.json").is_valid(&overlay));
}
