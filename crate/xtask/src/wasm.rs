//! The engine and the semantic reviewer as WebAssembly: the compiler's target, the build, the JavaScript glue, the optimiser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::node;
use crate::process::{capture, cargo, command, find, forget_cargo_environment, root, run, step};
use crate::system;

const TARGET: &str = "wasm32-unknown-unknown";
/// The flags of that target's compiler, over those of the workspace.
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// How this machine compiles to WebAssembly.
enum Toolchain {
    /// The person's own Rust has the target.
    Own,
    /// Debian's own Rust with its library source, for machines whose rustup cannot fetch the target.
    Debian,
}

/// The modules that the extension carries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    /// Rules, bundles, reviews.
    Engine,
    /// The semantic reviewer, for every browser.
    Semantic,
    /// The same with relaxed vector instructions, twice as fast where a browser has them.
    SemanticRelaxed,
}

impl Module {
    pub(crate) const ALL: [Module; 3] = [Module::Engine, Module::Semantic, Module::SemanticRelaxed];

    /// Its name in the package, without the ending.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Module::Engine => "engine",
            Module::Semantic => "semantic",
            Module::SemanticRelaxed => "semantic-relaxed",
        }
    }

    /// The name of its glue, which its imports bear too.
    fn glue(self) -> &'static str {
        match self {
            Module::Engine => "engine",
            Module::Semantic | Module::SemanticRelaxed => "semantic",
        }
    }

    fn package(self) -> &'static str {
        match self {
            Module::Engine => "second-reading-wasm",
            Module::Semantic | Module::SemanticRelaxed => "second-reading-wasm-semantic",
        }
    }
}

/// Builds a module, its glue and types into `extension/generated/` (of the relaxed one into a folder of its own there,
/// under the plain one's names), and returns the optimised module's path.
pub(crate) fn build(module: Module) -> Result<PathBuf> {
    let toolchain = toolchain()?;
    let relaxed = module == Module::SemanticRelaxed;
    // Other flags want a folder of their own, or each build would undo the other.
    let target_folder = root().join(match (&toolchain, relaxed) {
        (Toolchain::Own, false) => "target",
        (Toolchain::Own, true) => "target/relaxed",
        (Toolchain::Debian, false) => "target/debian",
        (Toolchain::Debian, true) => "target/debian-relaxed",
    });
    let (title, mut compiler) = match toolchain {
        Toolchain::Own => ("", cargo()),
        Toolchain::Debian => {
            // Without a rustup proxy in front: the distribution's cargo and compiler belong together.
            let mut cargo = command("/usr/bin/cargo");
            forget_cargo_environment(&mut cargo);
            let path = std::env::var("PATH").unwrap_or_default();
            // Building the library is an unstable option of cargo; this stable compiler takes it all the same.
            cargo.env("PATH", format!("/usr/bin:{path}")).env("RUSTC_BOOTSTRAP", "1");
            (" and Rust's library, with Debian's Rust,", cargo)
        }
    };
    step(&format!("Compiling {}{title} to WebAssembly", module.name()), || {
        compiler.args(["build", "--profile", "wasm", "--package", module.package(), "--target", TARGET]);
        if matches!(toolchain, Toolchain::Debian) {
            compiler.args(["-Z", "build-std=std,panic_abort"]);
        }
        compiler.env("CARGO_TARGET_DIR", &target_folder);
        if relaxed {
            compiler.env(RUSTFLAGS, "-C target-feature=+simd128,+relaxed-simd");
        }
        run(&mut compiler)
    })?;
    let mut generated = root().join("extension/generated");
    if relaxed {
        generated.push("relaxed");
    }
    step(&format!("Writing the JavaScript glue of {} and optimising it", module.name()), || {
        fs::create_dir_all(&generated)?;
        let library = format!("{}.wasm", module.package().replace('-', "_"));
        Bindgen::new()
            .input_path(target_folder.join(TARGET).join("wasm").join(library))
            .out_name(module.glue())
            .web(true)?
            .typescript(true)
            .generate(&generated)?;
        optimise(&generated.join(format!("{}_bg.wasm", module.glue())))
    })?;
    if relaxed {
        check_glue()?;
    }
    Ok(generated.join(format!("{}_bg.wasm", module.glue())))
}

/// Both semantic modules are driven by the glue of the first: they must want and offer the very same, by the same names.
fn check_glue() -> Result<()> {
    let glue = |folder: &str| fs::read(root().join(folder).join("semantic.js"));
    if glue("extension/generated")? != glue("extension/generated/relaxed")? {
        bail!("the two modules of the semantic reviewer need different glue; load each with its own");
    }
    Ok(())
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
const FEATURES: [&str; 8] = [
    "--enable-simd",
    "--enable-relaxed-simd",
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
