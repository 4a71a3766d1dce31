package dev.sartor.cli;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A project of a few rows, as a user would have written it, and the screen of who works in it.
public final class SmallProject {
    public static final String FILE =
            """
            name: desk
            documents: documents
            approaches: [zero-shot, tune]
            tasks:
              - name: route
                instruction: Say which team the message is for.
                labels: [billing, repair]
                margin: 0.5
                train: train.jsonl
                validation: validation.jsonl
                test: test.jsonl
            """;

    public final Path folder;
    public final Screen screen;

    public SmallProject(Path folder) {
        this.folder = folder;
        this.screen = Screen.file(folder.resolve("cache"));
        write("sartor.yaml", FILE);
        write("documents/notice.md", "# Ending\n\nThe notice is 21 days.\n");
        write(
                "train.jsonl",
                row("An invoice too many", "billing") + row("The brake squeals", "repair"));
        write("validation.jsonl", row("Wrong price", "billing"));
        write("test.jsonl", row("My chain fell off", "repair") + row("Charged twice", "billing"));
    }

    public static String row(String text, String label) {
        return "{\"text\": \"" + text + "\", \"label\": \"" + label + "\"}\n";
    }

    public void write(String file, String text) {
        AtomicFile.write(folder.resolve(file), text);
    }

    public int sartor(String... args) {
        var all = new ArrayList<>(List.of(args));
        all.add("--project");
        all.add(folder.toString());
        return screen.sartor(all.toArray(String[]::new));
    }
}
