package dev.sartor.documents.parse;

import dev.sartor.core.Pages;
import org.xml.sax.Attributes;

/// Counts the pages of a PDF file in the XHTML that Tika makes of it, where each is a `div` of the class `page`. Files within
/// it, and PDF files within others, have pages of their own, which are not counted. Not thread-safe.
final class PageCount {
    /// How Tika marks what lies in a file.
    private static final String EMBEDDED = "package-entry";

    private boolean isPdf;
    private boolean hasPages;
    private int depth;
    private int pageDepth;
    private int embeddedDepth;
    private int page;

    void enter(String name, Attributes attributes) {
        depth++;
        if (name.equals("meta") && "Content-Type".equals(attributes.getValue("name"))) {
            isPdf = String.valueOf(attributes.getValue("content")).startsWith("application/pdf");
        }
        if (!name.equals("div")) {
            return;
        }
        var kind = attributes.getValue("class");
        if (EMBEDDED.equals(kind) && embeddedDepth == 0) {
            embeddedDepth = depth;
        } else if ("page".equals(kind)) {
            hasPages = true;
            if (embeddedDepth == 0) {
                pageDepth = depth;
                page++;
            }
        }
    }

    void leave() {
        pageDepth = pageDepth == depth ? 0 : pageDepth;
        embeddedDepth = embeddedDepth == depth ? 0 : embeddedDepth;
        depth--;
    }

    /// Whether there was any page, of whatever file.
    boolean hasPages() {
        return hasPages;
    }

    Pages here() {
        return isPdf && pageDepth > 0 && embeddedDepth == 0 ? Pages.of(page) : Pages.none();
    }
}
