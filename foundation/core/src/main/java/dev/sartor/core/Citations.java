package dev.sartor.core;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A text and the passages that it cites, as `[2]` or `[1, 3]`.
///
/// @param text without the citations
/// @param numbers of the passages, from 1, each once, in the order in which they are cited; one that is higher than there are
///     passages was made up
public record Citations(String text, List<Integer> numbers) {
    private static final Pattern CITATION =
            Pattern.compile("\\s*\\[(\\d{1,2}(?:\\s*[,;]\\s*\\d{1,2})*)\\]");
    private static final int MOST = 99;
    private static final Pattern JOINT = Pattern.compile("\\s*[,;]\\s*");

    public Citations {
        numbers = List.copyOf(numbers);
    }

    /// @param passages how many there are. A number in brackets that names none of them is a citation where it stands by itself,
    ///     and text, such as an index, where it follows a word
    public static Citations in(String text, int passages) {
        var numbers = new ArrayList<Integer>();
        var bare =
                CITATION.matcher(text)
                        .replaceAll(found -> {
                            var cited = numbers(found.group(1));
                            boolean isAlone =
                                    found.start() == 0
                                            || Character.isWhitespace(found.group().charAt(0));
                            int most = isAlone && passages > 0 ? MOST : passages;
                            if (cited.stream().anyMatch(n -> n < 1 || n > most)) {
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
