package dev.sartor.cli.index;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.search.PassageIndex;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a search must be asked for, so that nothing is searched in vain.
final class SearchBounds {
    /// Some 20,000 words: of a longer question embedders read the beginning, and words the rarest.
    private static final int MOST_CHARACTERS = 100_000;

    private SearchBounds() {}

    static void checkCount(int k) {
        Problems.refuseUnless(
                k >= 1 && k <= PassageIndex.MOST_PASSAGES,
                "-k",
                "1 to " + PassageIndex.MOST_PASSAGES,
                k,
                "5 is usual.");
    }

    /// @param setting that names it
    static void checkQuestion(String setting, String text) {
        wrong(text)
                .ifPresent(what -> {
                    throw SartorException.user(setting + " " + what);
                });
    }

    /// @param questions by their ids
    static void checkQuestions(Path file, Map<String, String> questions) {
        var problems = new Problems();
        questions.forEach((id, text) ->
                wrong(text)
                        .ifPresent(what ->
                                problems.add(file.toString(), "question " + id + " " + what)));
        problems.throwIfAny();
    }

    private static Optional<String> wrong(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.of(
                    "must be at most "
                            + MOST_CHARACTERS
                            + " characters, got "
                            + text.length()
                            + " characters: ask for less at a time.");
        }
        return text.codePoints().allMatch(SearchBounds::isBlank)
                ? Optional.of(
                        "must be words to look for, got '"
                                + text
                                + "': write what a passage should be about.")
                : Optional.empty();
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
