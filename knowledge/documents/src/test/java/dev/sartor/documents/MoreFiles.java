package dev.sartor.documents;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// Makes real files of the rarer kinds, as their specifications have them.
final class MoreFiles {
    private MoreFiles() {}

    /// OpenDocument 1.3.
    static void odt(Path file, String heading, String text) throws IOException {
        var space = "urn:oasis:names:tc:opendocument:xmlns:";
        var kind = "application/vnd.oasis.opendocument.text";
        var parts = new LinkedHashMap<String, String>();
        parts.put("mimetype", kind);
        parts.put(
                "content.xml",
                """
                <office:document-content xmlns:office="%soffice:1.0" xmlns:text="%stext:1.0" office:version="1.3">
                <office:body><office:text><text:h text:outline-level="1">%s</text:h><text:p>%s</text:p>
                </office:text></office:body></office:document-content>\
                """
                        .formatted(space, space, heading, text));
        parts.put(
                "META-INF/manifest.xml",
                """
                <manifest:manifest xmlns:manifest="%smanifest:1.0" manifest:version="1.3">
                <manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/>
                <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>\
                """
                        .formatted(space, kind));
        zip(file, parts);
    }

    /// EPUB 3 with a chapter for each text, in the order of the spine.
    static void epub(Path file, Map<String, String> chapters) throws IOException {
        var parts = new LinkedHashMap<String, String>();
        parts.put("mimetype", "application/epub+zip");
        parts.put(
                "META-INF/container.xml",
                """
                <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
                <rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\
                """);
        var items = new StringBuilder();
        var spine = new StringBuilder();
        chapters.forEach((heading, text) -> {
            var name = "c" + parts.size();
            parts.put(
                    name + ".xhtml",
                    "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>%s</title></head><body><h1>%s</h1><p>%s</p></body></html>"
                            .formatted(heading, heading, text));
            items.append(
                    "<item id=\"%s\" href=\"%s.xhtml\" media-type=\"application/xhtml+xml\"/>"
                            .formatted(name, name));
            spine.append("<itemref idref=\"%s\"/>".formatted(name));
        });
        parts.put(
                "book.opf",
                """
                <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
                <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier>
                <dc:title>The book</dc:title><dc:language>en</dc:language></metadata>
                <manifest>%s</manifest><spine>%s</spine></package>\
                """
                        .formatted(items, spine));
        zip(file, parts);
    }

    private static void zip(Path file, Map<String, String> parts) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /// A message of Outlook (MS-OXMSG) with a file attached.
    static void msg(Path file, String subject, String body, Path attached) throws IOException {
        try (var whole = new POIFSFileSystem();
                var out = Files.newOutputStream(file)) {
            var root = whole.getRoot();
            var names = root.createDirectory("__nameid_version1.0");
            for (var stream : new String[] {"00020102", "00030102", "00040102"}) {
                put(names, "__substg1.0_" + stream, new byte[0]);
            }
            text(root, "001A", "IPM.Note");
            text(root, "0037", subject);
            text(root, "1000", body);
            text(root, "0C1A", "Ann");
            put(root, "__properties_version1.0", properties(32, 1));
            var attachment = root.createDirectory("__attach_version1.0_#00000000");
            text(attachment, "3704", attached.getFileName().toString());
            text(attachment, "3707", attached.getFileName().toString());
            put(attachment, "__substg1.0_37010102", Files.readAllBytes(attached));
            put(attachment, "__properties_version1.0", properties(8, 0));
            whole.writeFilesystem(out);
        }
    }

    /// Reserved bytes, and of the message's own the number of attachments; no property of fixed length but how a file is attached.
    private static byte[] properties(int header, int attachments) {
        var bytes = ByteBuffer.allocate(header + 16).order(ByteOrder.LITTLE_ENDIAN);
        if (header == 32) {
            bytes.putInt(20, attachments).putInt(12, attachments);
        }
        return bytes.putInt(header, 0x37050003).putInt(header + 4, 6).putInt(header + 8, 1).array();
    }

    private static void text(DirectoryEntry folder, String property, String text)
            throws IOException {
        put(folder, "__substg1.0_" + property + "001F", text.getBytes(StandardCharsets.UTF_16LE));
    }

    private static void put(DirectoryEntry folder, String name, byte[] bytes) throws IOException {
        folder.createDocument(name, new ByteArrayInputStream(bytes));
    }

    /// A PDF file of two pages that are pictures of text, as a scanner makes them.
    static void scan(Path file, String first, String second) throws IOException {
        try (var pdf = new PDDocument()) {
            for (var text : new String[] {first, second}) {
                var page = new PDPage();
                pdf.addPage(page);
                try (var content = new PDPageContentStream(pdf, page)) {
                    content.drawImage(
                            LosslessFactory.createFromImage(pdf, picture(text)), 0, 400, 600, 200);
                }
            }
            pdf.save(file.toFile());
        }
    }

    private static BufferedImage picture(String text) {
        var picture = new BufferedImage(1800, 600, BufferedImage.TYPE_BYTE_GRAY);
        var pen = picture.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 1800, 600);
        pen.setColor(Color.BLACK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 72));
        pen.drawString(text, 100, 300);
        pen.dispose();
        return picture;
    }
}
