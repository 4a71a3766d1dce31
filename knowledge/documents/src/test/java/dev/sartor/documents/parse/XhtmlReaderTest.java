package dev.sartor.documents.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Readers;
import dev.sartor.documents.Document;
import dev.sartor.documents.Section;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

class XhtmlReaderTest {
    private static Document read(String body) throws SAXException {
        return XhtmlReader.read(
                "a/page.html",
                "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Stated</title></head><body>"
                        + body
                        + "</body></html>",
                Readers.everyone());
    }

    @Test
    void headingsParagraphsListsAndTablesKeepTheirShape() throws SAXException {
        var document =
                read(
                        """
                        <h1>Plans</h1><div>Loose <b>text</b></div>
                        <h2>Prices</h2><p>Per
                        month:</p>
                        <table><tbody><tr><th>Plan</th><th>Price</th></tr><tr><td><p>Basic</p></td><td>3</td></tr></tbody></table>
                        <ul><li>one<ul><li>deep</li></ul></li><li><p>two</p></li></ul><pre>a
                          b</pre>\
                        """);
        assertThat(document.title()).isEqualTo("Plans");
        assertThat(document.sections())
                .containsExactly(
                        new Section(List.of("Plans"), List.of("Loose text")),
                        new Section(
                                List.of("Plans", "Prices"),
                                List.of(
                                        "Per month:",
                                        "Plan | Price\nBasic | 3",
                                        "- one\n- deep\n- two",
                                        "a\n  b")));
    }

    @Test
    void theStatedTitleServesWhereThereIsNoTopHeading() throws SAXException {
        assertThat(read("<p>x</p>").title()).isEqualTo("Stated");
    }

    @Test
    void aDocumentTypeIsRefusedAsItCouldNameOtherFiles() {
        assertThatThrownBy(() ->
                        XhtmlReader.read(
                                "x",
                                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>",
                                Readers.everyone()))
                .isInstanceOf(SAXException.class);
    }
}
