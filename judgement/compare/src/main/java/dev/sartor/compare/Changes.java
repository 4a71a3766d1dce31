package dev.sartor.compare;

import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.run.Run;
import dev.sartor.core.file.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What is no longer as it was when something was made; a sentence for each.
final class Changes {
    private final Recorded recorded;

    Changes(Recorded recorded) {
        this.recorded = recorded;
    }

    /// Of the files that were read.
    List<String> files() {
        var changes = new ArrayList<String>();
        for (var file : recorded.madeOf().files()) {
            var now = Sha256.ofReadable(recorded.folder().resolve(file.path()));
            if (!now.equals(file.sha256())) {
                changes.add(
                        String.format(
                                Locale.ROOT,
                                "%s (%s) was changed: its SHA-256 was %s and is %s now.",
                                file.path(),
                                file.role(),
                                file.sha256(),
                                now));
            }
        }
        return changes;
    }

    /// Of models, documents and the prompt's template.
    ///
    /// @param now by their role
    List<String> digests(Map<String, String> now) {
        var changes = new ArrayList<String>();
        recorded.madeOf().digests().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(was -> !Objects.equals(now.get(was.getKey()), was.getValue()))
                .forEach(was ->
                        changes.add(
                                String.format(
                                        Locale.ROOT,
                                        "%s changed: the digest was %s and is %s now.",
                                        what(was.getKey()),
                                        was.getValue(),
                                        Optional.ofNullable(now.get(was.getKey()))
                                                .orElse("none"))));
        return changes;
    }

    private String what(String role) {
        var settings = recorded.madeOf().settings();
        return switch (role) {
            case "model" -> "The files of the model" + named(recorded.madeOf().base());
            case "embedder" -> "The files of the embedder " + settings.get("embedder");
            case "documents" -> "What the folder " + settings.get("documents") + " holds";
            case "prompt" -> "The prompt's template, as this version writes it,";
            case Run.PROMPT_VERSION -> "The prompt's version";
            default -> role;
        };
    }

    private static String named(Optional<Provenance.BaseModel> base) {
        return base.map(each -> " " + each.model()).orElse("");
    }

    /// Of the program and the machine.
    List<String> by(Provenance.By now) {
        var was = recorded.madeOf().by();
        var changes = new ArrayList<String>();
        changed("Sartor", was.version(), now.version(), "", changes);
        changed("Java", was.java(), now.java(), "", changes);
        changed("The processor", was.processor(), now.processor(), "", changes);
        changed(
                "The number of threads",
                String.valueOf(was.threads()),
                String.valueOf(now.threads()),
                " OMP_NUM_THREADS=" + was.threads() + " before the command sets it.",
                changes);
        return changes;
    }

    private static void changed(
            String what, String was, String now, String advice, List<String> changes) {
        if (!was.equals(now)) {
            changes.add(
                    String.format(
                            Locale.ROOT, "%s was %s and is %s now.%s", what, was, now, advice));
        }
    }
}
