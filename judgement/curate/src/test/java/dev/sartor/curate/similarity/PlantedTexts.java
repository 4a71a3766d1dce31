package dev.sartor.curate.similarity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Texts by chance: words of a made-up language, common ones often (Zipf), in sentences; and copies of texts with planted edits.
public final class PlantedTexts {
    private static final int VOCABULARY = 4_000;
    private static final String CONSONANTS = "bcdfghklmnprstvw";
    private static final String VOWELS = "aeiou";

    private final SplittableRandom chance;
    private final String[] vocabulary = new String[VOCABULARY];

    public PlantedTexts(long seed) {
        chance = new SplittableRandom(seed);
        for (int i = 0; i < VOCABULARY; i++) {
            var word = new StringBuilder();
            for (int syllable = 0; syllable <= chance.nextInt(1, 4); syllable++) {
                word.append(letter(CONSONANTS)).append(letter(VOWELS));
            }
            vocabulary[i] =
                    chance.nextBoolean()
                            ? word.toString()
                            : word.append(letter(CONSONANTS)).toString();
        }
    }

    public String word() {
        return vocabulary[(int) (Math.pow(VOCABULARY, chance.nextDouble()) - 1)];
    }

    /// So many words, in sentences of about ten.
    public String text(int words) {
        var text = new StringBuilder();
        boolean isFirst = true;
        for (int i = 0; i < words; i++) {
            var word = word();
            text.append(i == 0 ? "" : " ")
                    .append(
                            isFirst
                                    ? word.substring(0, 1).toUpperCase(Locale.ROOT)
                                            + word.substring(1)
                                    : word);
            isFirst = chance.nextInt(10) == 0;
            text.append(isFirst ? "." : "");
        }
        return text.toString();
    }

    public List<String> texts(int count, int words) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(text(words));
        }
        return texts;
    }

    /// A share of the characters replaced, taken out, put in, or swapped with the next.
    public String characters(String text, double share) {
        var edited = new StringBuilder(text);
        for (int i = text.length() - 2; i >= 0; i--) {
            if (chance.nextDouble() >= share) {
                continue;
            }
            switch (chance.nextInt(4)) {
                case 0 -> edited.setCharAt(i, letter(CONSONANTS));
                case 1 -> edited.deleteCharAt(i);
                case 2 -> edited.insert(i + 1, letter(CONSONANTS));
                default -> edited.replace(i, i + 2, "" + edited.charAt(i + 1) + edited.charAt(i));
            }
        }
        return edited.toString();
    }

    /// A share of the words replaced, taken out, or put in.
    public String words(String text, double share) {
        var words = new ArrayList<>(List.of(text.split(" ", -1)));
        for (int i = words.size() - 1; i >= 0; i--) {
            if (chance.nextDouble() < share) {
                switch (chance.nextInt(3)) {
                    case 0 -> words.set(i, word());
                    case 1 -> words.remove(i);
                    default -> words.add(i, word());
                }
            }
        }
        return String.join(" ", words);
    }

    /// Upper case, other spaces, marks after words.
    public String marks(String text) {
        return " " + text.toUpperCase(Locale.ROOT).replace(" ", " , ").replace(".", " ... ") + "!";
    }

    /// The sentences the other way around.
    public static String reordered(String text) {
        var sentences = new ArrayList<>(List.of(text.split("(?<=\\.) ", -1)));
        Collections.reverse(sentences);
        return String.join(" ", sentences);
    }

    private char letter(String of) {
        return of.charAt(chance.nextInt(of.length()));
    }
}
