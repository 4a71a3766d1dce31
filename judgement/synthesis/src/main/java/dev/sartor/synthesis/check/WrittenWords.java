package dev.sartor.synthesis.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The words of a text as they are written, in lower case and without articles, each with where it stands.
record WrittenWords(List<Word> words) {
    /// `16:00`, `A-312`, `don't` and `2.5` are one word each.
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{N}]+(?:[.,:'’/-][\\p{L}\\p{N}]+)*|[%€$£]");

    private static final Set<String> ARTICLES = Set.of("a", "an", "the");

    WrittenWords {
        words = List.copyOf(words);
    }

    /// @param start in characters of the text
    /// @param end after its last character
    record Word(String text, int start, int end) {}

    static WrittenWords of(String text) {
        var words = new ArrayList<Word>();
        var matcher = WORD.matcher(text);
        while (matcher.find()) {
            var word = matcher.group().toLowerCase(Locale.ROOT).replace('’', '\'');
            if (!ARTICLES.contains(word)) {
                words.add(new Word(word, matcher.start(), matcher.end()));
            }
        }
        return new WrittenWords(words);
    }

    int size() {
        return words.size();
    }

    String at(int word) {
        return words.get(word).text();
    }

    /// At which words the other's words begin, all of them in a row.
    List<Integer> places(WrittenWords other) {
        var places = new ArrayList<Integer>();
        for (int at = 0; other.size() > 0 && at + other.size() <= size(); at++) {
            int same = 0;
            while (same < other.size() && at(at + same).equals(other.at(same))) {
                same++;
            }
            if (same == other.size()) {
                places.add(at);
            }
        }
        return places;
    }

    /// How many words the two share at most in a row.
    int longestRun(WrittenWords other) {
        int longest = 0;
        var before = new int[other.size() + 1];
        for (int i = 0; i < size(); i++) {
            var now = new int[other.size() + 1];
            for (int j = 0; j < other.size(); j++) {
                now[j + 1] = at(i).equals(other.at(j)) ? before[j] + 1 : 0;
                longest = Math.max(longest, now[j + 1]);
            }
            before = now;
        }
        return longest;
    }

    /// How many words the two share in the same order, others between them or not.
    int commonInOrder(WrittenWords other) {
        var before = new int[other.size() + 1];
        for (int i = 0; i < size(); i++) {
            var now = new int[other.size() + 1];
            for (int j = 0; j < other.size(); j++) {
                now[j + 1] =
                        at(i).equals(other.at(j)) ? before[j] + 1 : Math.max(before[j + 1], now[j]);
            }
            before = now;
        }
        return before[other.size()];
    }
}
