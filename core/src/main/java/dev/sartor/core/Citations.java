package dev.sartor.core;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A text and the passages that it cites, as `[2]` or `[1, 3]`.
///
/// @param text without the citations
/// @param numbers of the passages, from 1, each once, in the order in which they are cited
public record Citations(String text, List<Integer> numbers) {
    private static final Pattern CITATION =
            Pattern.compile("\\s*\\[(\\d{1,3}(?:\\s*[,;]\\s*\\d{1,3})*)\\]");
    private static final Pattern JOINT = Pattern.compile("\\s*[,;]\\s*");

    public Citations {
        numbers = List.copyOf(numbers);
    }

    /// @param passages how many there are; another number in brackets is text
    public static Citations in(String text, int passages) {
        var numbers = new ArrayList<Integer>();
        var bare =
                CITATION.matcher(text)
                        .replaceAll(found -> {
                            var cited = numbers(found.group(1));
                            if (cited.stream().anyMatch(n -> n < 1 || n > passages)) {
                                return Matcher.quoteReplacement(found.group());
                            }
                            numbers.addAll(cited);
                            return "";
                        });
        return new Citations(bare, numbers.stream().distinct().toList());
    }

    private static List<Integer> numbers(String listed) {
        return Stream.of(JOINT.split(listed)).map(Integer::valueOf).toList();
    }
}
