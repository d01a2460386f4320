"""Loading a scheme from its folder: scheme.yaml, its list files, its dictionary and its sources.

``facts.yaml`` beside the scheme adds its own kinds of fact. ``vocabulary.yaml``, ``facts.yaml`` and
``sources.yaml`` in the folders above are the common ones: the nearest sources.yaml is read, and every
facts.yaml up to the folder that holds vocabulary.yaml.
"""

from __future__ import annotations

from pathlib import Path

from sisiwu.engine.catalogue import Catalogue, FactKind, Vocabulary
from sisiwu.engine.scheme.dictionary import read_kinds_file, read_sources, read_vocabulary
from sisiwu.engine.scheme.fields import Fields
from sisiwu.engine.scheme.model import Scheme, Source
from sisiwu.engine.scheme.reading import read_scheme
from sisiwu.engine.source import Complaint, Mapping, Node, Place, SchemeError, Sequence, Text, read


def load(path: Path, period_kind: str = "") -> Scheme:
    """The scheme in a folder (or the folder of a scheme.yaml).

    Raises SchemeError with every complaint, FileNotFoundError never: a missing file is a complaint.
    """
    folder = path.parent if path.is_file() else path
    main = path if path.is_file() else folder / "scheme.yaml"
    node = _tree(main)
    complaints: list[Complaint] = []
    fields = Fields(node, complaints)
    base_lists: list[tuple[Node, bool]] = []
    extended = fields.text("extends")
    catalogue = load_catalogue(folder)
    sources = load_sources(folder)
    own_lists = _lists(folder, fields, inline=bool(extended))
    members_folder = _members_folder(folder, fields)
    if extended:
        base_folder = (folder / extended).resolve()
        base = _tree(base_folder / "scheme.yaml")
        base_fields = Fields(base, [])
        base_lists = [(tree, False) for tree in _lists(base_folder, base_fields, inline=True)]
        catalogue = catalogue.with_kinds(_own_kinds(base_folder))
        known = {source.id for source in sources}
        sources += tuple(source for source in load_sources(base_folder) if source.id not in known)
        members_folder = members_folder or _members_folder(base_folder, base_fields)
        node = _merged(base, node)
    lists = base_lists + [(tree, bool(extended)) for tree in own_lists]
    members = load(members_folder) if members_folder else None
    if complaints:
        raise SchemeError(complaints)
    return read_scheme(node, lists, catalogue, sources, members, period_kind)


def load_catalogue(folder: Path) -> Catalogue:
    """The dictionary that holds in a folder: the common one and what the folder adds."""
    chain = [folder.resolve(), *folder.resolve().parents]
    root = next((place for place in chain if (place / "vocabulary.yaml").is_file()), None)
    kinds: list[FactKind] = []
    words: dict[str, Vocabulary] = {}
    if root is not None:
        words = read_vocabulary(_tree(root / "vocabulary.yaml"))
        for place in reversed(chain[: chain.index(root) + 1]):
            kinds.extend(_own_kinds(place, len(kinds)))
    else:
        kinds.extend(_own_kinds(folder))
    return Catalogue(
        tuple(kinds),
        words.get("organization_kinds", Vocabulary()),
        words.get("regions", Vocabulary()),
        words.get("statuses", Vocabulary()),
        words.get("positions", Vocabulary()),
        words.get("organization_marks", Vocabulary()),
        words.get("member_marks", Vocabulary()),
    )


def load_sources(folder: Path) -> tuple[Source, ...]:
    """The nearest register of documents that clauses may cite."""
    for place in [folder.resolve(), *folder.resolve().parents]:
        if (place / "sources.yaml").is_file():
            return read_sources(_tree(place / "sources.yaml"))
    return ()


def _own_kinds(folder: Path, taken: int = 0) -> tuple[FactKind, ...]:
    path = folder / "facts.yaml"
    return read_kinds_file(_tree(path), taken) if path.is_file() else ()


def _members_folder(folder: Path, fields: Fields) -> Path | None:
    name = fields.text("members")
    return (folder / name).resolve() if name else None


def _lists(folder: Path, fields: Fields, *, inline: bool) -> list[Node]:
    """The trees of the list files; ``inline`` takes along the lists that stand in scheme.yaml itself."""
    trees: list[Node] = []
    for node in fields.sequence("lists"):
        if not isinstance(node, Text):
            trees.extend([node] if inline else [])
        else:
            path = folder / node.text
            if not path.is_file():
                message = f"找不到清单文件“{node.text}”"
                raise SchemeError([Complaint("S004", node.place, message, "检查文件名，或从 lists 中删去")])
            trees.append(_tree(path))
    return trees


def _merged(base: Node, node: Node) -> Node:
    """The base's keys with the extension's over them; the clauses of both, the lists of neither."""
    if not isinstance(base, Mapping) or not isinstance(node, Mapping):
        return node
    entries = {key: value for key, value in base.entries.items() if key != "lists"}
    entries.update({key: value for key, value in node.entries.items() if key not in ("lists", "local")})
    clauses = [tree for tree in (base.get("clauses"), node.get("clauses")) if isinstance(tree, Sequence)]
    if clauses:
        entries["clauses"] = Sequence(tuple(clause for tree in clauses for clause in tree), clauses[0].place)
    return Mapping(entries, {**base.keys, **node.keys}, node.place)


def _tree(path: Path) -> Node:
    name = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        complaint = Complaint("S004", Place(name), "找不到这个文件", "检查路径；用 sisiwu scheme new 新建办法")
        raise SchemeError([complaint]) from error
    except UnicodeDecodeError as error:
        complaint = Complaint("S005", Place(name), "文件不是 UTF-8 编码", "用编辑器“另存为”UTF-8")
        raise SchemeError([complaint]) from error
    return read(text, name)
