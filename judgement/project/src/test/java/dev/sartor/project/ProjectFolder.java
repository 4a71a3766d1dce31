package dev.sartor.project;

import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;

/// A project's folder with data for tests.
public record ProjectFolder(Path folder) {
    public static final String TASK =
            """
            name: desk
            tasks:
              - name: route
                instruction: Say which team the message is for.
                labels: [billing, repair]
                train: train.jsonl
                validation: validation.jsonl
                test: test.jsonl
            """;

    public static ProjectFolder in(Path folder) {
        var made = new ProjectFolder(folder);
        made.rows("train.jsonl", "one bill", "billing", "broken chain", "repair");
        made.rows("validation.jsonl", "two bills", "billing", "flat tyre", "repair");
        made.rows("test.jsonl", "three bills", "billing", "loud motor", "repair");
        return made;
    }

    public void rows(String file, String... textsAndLabels) {
        var rows = new StringBuilder();
        for (int i = 0; i < textsAndLabels.length; i += 2) {
            rows.append(
                    "{\"text\": \"%s\", \"label\": \"%s\"}%n"
                            .formatted(textsAndLabels[i], textsAndLabels[i + 1]));
        }
        AtomicFile.write(folder.resolve(file), rows.toString());
    }

    public Project read(String yaml) {
        AtomicFile.write(folder.resolve(Project.FILE), yaml);
        return ProjectFile.read(folder);
    }
}
