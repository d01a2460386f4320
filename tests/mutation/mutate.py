"""Does the differential test bite? One small fault at a time in the compiler; each should be caught.

``python tests/mutation/mutate.py [--count 40] [--seed 445]`` prints each fault with its fate, and the score.
Faults in texts of comments, and those that change nothing (equivalent ones), are told as survivors
to be looked at, not hidden.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("engine/plan", "engine/sql.py")
FAULTS = (
    (r'op\("<="', 'op("<"'),
    (r'op\("<"', 'op("<="'),
    (r'op\(">="', 'op(">"'),
    (r'op\(">"', 'op(">="'),
    (r'op\("="', 'op("<>"'),
    (r"\bsub\(", "add("),
    (r"\badd\(", "sub("),
    (r"\bmul\(", "add("),
    (r'"greatest"', '"least"'),
    (r'"least"', '"greatest"'),
    (r"\bONE\b", "ZERO"),
    (r"\bZERO\b", "ONE"),
    (r"\bconj\(", "disj("),
    (r"\bhalf_up\(", "div("),
    (r", True\)", ", False)"),
    (r", False\)", ", True)"),
    (r" \+ 1\b", " + 2"),
    (r" - 1\b", " - 2"),
    (r"\breversed\(", "list("),
    (r"left=True", "left=False"),
    (r"\bif not ", "if "),
)


@dataclass(frozen=True)
class Mutant:
    """One fault at one place."""

    file: str
    line: int
    before: str
    after: str


def mutants() -> list[Mutant]:
    """Every place where one of the faults fits."""
    found = []
    for room in ROOMS:
        place = ROOT / "src" / "sisiwu" / room
        for path in [place] if place.is_file() else sorted(place.glob("*.py")):
            docstring = False
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                docstring ^= line.count('"""') % 2 == 1
                code = line.strip()
                if (
                    docstring
                    or re.fullmatch(r"\w+,", code)
                    or code.startswith(("#", '"""', "import", "from", "def ", "class ", "__all__"))
                ):
                    continue
                for pattern, other in FAULTS:
                    for match in re.finditer(pattern, line):
                        after = line[: match.start()] + other + line[match.end() :]
                        found.append(Mutant(str(path.relative_to(ROOT)), number, line, after))
    return found


def caught(mutant: Mutant, work: Path, *, thorough: bool = False) -> bool:
    """Whether the differential test fails (or the compiler itself breaks) with the fault.

    ``thorough``: with as many random schemes as CI draws.
    """
    target = work / mutant.file
    original = target.read_text(encoding="utf-8")
    lines = original.splitlines(keepends=True)
    lines[mutant.line - 1] = mutant.after + "\n"
    target.write_text("".join(lines), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{work / 'src'}:{work}", "CI": "true" if thorough else ""}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider",
               "-o", "addopts=", "tests/backends", "tests/demo", "-k", "sqlite or snapshot or live or alike"]  # fmt: skip
    try:
        done = subprocess.run(command, cwd=work, env=environment, capture_output=True, timeout=900, check=False)
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(original, encoding="utf-8")
    return done.returncode != 0


def main() -> None:
    """Draws faults, tries them, tells the score."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=445)
    chosen = parser.parse_args()
    everything = mutants()
    drawn = random.Random(chosen.seed).sample(everything, min(chosen.count, len(everything)))
    killed = 0
    with tempfile.TemporaryDirectory(prefix="sisiwu-mutants-") as folder:
        work = Path(folder)
        for name in ("src", "tests", "schemes", "pyproject.toml"):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, work / name)
        for mutant in drawn:
            fate = caught(mutant, work) or caught(mutant, work, thorough=True)
            killed += fate
            print(
                f"{'caught  ' if fate else 'SURVIVED'} {mutant.file}:{mutant.line}  {mutant.after.strip()}", flush=True
            )
    print(f"{killed} of {len(drawn)} caught ({len(everything)} places in all)")


if __name__ == "__main__":
    main()
