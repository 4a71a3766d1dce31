package dev.sartor.core;

import tools.jackson.databind.node.ObjectNode;

/// Where in a document of pages a piece of it stands. Pages are counted from the file's first as 1, whatever is printed on
/// them.
///
/// @param first 0 where the document has no pages, as `last` then is
public record Pages(int first, int last) {
    private static final Pages NONE = new Pages(0, 0);

    public Pages {
        if (first < 0 || last < first || (first == 0 && last > 0)) {
            throw new IllegalArgumentException("pages " + first + " to " + last);
        }
    }

    public static Pages none() {
        return NONE;
    }

    public static Pages of(int page) {
        return new Pages(page, page);
    }

    public boolean isKnown() {
        return first > 0;
    }

    /// From the first of both to the last of both.
    public Pages and(Pages other) {
        if (!isKnown() || !other.isKnown()) {
            return isKnown() ? this : other;
        }
        return new Pages(Math.min(first, other.first), Math.max(last, other.last));
    }

    /// As `page` and `last_page`; nothing where there are none.
    public void into(ObjectNode json) {
        if (isKnown()) {
            json.put("page", first).put("last_page", last);
        }
    }

    /// `p. 3` or `pp. 3–4`; empty where there are none.
    @Override
    public String toString() {
        if (!isKnown()) {
            return "";
        }
        return first == last ? "p. " + first : "pp. " + first + "–" + last;
    }
}
