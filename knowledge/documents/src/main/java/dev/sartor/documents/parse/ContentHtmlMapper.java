package dev.sartor.documents.parse;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
import org.apache.tika.parser.html.HtmlMapper;
import org.jspecify.annotations.Nullable;

/// Tells Tika's HTML parser, in the worker JVM, what structure to keep and that navigation, page footers and scripts
/// are no content. Of attributes those are kept that say what is seen: pages carry others that are not XML.
record ContentHtmlMapper() implements HtmlMapper, Serializable {
    private static final Set<String> KEPT =
            Set.of(
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "p",
                    "div",
                    "section",
                    "article",
                    "main",
                    "header",
                    "aside",
                    "ul",
                    "ol",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "td",
                    "th",
                    "caption",
                    "pre",
                    "blockquote",
                    "figcaption",
                    "br",
                    "hr",
                    "a",
                    "b",
                    "i",
                    "u",
                    "em",
                    "strong",
                    "span",
                    "font",
                    "code",
                    "sub",
                    "sup",
                    "small",
                    "mark");
    private static final Set<String> LEFT_OUT =
            Set.of("nav", "footer", "script", "style", "noscript", "template", "svg");

    @Override
    public @Nullable String mapSafeElement(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return KEPT.contains(lower) ? lower : null;
    }

    @Override
    public boolean isDiscardElement(String name) {
        return LEFT_OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable String mapSafeAttribute(String element, String attribute) {
        var lower = attribute.toLowerCase(Locale.ROOT);
        return Visibility.ATTRIBUTES.contains(lower) ? lower : null;
    }
}
