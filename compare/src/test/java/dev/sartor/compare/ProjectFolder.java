package dev.sartor.compare;

import dev.sartor.core.AtomicFile;
import java.nio.file.Path;

/// A project's folder with data for tests.
record ProjectFolder(Path folder) {
    static final String TASK =
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

    static ProjectFolder in(Path folder) {
        var made = new ProjectFolder(folder);
        made.rows("train.jsonl", "one bill", "billing", "broken chain", "repair");
        made.rows("validation.jsonl", "two bills", "billing", "flat tyre", "repair");
        made.rows("test.jsonl", "three bills", "billing", "loud motor", "repair");
        return made;
    }

    void rows(String file, String... textsAndLabels) {
        var rows = new StringBuilder();
        for (int i = 0; i < textsAndLabels.length; i += 2) {
            rows.append(
                    "{\"text\": \"%s\", \"label\": \"%s\"}%n"
                            .formatted(textsAndLabels[i], textsAndLabels[i + 1]));
        }
        AtomicFile.write(folder.resolve(file), rows.toString());
    }

    Project read(String yaml) {
        AtomicFile.write(folder.resolve(Project.FILE), yaml);
        return ProjectFile.read(folder);
    }
}
