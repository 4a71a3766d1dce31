package dev.sartor.template.filter;

import dev.sartor.template.value.Arguments;
import dev.sartor.template.value.Dict;
import dev.sartor.template.value.Fault;
import dev.sartor.template.value.Items;
import dev.sartor.template.value.Run;
import dev.sartor.template.value.Sequences;
import dev.sartor.template.value.Text;
import dev.sartor.template.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The filter `urlencode`: a text as a part of an address, a mapping or list of pairs as a query.
final class UrlText {
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

    private UrlText() {}

    static Value encoded(Run run, Value subject, Arguments arguments) {
        arguments.bind("urlencode");
        if (subject instanceof Text text) {
            return part(run, text, "/");
        }
        List<Value> pairs =
                switch (subject) {
                    case Dict dict -> dict.pairs();
                    case Items items -> items.values();
                    default -> List.of();
                };
        if (pairs.isEmpty() && !Sequences.isIterable(subject)) {
            return part(run, run.text(subject), "/");
        }
        List<Value> written = new ArrayList<>();
        for (var pair : pairs) {
            var both = Sequences.values(run, pair);
            if (both.size() != 2) {
                throw new Fault("'urlencode' needs pairs of key and value");
            }
            written.add(
                    TextMethods.join(
                            run,
                            Text.own("="),
                            both.stream().<Value>map(v -> query(run, run.text(v))).toList()));
        }
        return TextMethods.join(run, Text.own("&"), written);
    }

    private static Text query(Run run, Text text) {
        return TextMethods.replace(run, part(run, text, ""), Text.own("%20"), Text.own("+"), -1);
    }

    /// What is data stays data, encoded as it is.
    private static Text part(Run run, Text text, String alsoPlain) {
        var out = run.builder();
        text.forEachRun((piece, isData) -> out.append(encoded(piece, alsoPlain), isData));
        return run.finished(out);
    }

    private static String encoded(String piece, String alsoPlain) {
        var result = new StringBuilder();
        for (byte unit : piece.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xff);
            if (PLAIN.indexOf(c) >= 0 || alsoPlain.indexOf(c) >= 0) {
                result.append(c);
            } else {
                result.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return result.toString();
    }
}
