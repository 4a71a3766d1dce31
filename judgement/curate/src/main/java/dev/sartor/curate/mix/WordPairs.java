package dev.sartor.curate.mix;

import java.util.HashMap;
import java.util.Map;

/// How often words and pairs of words were met, and what probability that gives to others. Learning is not thread-safe.
final class WordPairs {
    private final int[] words;
    private final int[] followed;
    private final int[] followers;
    private final Map<Long, Integer> pairs = new HashMap<>();
    private long all;
    private int kinds;

    /// @param vocabulary how many words there are, numbered from 0
    WordPairs(int vocabulary) {
        words = new int[vocabulary];
        followed = new int[vocabulary];
        followers = new int[vocabulary];
    }

    /// @param before what stands before the first word
    void learn(int[] text, int before) {
        int last = before;
        for (int word : text) {
            kinds += words[word] == 0 ? 1 : 0;
            words[word]++;
            all++;
            followed[last]++;
            if (pairs.merge(key(last, word), 1, Integer::sum) == 1) {
                followers[last]++;
            }
            last = word;
        }
    }

    private static long key(int first, int second) {
        return ((long) first << Integer.SIZE) | second;
    }

    /// The mean logarithm of the probabilities of a text's words; 0 for no words.
    double score(int[] text, int before) {
        int last = before;
        double sum = 0;
        for (int word : text) {
            sum += Math.log(probability(last, word));
            last = word;
        }
        return text.length == 0 ? 0 : sum / text.length;
    }

    private double probability(int last, int word) {
        int known = Math.max(1, kinds);
        double alone = (words[word] + (double) known / words.length) / (all + known);
        int others = followers[last];
        return others == 0
                ? alone
                : (pairs.getOrDefault(key(last, word), 0) + others * alone)
                        / (followed[last] + (double) others);
    }
}
