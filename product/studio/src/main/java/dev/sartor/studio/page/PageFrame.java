package dev.sartor.studio.page;

import dev.sartor.core.text.CommandLineText;
import java.util.List;
import java.util.Optional;

/// What stands around a page's own part.
///
/// @param title of the page
/// @param path from the start to this page, which is not among it
/// @param command that shows or does the same on a command line
/// @param follow the address whose events say that the page is to be read anew; empty for a page that stays
/// @param assets addresses of styles and scripts
record PageFrame(
        String title,
        List<Step> path,
        List<String> command,
        Optional<Address> follow,
        Files assets,
        String formToken) {
    PageFrame {
        path = List.copyOf(path);
        command = List.copyOf(command);
    }

    /// A page above this one.
    record Step(String name, Address address) {}

    /// @param styles and scripts, in the order in which they are to be read
    record Files(List<String> styles, List<String> scripts) {
        Files {
            styles = List.copyOf(styles);
            scripts = List.copyOf(scripts);
        }
    }

    PageFrame with(Files others) {
        return new PageFrame(title, path, command, follow, others, formToken);
    }

    /// A text in it that would turn it around shows that it does, and is then to be typed by hand.
    String commandLine() {
        return Shown.text(CommandLineText.of(command));
    }
}
