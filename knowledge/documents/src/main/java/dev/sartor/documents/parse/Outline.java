package dev.sartor.documents.parse;

import dev.sartor.core.Pages;
import dev.sartor.documents.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts headings and blocks, as they come, into sections. Not thread-safe.
final class Outline {
    private record Heading(int level, String text, Pages pages) {}

    private final List<Heading> open = new ArrayList<>();
    private final List<Section> done = new ArrayList<>();
    private final List<String> blocks = new ArrayList<>();
    private final List<Pages> pages = new ArrayList<>();
    private Pages here = Pages.none();
    private Optional<String> topHeading = Optional.empty();

    /// What comes from now on stands there.
    void at(Pages place) {
        here = place;
    }

    /// @param level 1 (outermost) to 6
    void heading(int level, String text) {
        var clean = text.strip();
        if (clean.isEmpty()) {
            return;
        }
        boolean hasParts = !open.isEmpty() && open.getLast().level() < level;
        closeSection(!hasParts);
        open.removeIf(above -> above.level() >= level);
        open.add(new Heading(level, clean, here));
        if (level == 1 && topHeading.isEmpty()) {
            topHeading = Optional.of(clean);
        }
    }

    void block(String text) {
        var clean = text.strip();
        if (!clean.isEmpty()) {
            blocks.add(clean);
            pages.add(here);
        }
    }

    /// The first heading of level 1.
    Optional<String> topHeading() {
        return topHeading;
    }

    List<Section> sections() {
        closeSection(true);
        return List.copyOf(done);
    }

    /// A heading with nothing below it is text of its own; otherwise it would be found nowhere.
    private void closeSection(boolean isLeaf) {
        if (blocks.isEmpty() && isLeaf && !open.isEmpty()) {
            blocks.add(open.getLast().text());
            pages.add(open.getLast().pages());
        }
        if (!blocks.isEmpty()) {
            done.add(new Section(open.stream().map(Heading::text).toList(), blocks, pages));
            blocks.clear();
            pages.clear();
        }
    }
}
