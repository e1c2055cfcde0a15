//! The engine as WebAssembly: the compiler's target, the build, the JavaScript glue, the optimiser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::node;
use crate::process::{capture, cargo, command, find, forget_cargo_environment, root, run, step};
use crate::system;

const TARGET: &str = "wasm32-unknown-unknown";

/// How this machine compiles to WebAssembly.
enum Toolchain {
    /// The person's own Rust has the target.
    Own,
    /// Debian's own Rust with its library source, for machines whose rustup cannot fetch the target.
    Debian,
}

/// Builds the engine, its glue and types into `extension/generated/`, and returns the optimised module's path.
pub(crate) fn build() -> Result<PathBuf> {
    let compiled = match toolchain()? {
        Toolchain::Own => step("Compiling the engine to WebAssembly", || {
            run(cargo().args([
                "build",
                "--profile",
                "wasm",
                "--package",
                "second-reading-wasm",
                "--target",
                TARGET,
            ]))?;
            Ok(root().join("target").join(TARGET).join("wasm"))
        })?,
        Toolchain::Debian => {
            step("Compiling the engine and Rust's library to WebAssembly with Debian's Rust", || {
                let target_folder = root().join("target/debian");
                // Without a rustup proxy in front: the distribution's cargo and compiler belong together.
                let mut cargo = command("/usr/bin/cargo");
                forget_cargo_environment(&mut cargo);
                let path = std::env::var("PATH").unwrap_or_default();
                cargo
                    .args([
                        "build",
                        "--profile",
                        "wasm",
                        "--package",
                        "second-reading-wasm",
                        "--target",
                        TARGET,
                    ])
                    .args(["-Z", "build-std=std,panic_abort"])
                    .env("PATH", format!("/usr/bin:{path}"))
                    // Building the library is an unstable option of cargo; this stable compiler takes it all the same.
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_TARGET_DIR", &target_folder);
                run(&mut cargo)?;
                Ok(target_folder.join(TARGET).join("wasm"))
            })?
        }
    };
    let generated = root().join("extension/generated");
    step("Writing the engine's JavaScript glue and optimising the module", || {
        fs::create_dir_all(&generated)?;
        Bindgen::new()
            .input_path(compiled.join("second_reading_wasm.wasm"))
            .out_name("engine")
            .web(true)?
            .typescript(true)
            .generate(&generated)?;
        optimise(&generated.join("engine_bg.wasm"))
    })?;
    Ok(generated.join("engine_bg.wasm"))
}

fn toolchain() -> Result<Toolchain> {
    if own_target() {
        return Ok(Toolchain::Own);
    }
    let mut reason = "rustup is not on the PATH".to_owned();
    if find("rustup").is_some() {
        match step("Adding the WebAssembly target (rustup target add)", || {
            capture(command("rustup").args(["target", "add", TARGET]))
        }) {
            Ok(_) if own_target() => return Ok(Toolchain::Own),
            Ok(_) => reason = "rustup added the target, but the compiler does not have it".to_owned(),
            Err(why) => {
                reason = "rustup could not fetch it".to_owned();
                eprintln!("  {reason}; trying Debian's packages instead. {}", first_line(&why));
            }
        }
    }
    system::install("a Rust compiler with the WebAssembly target", &debian_packages()?)
        .with_context(|| format!("Rust has no {TARGET} target here ({reason})"))?;
    Ok(Toolchain::Debian)
}

fn own_target() -> bool {
    let mut rustc = command("rustc");
    forget_cargo_environment(&mut rustc);
    capture(rustc.args(["--print", "sysroot"]))
        .is_ok_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

/// Debian's packages of a newer Rust for web browsers' builds. The linker's package carries a version in its name.
fn debian_packages() -> Result<Vec<&'static str>> {
    if !Path::new("/etc/debian_version").exists() {
        bail!(
            "run `rustup target add {TARGET}` on a machine that can reach Rust's downloads, \
             or install your system's Rust package for {TARGET}"
        );
    }
    Ok(vec!["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"])
}

/// The features that the compiler may use; the optimiser has to be told.
const FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

fn optimise(module: &Path) -> Result<()> {
    let before = module.with_extension("unoptimised.wasm");
    fs::rename(module, &before)?;
    run(node::tool("wasm-opt").arg("-O3").args(FEATURES).arg(&before).arg("-o").arg(module))?;
    fs::remove_file(&before)?;
    Ok(())
}

fn first_line(error: &anyhow::Error) -> String {
    format!("{:#}", error.root_cause()).lines().next().unwrap_or_default().to_owned()
}
