// Sets up the two real applications of the end-to-end suites in a virtual environment at the root: a forum
// (django-spirit) and a blog's comments (Isso), at the versions and hashes of requirements.txt, and the forum's database
// as every run starts with it. Does nothing where that was done before for the same files.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "../support/extension.js";

const HERE = import.meta.dirname;
const ENVIRONMENT = join(ROOT, ".venv");
const STAMP = join(ENVIRONMENT, "second-reading-apps");
const PROGRAMS = join(ENVIRONMENT, "bin");
const INPUTS = ["requirements.txt", "forum_settings.py", "forum_start.py", "setup.ts"];

/** The folder with the forum's manage.py, and its database as it is before any test. */
export const FORUM = join(ENVIRONMENT, "forum-project", "forum");
export const FORUM_DATABASE = join(ENVIRONMENT, "forum-project", "start.sqlite3");

/** The environment that the applications' programs run in. `database` is the forum's. */
export function surroundings(database: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${PROGRAMS}${delimiter}${process.env["PATH"] ?? ""}`,
    PYTHONPATH: HERE,
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
    DJANGO_SETTINGS_MODULE: "forum_settings",
    FORUM_DATABASE: database,
  };
}

/** The path of a program of the environment. */
export function program(name: string): string {
  return join(PROGRAMS, name);
}

function state(): string {
  const hash = createHash("sha256");
  for (const name of INPUTS) hash.update(readFileSync(join(HERE, name)));
  return hash.digest("hex");
}

function run(file: string, given: readonly string[], folder: string, input?: string): void {
  execFileSync(file, given, {
    cwd: folder,
    env: surroundings(FORUM_DATABASE),
    input: input ?? "",
    stdio: ["pipe", "ignore", "inherit"],
  });
}

/** Sets everything up unless it is there already. */
export function setUpApplications(): void {
  const wanted = state();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  console.log("Setting up the forum and the comments to test with (.venv), about a minute …");
  if (!existsSync(program("pip"))) {
    rmSync(ENVIRONMENT, { recursive: true, force: true });
    run("python3", ["-m", "venv", ENVIRONMENT], ROOT);
  }
  run(program("pip"), ["install", "--quiet", "--require-hashes", "-r", join(HERE, "requirements.txt")], ROOT);

  const project = join(FORUM, "..");
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  run(program("spirit"), ["startproject", "forum"], project);
  run(program("python"), ["manage.py", "migrate", "--verbosity", "0"], FORUM);
  run(
    program("python"),
    ["manage.py", "shell", "--verbosity", "0"],
    FORUM,
    readFileSync(join(HERE, "forum_start.py"), "utf8"),
  );
  writeFileSync(STAMP, wanted);
}

if (process.argv[1] === import.meta.filename) setUpApplications();
