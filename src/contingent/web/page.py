"""The page's own files, matched against what the package holds."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from contingent.jobs.missing import Missing
from contingent.web.desk import binary

__all__ = ["router"]

router = APIRouter(include_in_schema=False)
MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
}
INDEX = "index.html"


def page_folder() -> Path:
    """Folder of the page's files."""
    return Path(str(resources.files("contingent.report") / "page"))


def _listed() -> dict[str, Path]:
    """Return every file that may be asked for, by its address."""
    root = page_folder()
    return {
        path.relative_to(root).as_posix(): path
        for path in root.rglob("*")
        if path.suffix in MEDIA and path.is_file() and not path.is_symlink()
    }


@router.get("/")
def index(request: Request) -> Response:
    """Return the page."""
    return _file(request, INDEX)


@router.get("/{address:path}")
def file(request: Request, address: str) -> Response:
    """Return one of the page's files."""
    return _file(request, address)


def _file(request: Request, address: str) -> Response:
    path = _listed().get(address)
    if path is None:
        raise Missing("page", address[:200])
    return binary(request, path.read_bytes(), MEDIA[path.suffix])
