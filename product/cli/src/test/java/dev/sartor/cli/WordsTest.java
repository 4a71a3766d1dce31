package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sartor.core.Json;
import dev.sartor.project.ProjectSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// A thing has the name that it has in its field: no class, key or option bears a name that config/words.tsv has another for.
class WordsTest {
    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.sartor");

    /// The field's words by the names that are not to be used.
    private static Map<String, String> words(String kind) throws IOException {
        try (var lines = Files.lines(Checkout.file("config/words.tsv"))) {
            return lines.map(line -> line.split("\t", -1))
                    .filter(cells -> cells[0].equals(kind))
                    .collect(Collectors.toMap(cells -> cells[1], cells -> cells[2]));
        }
    }

    @Test
    void noClassBearsAnotherName() throws IOException {
        var words = words("class");
        assertThat(words).hasSizeGreaterThan(40);
        assertThat(OURS.stream().filter(each -> names(each).anyMatch(words::containsKey)))
                .extracting(JavaClass::getName)
                .isEmpty();
    }

    /// A class is meant by its simple name, with the class around it, or with its package.
    private static Stream<String> names(JavaClass each) {
        var around = each.getEnclosingClass().map(JavaClass::getSimpleName).orElse("");
        return Stream.of(each.getSimpleName(), around + "." + each.getSimpleName(), each.getName());
    }

    @Test
    void noKeyOfTheProjectFileBearsAnotherName() throws IOException {
        var keys = new TreeSet<String>();
        collect(Json.mapper().readTree(ProjectSchema.text()), keys);
        assertThat(keys).contains("target_modules", "objective", "bm25_weight", "max_grad_norm");
        assertThat(keys).doesNotContainAnyElementsOf(words("key").keySet());
        assertThat(keys).containsAll(present());
    }

    /// What the keys are called instead; likeness is an option alone.
    private static List<String> present() throws IOException {
        return words("key").values().stream().filter(each -> !each.equals("mmr_lambda")).toList();
    }

    private static void collect(JsonNode schema, Set<String> keys) {
        schema.path("properties")
                .properties()
                .forEach(property -> {
                    keys.add(property.getKey());
                    collect(property.getValue(), keys);
                });
        if (schema.has("items")) {
            collect(schema.get("items"), keys);
        }
    }

    @Test
    void noOptionBearsAnotherName() throws IOException {
        var options =
                OURS.stream()
                        .flatMap(each -> each.getFields().stream())
                        .filter(field -> field.isAnnotatedWith(Option.class))
                        .flatMap(field ->
                                Arrays.stream(field.getAnnotationOfType(Option.class).names()))
                        .collect(Collectors.toSet());
        assertThat(options).contains("--project", "--mmr-lambda", "--fix");
        assertThat(options).doesNotContainAnyElementsOf(words("option").keySet());
    }
}
