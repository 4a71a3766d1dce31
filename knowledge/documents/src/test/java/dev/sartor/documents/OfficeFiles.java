package dev.sartor.documents;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

/// Makes real PDF and Word files.
public final class OfficeFiles {
    private OfficeFiles() {}

    public static void pdf(Path file, String text) throws IOException {
        try (var pdf = onePage(text)) {
            pdf.save(file.toFile());
        }
    }

    public static void encryptedPdf(Path file) throws IOException {
        try (var pdf = onePage("secret")) {
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            pdf.save(file.toFile());
        }
    }

    /// Each page with its lines, an empty one between paragraphs.
    public static void pdf(Path file, List<List<String>> pages) throws IOException {
        try (var pdf = new PDDocument()) {
            for (var lines : pages) {
                addPage(pdf, lines);
            }
            pdf.save(file.toFile());
        }
    }

    private static PDDocument onePage(String text) throws IOException {
        var pdf = new PDDocument();
        addPage(pdf, List.of(text));
        return pdf;
    }

    private static void addPage(PDDocument pdf, List<String> lines) throws IOException {
        var page = new PDPage();
        pdf.addPage(page);
        try (var content = new PDPageContentStream(pdf, page)) {
            content.beginText();
            content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
            content.setLeading(14);
            content.newLineAtOffset(50, 700);
            for (var line : lines) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    /// A letter with one file attached.
    public static void eml(Path file, String text, Path attached) throws IOException {
        var encoded = Base64.getMimeEncoder().encodeToString(Files.readAllBytes(attached));
        Files.writeString(
                file,
                """
                From: Ann <ann@example.com>
                To: Ben <ben@example.com>
                Subject: The plan
                Date: Mon, 01 Jun 2026 10:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="cut"

                --cut
                Content-Type: text/plain; charset=utf-8

                %s

                --cut
                Content-Type: application/octet-stream; name="%s"
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                %s
                --cut--
                """
                        .formatted(text, attached.getFileName(), attached.getFileName(), encoded));
    }

    /// Two levels of headings, a paragraph, a table, a page header.
    public static void docx(Path file) throws IOException {
        try (var word = new XWPFDocument();
                var out = Files.newOutputStream(file)) {
            var styles = word.createStyles();
            for (int level = 1; level <= 2; level++) {
                var style = CTStyle.Factory.newInstance();
                style.setStyleId("Heading" + level);
                style.addNewName().setVal("heading " + level);
                style.setType(STStyleType.PARAGRAPH);
                style.addNewPPr().addNewOutlineLvl().setVal(BigInteger.valueOf(level - 1L));
                styles.addStyle(new org.apache.poi.xwpf.usermodel.XWPFStyle(style));
                var heading = word.createParagraph();
                heading.setStyle("Heading" + level);
                heading.createRun().setText(level == 1 ? "Warranty" : "Kettles");
            }
            word.createParagraph().createRun().setText("Two years.");
            var table = word.createTable(2, 2);
            table.getRow(0).getCell(0).setText("Model");
            table.getRow(0).getCell(1).setText("Years");
            table.getRow(1).getCell(0).setText("Alpha");
            table.getRow(1).getCell(1).setText("3");
            word.createHeader(org.apache.poi.wp.usermodel.HeaderFooterType.DEFAULT)
                    .createParagraph()
                    .createRun()
                    .setText("Page header");
            word.write(out);
        }
    }
}
