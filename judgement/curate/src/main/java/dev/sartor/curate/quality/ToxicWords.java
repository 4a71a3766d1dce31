package dev.sartor.curate.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Words of a list (insults, obscenities) in a text, and their share of its words. Words are compared whole, without case, compatibility
/// forms and invisible signs; a phrase matches over blanks, hyphens and other punctuation.
///
/// A list knows no context: it finds quotations, reclaimed words, medicine and place names, and misses insults in clean words, other
/// spellings and other languages. Who removes by it removes the texts of some groups more than of others (Dodge et al. 2021); look
/// at what it finds first. Safe for concurrent callers.
public final class ToxicWords {
    public static final String RULE = "toxic_words";

    /// The share of a text's words that may be of the list.
    public static final double USUAL_SHARE = 0.05;

    private static final String FOLDER = "toxic/";
    private static final int MOST_NAMED = 5;

    /// Each phrase by its last word, as words of it, the longest first.
    private final Map<String, List<List<String>>> byLast = new HashMap<>();

    private int longest = 1;

    private ToxicWords(Collection<String> phrases) {
        for (var phrase : new TreeSet<>(phrases)) {
            var words = new ArrayList<String>();
            WordReader.forEach(phrase, words::add);
            if (!words.isEmpty()) {
                byLast.computeIfAbsent(words.getLast(), _ -> new ArrayList<>())
                        .add(List.copyOf(words));
                longest = Math.max(longest, words.size());
            }
        }
        byLast.values().forEach(each -> each.sort((a, b) -> b.size() - a.size()));
    }

    /// Of a user's own list, a word or phrase each.
    public static ToxicWords of(Collection<String> phrases) {
        return new ToxicWords(phrases);
    }

    /// Of the lists that come along (LDNOOBW; the file's head names source and licence).
    ///
    /// @param languages codes or English names, such as `en`; of {@link #languages()}
    public static ToxicWords in(List<String> languages) {
        var phrases = new LinkedHashSet<String>();
        for (var name : languages) {
            var code = LanguageCodes.of(name).filter(languages()::contains);
            phrases.addAll(
                    lines(
                            code.orElseThrow(() ->
                                    SartorException.user(
                                            "the languages of the lists of toxic words must be of "
                                                    + String.join(", ", languages())
                                                    + ", got '"
                                                    + name
                                                    + "': bring a list of your own for another language"))));
        }
        return new ToxicWords(phrases);
    }

    /// The codes of languages that have a list: those that set blanks between words.
    public static List<String> languages() {
        return lines("languages");
    }

    private static List<String> lines(String name) {
        var path = FOLDER + name + ".txt";
        try (var file = ToxicWords.class.getResourceAsStream(path)) {
            if (file == null) {
                throw SartorException.defect("there is no " + path);
            }
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .toList();
        } catch (IOException e) {
            throw SartorException.defect("cannot read " + path, e);
        }
    }

    /// @param words of the text
    /// @param matched how many of them are of the list, each counted once
    /// @param found the first few phrases, for people
    public record Score(int words, int matched, List<String> found) {
        public Score {
            found = List.copyOf(found);
        }

        public double share() {
            return words == 0 ? 0 : (double) matched / words;
        }
    }

    public Score score(String text) {
        var counting = new Counting();
        WordReader.forEach(text, counting::word);
        return new Score(counting.words, counting.matched, List.copyOf(counting.found));
    }

    /// @param mostShare such as {@link #USUAL_SHARE}
    public Optional<Finding> finding(String text, double mostShare) {
        var score = score(text);
        return score.share() <= mostShare
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                RULE,
                                score.share(),
                                mostShare,
                                String.format(
                                        Locale.ROOT,
                                        "%d of %d words are of the list of toxic words, at most %s of them is allowed",
                                        score.matched(),
                                        score.words(),
                                        mostShare)));
    }

    /// Keeps the last words, as many as the longest phrase has.
    private final class Counting {
        private final String[] last = new String[longest];
        private final LinkedHashSet<String> found = new LinkedHashSet<>();
        private int words;
        private int matched;
        private int counted; // words before it are counted already

        void word(String word) {
            last[words++ % longest] = word;
            for (var phrase : byLast.getOrDefault(word, List.of())) {
                if (ends(phrase)) {
                    int begin = Math.max(counted, words - phrase.size());
                    matched += words - begin;
                    counted = words;
                    if (found.size() < MOST_NAMED) {
                        found.add(String.join(" ", phrase));
                    }
                    return;
                }
            }
        }

        private boolean ends(List<String> phrase) {
            if (phrase.size() > words) {
                return false;
            }
            for (int i = 0; i < phrase.size(); i++) {
                if (!phrase.get(i).equals(last[(words - phrase.size() + i) % longest])) {
                    return false;
                }
            }
            return true;
        }
    }
}
