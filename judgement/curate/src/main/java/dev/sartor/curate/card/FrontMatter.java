package dev.sartor.curate.card;

import dev.sartor.core.Json;
import dev.sartor.core.Split;
import java.util.List;
import java.util.Locale;

/// The YAML before a card's text, by whose keys a hub finds data sets. Texts are written as JSON strings, which are YAML, too.
final class FrontMatter {
    /// The hub's sizes: the least rows of each but the first.
    private static final List<Long> SIZES =
            List.of(
                    1_000L,
                    10_000L,
                    100_000L,
                    1_000_000L,
                    10_000_000L,
                    100_000_000L,
                    1_000_000_000L);

    private static final List<String> SIZE_NAMES =
            List.of(
                    "n<1K",
                    "1K<n<10K",
                    "10K<n<100K",
                    "100K<n<1M",
                    "1M<n<10M",
                    "10M<n<100M",
                    "100M<n<1B",
                    "n>1B");

    private FrontMatter() {}

    static String of(DataFacts facts) {
        var yaml = new StringBuilder("---\n");
        yaml.append("pretty_name: ").append(text(facts.name())).append('\n');
        var languages =
                facts.languages().keySet().stream()
                        .filter(code -> !code.equals("unknown"))
                        .toList();
        if (!languages.isEmpty()) {
            yaml.append("language:\n");
            languages.forEach(each -> yaml.append("- ").append(text(each)).append('\n'));
        }
        facts.licence()
                .ifPresent(
                        each -> yaml.append("license: ").append(text(licence(each))).append('\n'));
        if (facts.hasLabels()) {
            yaml.append("task_categories:\n- \"text-classification\"\n");
        }
        yaml.append("size_categories:\n- ").append(text(size(facts.rows()))).append('\n');
        configs(facts, yaml);
        features(facts, yaml);
        return yaml.append("---\n").toString();
    }

    /// The hub writes licences in lower case.
    private static String licence(String spdx) {
        return spdx.toLowerCase(Locale.ROOT);
    }

    private static String size(long rows) {
        int size = 0;
        while (size < SIZES.size() && rows >= SIZES.get(size)) {
            size++;
        }
        return SIZE_NAMES.get(size);
    }

    private static void configs(DataFacts facts, StringBuilder yaml) {
        if (facts.splits().isEmpty()) {
            return;
        }
        yaml.append("configs:\n- config_name: \"default\"\n  data_files:\n");
        facts.splits()
                .forEach((split, of) ->
                        yaml.append("  - split: ")
                                .append(text(CardBlocks.name(split)))
                                .append("\n    path: ")
                                .append(text(of.file()))
                                .append('\n'));
    }

    private static void features(DataFacts facts, StringBuilder yaml) {
        if (facts.fields().isEmpty() && facts.splits().isEmpty()) {
            return;
        }
        yaml.append("dataset_info:\n");
        if (!facts.fields().isEmpty()) {
            yaml.append("  features:\n");
            facts.fields()
                    .forEach(field ->
                            yaml.append("  - name: ")
                                    .append(text(field.name()))
                                    .append("\n    dtype: ")
                                    .append(text(field.type()))
                                    .append('\n'));
        }
        if (!facts.splits().isEmpty()) {
            yaml.append("  splits:\n");
            for (Split split : facts.splits().keySet()) {
                yaml.append("  - name: ")
                        .append(text(CardBlocks.name(split)))
                        .append("\n    num_examples: ")
                        .append(facts.splits().get(split).rows())
                        .append('\n');
            }
        }
    }

    /// JSON leaves some signs as they are that YAML does not take, or takes for the end of a line.
    private static String text(String text) {
        var quoted = new StringBuilder();
        Json.line(text)
                .chars()
                .forEach(c -> {
                    if ((c >= 0x7F && c < 0xA0)
                            || c == 0x2028
                            || c == 0x2029
                            || c >= 0xFFF0
                            || c == 0xFEFF) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                    } else {
                        quoted.append((char) c);
                    }
                });
        return quoted.toString();
    }
}
