"""Writes files such as lie in offices: DOCX, XLSX, ODT, EPUB, PDF, HTML, Markdown, text, letters; each with a word of its own.

Used by bench/hostile_files.py. All is written by hand, so that nothing has to be installed and each run writes the same.
"""
import email.message
import email.policy
import random
import zipfile
import zlib
from xml.sax.saxutils import escape

WORDS = ("the a of to and in for with parcel refund invoice kettle lamp chair desk boiler fuse charger deposit notice brake customer "
         "contract month pays returns within days written opening repair workshop delivery address account agreed price plan team").split()


def sentence(rng):
    words = [rng.choice(WORDS) for _ in range(rng.randint(6, 18))]
    return " ".join(words).capitalize() + "."


def parts(rng, marker):
    """Title and sections of a document: 300 to 1,500 words, the marker in the middle."""
    sections = [(" ".join(rng.choice(WORDS) for _ in range(3)).capitalize(),
                 [" ".join(sentence(rng) for _ in range(rng.randint(2, 6))) for _ in range(rng.randint(2, 4))]) for _ in range(rng.randint(3, 9))]
    middle = sections[len(sections) // 2][1]
    middle[-1] += f" The number is {marker}."
    return f"About {marker[-4:]}", sections


def markdown(path, title, sections):
    text = f"# {title}\n\n" + "\n\n".join(f"## {name}\n\n" + "\n\n".join(paragraphs) for name, paragraphs in sections)
    path.write_text(text + "\n")


def plain(path, title, sections):
    path.write_text(title + "\n\n" + "\n\n".join(name + "\n\n" + "\n\n".join(paragraphs) for name, paragraphs in sections) + "\n")


def html(path, title, sections):
    body = "".join(f"<h2>{name}</h2>" + "".join(f"<p class='t'>{p}</p>" for p in paragraphs) + "<ul><li>one</li><li>two</li></ul>"
                   for name, paragraphs in sections)
    path.write_text(f"<!doctype html><html><head><title>{title}</title><style>p {{ margin: 1em }}</style></head><body><nav><a href='/'>Home"
                    f"</a></nav><h1>{title}</h1>{body}<footer>Imprint</footer><script>var x = 1 < 2;</script></body></html>")


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            out.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, stored)


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument"


def relations(**targets):
    entries = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(targets.items()))
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def types(**parts_by_kind):
    entries = "".join(f'<Override PartName="{part}" ContentType="{KINDS}.{kind}+xml"/>' for kind, part in parts_by_kind.items())
    return (f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{entries}</Types>')


def docx(path, title, sections):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def paragraph(text, style=""):
        named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{named}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"

    body = paragraph(title, "Heading1")
    for name, paragraphs in sections:
        body += paragraph(name, "Heading2") + "".join(map(paragraph, paragraphs))
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(t)}</w:tc>" for t in ("Model", "Years")) + "</w:tr>"
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr>'
                     "</w:style>" for n in (1, 2))
    zipped(path, {
        "[Content_Types].xml": types(**{"wordprocessingml.document.main": "/word/document.xml", "wordprocessingml.styles": "/word/styles.xml"}),
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(styles="styles.xml"),
        "word/styles.xml": f'{XML}<w:styles xmlns:w="{word}">{styles}</w:styles>',
        "word/document.xml": f'{XML}<w:document xmlns:w="{word}"><w:body>{body}<w:tbl>{row}{row}</w:tbl></w:body></w:document>'})


def xlsx(path, title, sections):
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = [title] + [t for name, paragraphs in sections for t in (name, *paragraphs)]
    rows = "".join(f'<row r="{i + 1}"><c r="A{i + 1}" t="s"><v>{i}</v></c><c r="B{i + 1}"><v>{i * 1.5}</v></c></row>' for i in range(len(texts)))
    zipped(path, {
        "[Content_Types].xml": types(**{"spreadsheetml.sheet.main": "/xl/workbook.xml", "spreadsheetml.worksheet": "/xl/worksheets/sheet1.xml",
                                        "spreadsheetml.sharedStrings": "/xl/sharedStrings.xml"}),
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{sheet}" xmlns:r="{OFFICE}"><sheets><sheet name="Prices" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{sheet}">' + "".join(f"<si><t>{escape(t)}</t></si>" for t in texts) + "</sst>",
        "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{sheet}"><sheetData>{rows}</sheetData></worksheet>'})


def odt(path, title, sections):
    space = "urn:oasis:names:tc:opendocument:xmlns"
    body = f'<text:h text:outline-level="1">{title}</text:h>' + "".join(
        f'<text:h text:outline-level="2">{name}</text:h>' + "".join(f"<text:p>{p}</text:p>" for p in paragraphs) for name, paragraphs in sections)
    kind = "application/vnd.oasis.opendocument.text"
    zipped(path, {
        "mimetype": kind,
        "content.xml": f'{XML}<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0" office:version="1.3">'
                       f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "META-INF/manifest.xml": f'{XML}<manifest:manifest xmlns:manifest="{space}:manifest:1.0" manifest:version="1.3"><manifest:file-entry '
                                 f'manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
                                 'manifest:media-type="text/xml"/></manifest:manifest>'})


def epub(path, title, sections):
    chapters = {f"c{i}.xhtml": f'{XML}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{name}</title></head><body><h1>{name}</h1>'
                + "".join(f"<p>{p}</p>" for p in paragraphs) + "</body></html>" for i, (name, paragraphs) in enumerate(sections)}
    items = "".join(f'<item id="{name[:-6]}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name[:-6]}"/>' for name in chapters)
    zipped(path, {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": f'{XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
                                  'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "book.opf": f'{XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/'
                    f'dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>{title}</dc:title><dc:language>en</dc:language></metadata>'
                    f"<manifest>{items}</manifest><spine>{spine}</spine></package>", **chapters})


def eml(path, title, sections):
    letter = email.message.EmailMessage(policy=email.policy.SMTP)
    letter["From"], letter["To"], letter["Subject"] = "Ann <ann@example.com>", "Ben <ben@example.com>", title
    letter["Date"] = "Mon, 01 Jun 2026 10:00:00 +0000"
    letter.set_content("\n\n".join(p for _, paragraphs in sections for p in paragraphs))
    letter.add_attachment("\n\n".join(name for name, _ in sections), filename="notes.txt")
    path.write_bytes(bytes(letter))


def pdf_objects(pages, encrypt=lambda number, data: data):
    """The objects of a PDF file by their numbers: 1 catalogue, 2 pages, 3 font, then each page and its content."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
               3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
    for i, lines in enumerate(pages):
        text = "BT /F1 10 Tf 12 TL 50 760 Td\n" + "\n".join(f"({line}) Tj T*" for line in lines) + "\nET"
        data = encrypt(5 + 2 * i, zlib.compress(text.encode("latin-1")))
        objects[4 + 2 * i] = (f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * i} 0 R>>").encode()
        objects[5 + 2 * i] = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(data), data)
    return objects


def write_pdf(path, objects, trailer=""):
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n".encode()
    path.write_bytes(out)


def wrapped(text, width=90):
    line = ""
    for word in text.split():
        if len(line) + len(word) > width:
            yield line
            line = ""
        line += word + " "
    yield line


def pdf(path, title, sections):
    lines = [title, ""]
    for name, paragraphs in sections:
        lines += [name, ""]
        for paragraph in paragraphs:
            lines += [*wrapped(paragraph), ""]
    write_pdf(path, pdf_objects([lines[i:i + 55] for i in range(0, len(lines), 55)]))


# Of a hundred files.
SHARES = ((docx, 20), (pdf, 25), (html, 15), (markdown, 12), (xlsx, 10), (plain, 6), (eml, 8), (odt, 2), (epub, 2))
ENDINGS = {"markdown": "md", "plain": "txt"}


def write_all(folder, count, seed):
    """Returns each file's own word by its path."""
    rng, markers = random.Random(seed), {}
    writers = [writer for writer, share in SHARES for _ in range(share)]
    for i in range(count):
        writer = writers[i * 37 % len(writers)]  # 37 and 100 have no common divisor: every hundred files hold each share
        marker = f"marke{i:05d}"
        path = folder / f"{i % 20}" / f"{i}.{ENDINGS.get(writer.__name__, writer.__name__)}"
        path.parent.mkdir(parents=True, exist_ok=True)
        writer(path, *parts(rng, marker))
        markers[str(path.relative_to(folder))] = marker
    return markers
