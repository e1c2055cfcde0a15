//! `cargo xtask build`: the command, the engine, the rules and the extension's pages, put together for each browser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::browsers::Browser;
use crate::figures;
use crate::manifest::{self, Channel};
use crate::process::{capture, cargo, command, root, run as run_command, step};
use crate::wasm::Module;
use crate::{node, wasm};

/// What `cargo xtask build` takes.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Keep the sizes of this build as the committed figures
    #[arg(long)]
    write_sizes: bool,
}

/// The bundles that travel in the package, trusted as part of it; the first is the one in force at first.
const BUILT_IN_BUNDLES: [&str; 2] = ["middlesbrough", "lga-model-code"];

/// The scripts of the extension: source, output, and the form its host takes.
const SCRIPTS: [(&str, &str, &str); 5] = [
    ("background", "background.js", "esm"),
    ("guard", "guard.js", "iife"),
    ("panel", "panel.js", "iife"),
    ("popup", "popup.js", "iife"),
    ("options", "options.js", "iife"),
];

/// Builds everything.
pub(crate) fn run(options: &Options) -> Result<()> {
    node::ensure_packages()?;
    step("Building the command (target/release/second-reading)", || {
        run_command(cargo().args(["build", "--release", "--package", "second-reading"]))
    })?;
    let mut modules = Vec::new();
    for module in Module::ALL {
        modules.push((module.name(), wasm::build(module)?));
    }
    let shared = root().join("dist/shared");
    step("Building the rules and the extension (dist/chromium, dist/firefox)", || {
        clear(&shared)?;
        for (name, path) in &modules {
            copy_file(path, &shared.join(format!("{name}.wasm")))?;
        }
        let weights = copy_weights(&shared)?;
        let bundles = build_bundles(&shared)?;
        build_scripts(&shared, &bundles, &weights)?;
        copy_static_files(&shared)?;
        for browser in Browser::ALL {
            let folder = root().join("dist").join(browser.name());
            clear(&folder)?;
            copy_tree(&shared, &folder)?;
            fs::write(folder.join("manifest.json"), manifest::for_browser(browser, Channel::Unpacked)?)?;
        }
        Ok(())
    })?;
    let sizes = [
        ("engine.wasm", figures::measure(&shared.join("engine.wasm"))?),
        ("semantic.wasm", figures::measure(&shared.join("semantic.wasm"))?),
        ("semantic-relaxed.wasm", figures::measure(&shared.join("semantic-relaxed.wasm"))?),
        ("reviewer.bin", figures::measure(&shared.join("reviewer.bin"))?),
        ("guard.js", figures::measure(&shared.join("guard.js"))?),
        ("background.js", figures::measure(&shared.join("background.js"))?),
        ("middlesbrough.json", figures::measure(&shared.join("bundles/middlesbrough.json"))?),
    ];
    figures::report(&sizes)?;
    if options.write_sizes {
        figures::write(&sizes)?;
    }
    fs::remove_dir_all(&shared)?;
    Ok(())
}

/// Copies the semantic reviewer's weights, which must be those that `model/reviewer.sha256` names, and returns what
/// the background needs to know of them, as JSON.
fn copy_weights(shared: &Path) -> Result<String> {
    let model = root().join("model");
    let bytes = fs::read(model.join("reviewer.bin")).context("model/reviewer.bin cannot be read")?;
    let found = hex(&bytes);
    let named =
        fs::read_to_string(model.join("reviewer.sha256")).context("model/reviewer.sha256 cannot be read")?;
    if named.split_whitespace().next() != Some(&found) {
        bail!(
            "model/reviewer.bin has SHA-256 {found}, which is not what model/reviewer.sha256 names; check it out anew"
        );
    }
    let entry = serde_json::json!({ "path": "reviewer.bin", "bytes": bytes.len(), "sha256": found });
    fs::write(shared.join("reviewer.bin"), bytes)?;
    Ok(entry.to_string())
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes each built-in bundle's payload and returns what the background needs to know of it, as JSON.
fn build_bundles(shared: &Path) -> Result<String> {
    let folder = shared.join("bundles");
    fs::create_dir_all(&folder)?;
    let mut entries = Vec::new();
    for id in BUILT_IN_BUNDLES {
        let file = folder.join(format!("{id}.json"));
        let program = root().join("target/release/second-reading");
        capture(
            command(program)
                .args(["bundle", "build"])
                .arg(root().join("rules").join(id))
                .arg("-o")
                .arg(&file),
        )?;
        let bytes = fs::read(&file)?;
        let sha256 = hex(&bytes);
        let payload: Value = serde_json::from_slice(&bytes)?;
        entries.push(serde_json::json!({
            "id": id,
            "serial": payload["serial"],
            "path": format!("bundles/{id}.json"),
            "sha256": sha256,
        }));
    }
    Ok(serde_json::to_string(&entries)?)
}

fn build_scripts(shared: &Path, bundles: &str, weights: &str) -> Result<()> {
    for (source, output, format) in SCRIPTS {
        run_command(
            node::tool("esbuild")
                .arg(root().join("extension/src").join(source).join("main.ts"))
                .arg("--bundle")
                .arg(format!("--format={format}"))
                .args(["--target=es2022", "--charset=utf8", "--log-level=warning", "--legal-comments=inline"])
                .arg(format!("--define:BUILTIN_BUNDLES={bundles}"))
                .arg("--define:ENGINE_WASM_PATH=\"engine.wasm\"")
                .arg("--define:SEMANTIC_WASM_PATHS=[\"semantic-relaxed.wasm\",\"semantic.wasm\"]")
                .arg(format!("--define:WEIGHTS={weights}"))
                .arg(format!("--outfile={}", shared.join(output).display())),
        )?;
    }
    Ok(())
}

/// Pages, styles, words and icons, and the licences that travel with them.
fn copy_static_files(shared: &Path) -> Result<()> {
    let extension = root().join("extension");
    for entry in fs::read_dir(&extension).context("extension/ cannot be read")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "html") {
            copy_file(&path, &shared.join(path.file_name().unwrap_or_default()))?;
        }
    }
    for folder in ["styles", "_locales", "icons"] {
        copy_tree(&extension.join(folder), &shared.join(folder))?;
    }
    copy_file(&root().join("schemas/managed.schema.json"), &shared.join("managed.schema.json"))?;
    for licence in ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"] {
        copy_file(&root().join(licence), &shared.join(licence))?;
    }
    // The weights are under a licence of their own, which wants its notice to travel with them.
    copy_file(&root().join("model/NOTICE"), &shared.join("NOTICE"))?;
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be cleared", folder.display()))?;
    }
    fs::create_dir_all(folder)?;
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from).sort_by_file_name() {
        let entry = entry.with_context(|| format!("{} cannot be read", from.display()))?;
        let target: PathBuf = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else {
            copy_file(entry.path(), &target)?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("{} cannot be copied", from.display()))?;
    Ok(())
}
