package dev.sartor.retrieve.field;

import dev.sartor.core.Pages;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;

/// How a passage's pages lie in Lucene: the first and the last, such as `3-4`; without the field where there are none.
public final class PageField {
    private static final String NAME = "pages";

    private PageField() {}

    public static Optional<StoredField> of(Pages pages) {
        return pages.isKnown()
                ? Optional.of(new StoredField(NAME, pages.first() + "-" + pages.last()))
                : Optional.empty();
    }

    public static Pages of(Document stored) {
        var text = stored.get(NAME);
        if (text == null) {
            return Pages.none();
        }
        int dash = text.indexOf('-');
        return new Pages(
                Integer.parseInt(text.substring(0, dash)),
                Integer.parseInt(text.substring(dash + 1)));
    }
}
