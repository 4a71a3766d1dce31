package dev.sartor.curate.secret;

import com.google.re2j.Pattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// All rules: those of rules.txt, and those whose forms no line can say.
final class SecretRules {
    private SecretRules() {}

    static List<Detector> read() {
        var rules = new ArrayList<Detector>();
        try (var stream =
                        Objects.requireNonNull(SecretRules.class.getResourceAsStream("rules.txt"));
                var lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(SecretRules::rule)
                    .forEach(rules::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rules.add(new PrivateKeys());
        rules.add(new JsonWebTokens());
        rules.add(new UrlPasswords());
        rules.add(new AuthorizationHeaders());
        rules.add(new CurlUsers());
        rules.add(new KubernetesSecrets());
        rules.add(new GenericAssignment());
        return List.copyOf(rules);
    }

    /// `prefix|within|named  id  keyword,keyword  form  entropy`
    private static Detector rule(String line) {
        var cells = line.strip().split("\\s+", -1);
        if (cells.length != 5) {
            throw new IllegalStateException("rules.txt: five cells were expected in: " + line);
        }
        var keywords = List.of(cells[2].split(",", -1));
        double entropy = Double.parseDouble(cells[4]);
        var form = cells[3];
        return switch (cells[0]) {
            case "prefix", "within" ->
                    new TokenRule(
                            cells[1],
                            keywords,
                            cells[0].equals("within"),
                            Pattern.compile(form),
                            FormLength.longest(form, TokenRule.LONGEST),
                            entropy);
            case "named" ->
                    new NamedRule(
                            cells[1],
                            keywords,
                            Pattern.compile(form, Pattern.CASE_INSENSITIVE),
                            FormLength.longest(form, NamedRule.LONGEST),
                            entropy);
            default -> throw new IllegalStateException("rules.txt: no such form: " + line);
        };
    }
}
