"""Whether what README.md, CONTRIBUTING.md, CHANGELOG.md and docs/ point at exists; exit code 1 and a line for each that does not.

usage: docs_links.py [--define]
  --define  writes the definitions at the end of docs/architecture.md anew, from the names that it uses

Of every page: relative links lead to a file, and `#` to a heading. Of docs/architecture.md, besides:
  [Class] and [Class.method] are defined, and the file declares that class and that method
  its table of rooms has the modules of pom.xml, on their floors, with the packages that are marked @Door as doors
`python3 -m doctest bench/docs_links.py` tests what reads the text. Needs Python's standard library alone.
"""
import re, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARCHITECTURE = ROOT / "docs" / "architecture.md"
NAME = re.compile(r"(?<!\])\[([A-Z]\w+(?:\.\w+)?)\](?![(\[])")
DEFINED = re.compile(r"^\[([A-Z]\w+(?:\.\w+)?)\]: (\S+)$", re.M)
BESIDE = ("connectors/", "benchmarks", "bom")


def without_code(text):
    """
    >>> without_code("a `[b](c)` d\\n```\\n[e](f)\\n```\\ng")
    'a  d\\n\\ng'
    """
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^\s*```.*?^\s*```$", "", text))


def anchor(heading):
    """As GitHub makes it.

    >>> anchor("What stays: `a`, b & c"), anchor("[The rest](x.md)")
    ('what-stays-a-b--c', 'the-rest')
    """
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(page):
    text = re.sub(r"(?ms)^\s*```.*?^\s*```$", "", page.read_text(encoding="utf-8"))
    return {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)}


def links(text):
    """
    >>> links("[a](b.md#c), ![d](e.png), [f](https://g)")
    ['b.md#c', 'e.png']
    """
    found = re.findall(r"\]\(([^)\s]+)\)", without_code(text)) + [place for _, place in DEFINED.findall(text)]
    return [each for each in found if not re.match(r"\w+:", each)]


def broken(page):
    for link in links(page.read_text(encoding="utf-8")):
        path, _, part = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            yield f"{link} is not there"
        elif part and target.suffix == ".md" and part not in anchors(target):
            yield f"{link}: no such heading"


def declares(source, name):
    """
    >>> declares("final class A {\\n    static <T> int b(int c) {}\\n    d.e();\\n}", "A.b")
    True
    >>> declares("final class A {\\n    d.b();\\n    return b(1);\\n}", "A.b"), declares("record B(int c) {}", "A")
    (False, False)
    """
    code = re.sub(r"(?m)//.*$", "", source)
    of, _, method = name.partition(".")
    if not re.search(rf"\b(?:class|record|interface|enum) {of}\b", code):
        return False
    return not method or any(found[1] not in ("return", "new", "else", "yield", "throw") for found in
                             re.finditer(rf"(?m)^ +(?:[\w@]+ )*?(?:<[^>]*> )?([\w.]+(?:<.*>)?(?:\[\])*)\s+{method}\(", code))


def home(name):
    """The one file that declares it."""
    files = [file for part in ("main", "test") for file in sorted(ROOT.glob(f"*/*/src/{part}/java/dev/**/{name.partition('.')[0]}.java"))]
    found = [file for file in files if declares(file.read_text(encoding="utf-8"), name)]
    if len(found) != 1:
        sys.exit(f"[{name}] is declared in {', '.join(str(file.relative_to(ROOT)) for file in found) or 'no file'}")
    return found[0]


def used(text):
    return sorted(set(NAME.findall(DEFINED.sub("", without_code(text)))))


def undeclared(page):
    text = page.read_text(encoding="utf-8")
    defined = dict(DEFINED.findall(text))
    for name in used(text):
        file = (page.parent / defined[name]).resolve() if name in defined else None
        if file is None:
            yield f"[{name}] has no definition: --define writes it"
        elif file.exists() and (file.stem != name.partition(".")[0] or not declares(file.read_text(encoding="utf-8"), name)):
            yield f"{file.relative_to(ROOT)} declares no {name}"
    for name in sorted(defined.keys() - set(used(text))):
        yield f"[{name}] is defined and not used"


def house():
    """Each room of pom.xml with its floor and its doors."""
    rooms = {}
    for module in re.findall(r"<module>(.+?)</module>", (ROOT / "pom.xml").read_text(encoding="utf-8")):
        if not module.startswith(BESIDE):
            floor, room = module.split("/")
            infos = (ROOT / module).glob("src/main/java/dev/sartor/**/package-info.java")
            rooms[room] = (floor, sorted(each.parent.name for each in infos if re.search(r"(?m)^@Door", each.read_text(encoding="utf-8"))))
    return rooms


def shown(text):
    """
    >>> shown("| floor | room | what | doors |\\n|---|---|---|---|\\n| up | a | A | `b`, `c` |\\n| | d | D | |\\n\\nx")
    {'a': ('up', ['b', 'c']), 'd': ('up', [])}
    """
    rooms, floor = {}, ""
    for line in text[text.index("| floor | room"):].split("\n")[2:]:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        floor = cells[0] or floor
        rooms[cells[1]] = (floor, sorted(re.findall(r"`([\w.]+)`", cells[3])))
    return rooms


def misdrawn(page):
    drawn, built = shown(page.read_text(encoding="utf-8")), house()
    for room in sorted(drawn.keys() | built.keys()):
        if drawn.get(room) != built.get(room):
            yield f"room {room}: the page has {drawn.get(room, 'nothing')}, the build {built.get(room, 'nothing')}"


def define():
    text = ARCHITECTURE.read_text(encoding="utf-8")
    lines = [f"[{name}]: ../{home(name).relative_to(ROOT)}" for name in used(text)]
    ARCHITECTURE.write_text(DEFINED.sub("", text).rstrip() + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main():
    if sys.argv[1:] == ["--define"]:
        define()
    elif sys.argv[1:]:
        sys.exit(__doc__)
    pages = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    faults = [(page, what) for page in pages for what in broken(page)]
    faults += [(ARCHITECTURE, what) for what in (*undeclared(ARCHITECTURE), *misdrawn(ARCHITECTURE))]
    for page, what in faults:
        print(f"{page.relative_to(ROOT)}: {what}")
    print(f"{len(pages)} pages, {len(used(ARCHITECTURE.read_text(encoding='utf-8')))} names of code; {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
