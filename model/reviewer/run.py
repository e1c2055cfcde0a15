"""Which run a folder belongs to, so that only one that was cut off is gone on with, and only one that is done is left alone."""

import hashlib
import json
from pathlib import Path

from .corpus import CORPUS


def name(given: list, files: list[Path]) -> str:
    """Another name wherever a run would come out otherwise: by what was asked, the posts, this code and other files."""
    hashed = hashlib.sha256(json.dumps(given, sort_keys=True).encode())
    for path in [*sorted(CORPUS.glob("*.jsonl")), *sorted(Path(__file__).parent.glob("*.py")), *files]:
        hashed.update(path.name.encode())
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()


class Run:
    """A folder's run: `is_done` where one of this name was brought to its end there."""

    def __init__(self, out: Path, name: str):
        out.mkdir(parents=True, exist_ok=True)
        self.name, self.begun, self._done = name, out / "begun.pt", out / "done"
        self.is_done = self._done.exists() and self._done.read_text() == name
        if not self.is_done:
            self._done.unlink(missing_ok=True)

    def end(self) -> None:
        """All of it is written."""
        self._done.write_text(self.name)
        self.begun.unlink(missing_ok=True)
