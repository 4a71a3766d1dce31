package dev.sartor.hub.catalogue;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.hub.environment.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How a model can be named: from the catalogue, on the hub, or by a path. A catalogue name wins, then a path that exists.
public sealed interface ModelName {
    /// A catalogue entry.
    record Catalogued(CatalogueEntry entry) implements ModelName {}

    /// `owner/name[:QUANTISATION][/FILE][@revision]` on the hub.
    ///
    /// @param choice what of it is wanted
    record Repository(String repository, WeightsChoice choice, String revision)
            implements ModelName {
        /// The name of what a revision holds of the chosen weights alone; the revision itself where all is wanted.
        public String snapshot(String revision) {
            var chosen = choice.written();
            return chosen.isEmpty() ? revision : revision + "-" + Sha256.of(chosen).substring(0, 8);
        }

        /// As the user would write it.
        public String written() {
            return repository + choice.written() + (revision.equals("main") ? "" : "@" + revision);
        }
    }

    /// A file or folder of the user's.
    record Local(Path path) implements ModelName {}

    /// The patterns behind {@link #of}.
    final class Shapes {
        private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]*";
        private static final Pattern REPOSITORY =
                Pattern.compile(
                        "("
                                + WORD
                                + "/"
                                + WORD
                                + ")(?::([A-Za-z0-9._-]+)|/([^@]+))?(?:@([A-Za-z0-9._/-]+))?");

        private Shapes() {}
    }

    static ModelName of(String name, Catalogue catalogue, Environment environment) {
        var entry = catalogue.find(name);
        if (entry.isPresent()) {
            return new Catalogued(entry.orElseThrow());
        }
        var path = environment.expanded(name);
        if (Files.exists(path)) {
            return new Local(path.toAbsolutePath().normalize());
        }
        if (name.startsWith(".") || name.startsWith("~") || path.isAbsolute()) {
            throw SartorException.user(
                    "the model "
                            + name
                            + " must be a file or folder, and there is none: correct the path");
        }
        var shape = Shapes.REPOSITORY.matcher(name);
        if (shape.matches()) {
            var choice = choice(shape);
            var revision = shape.group(4) == null ? "main" : shape.group(4);
            if (choice.isPresent() && ModelFile.isSafe(revision)) {
                return new Repository(shape.group(1), choice.orElseThrow(), revision);
            }
        }
        throw SartorException.user(
                "a model must be "
                        + catalogue.entries().stream()
                                .map(CatalogueEntry::name)
                                .collect(Collectors.joining(", "))
                        + ", or owner/name[:QUANTISATION][@revision] on the hub, or a folder, got "
                        + name
                        + ": see `sartor models list`");
    }

    private static Optional<WeightsChoice> choice(Matcher shape) {
        if (shape.group(2) != null) {
            return Optional.of(new WeightsChoice.Quantised(shape.group(2)));
        }
        var file = shape.group(3);
        if (file == null) {
            return Optional.of(new WeightsChoice.Whole());
        }
        return ModelFile.isSafe(file)
                ? Optional.of(new WeightsChoice.Named(file))
                : Optional.empty();
    }
}
