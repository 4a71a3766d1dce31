package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/// docs/errors.md, which shows what is printed for each bad input. Folders of a test stand there under names that anybody
/// might have.
public final class ErrorsPage {
    private final Map<String, String> names = new LinkedHashMap<>();

    /// @param found what a test prints, and what stands on the page in its place
    public ErrorsPage naming(Object found, String shown) {
        names.put(found.toString(), shown);
        return this;
    }

    /// Every line that was printed stands on the page.
    public void shows(String printed) throws IOException {
        var page = Files.readString(Checkout.file("docs/errors.md")).replace("\\|", "|");
        assertThat(printed).as("nothing was printed").isNotBlank();
        for (var line : printed.split("\n", -1)) {
            var shown = line;
            for (var name : names.entrySet()) {
                shown = shown.replace(name.getKey(), name.getValue());
            }
            assertThat(page).as("docs/errors.md").contains(shown.strip());
        }
    }
}
