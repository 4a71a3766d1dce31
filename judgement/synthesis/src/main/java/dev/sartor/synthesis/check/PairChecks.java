package dev.sartor.synthesis.check;

import dev.sartor.core.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// All checks of pairs, the cheap ones first. Pairs that are kept count as known to those after them.
public final class PairChecks {
    private static final int FEWEST_WORDS = 3;
    private static final int LONGEST_QUESTION = 400;
    private static final int LONGEST_ANSWER = 4000;

    private final Passages passages;
    private final PairFeatures features;
    private final PairClassifier classifier;
    private final Embedder embedder;
    private final Rules rules;
    private final KnownQuestions known;
    private final KnownQuestions heldOut;

    /// @param least probability of being right with which a pair is kept, 0 to 1
    /// @param reader asked of those that pass all other checks
    /// @param known questions that are not wanted a second time
    /// @param heldOut questions that are measured on
    public record Rules(
            double least, Optional<Reader> reader, List<String> known, List<String> heldOut) {
        public Rules {
            known = List.copyOf(known);
            heldOut = List.copyOf(heldOut);
        }
    }

    public PairChecks(
            Passages passages,
            PairFeatures features,
            PairClassifier classifier,
            Embedder embedder,
            Rules rules) {
        this.passages = passages;
        this.features = features;
        this.classifier = classifier;
        this.embedder = embedder;
        this.rules = rules;
        this.known = KnownQuestions.of(rules.known(), embedder);
        this.heldOut = KnownQuestions.of(rules.heldOut(), embedder);
    }

    /// In their order.
    public List<Checked> check(List<Claim> claims) {
        return check(claims, /* byMeaning= */ true);
    }

    /// The same of questions that put known ones in other words: that they mean the same is what is wanted of them.
    public List<Checked> checkParaphrases(List<Claim> claims) {
        return check(claims, /* byMeaning= */ false);
    }

    private List<Checked> check(List<Claim> claims, boolean byMeaning) {
        var all = judged(claims);
        var vectors = vectors(all);
        left(all).forEach(i -> refuseNear(all, i, vectors[i], byMeaning));
        read(all);
        for (int i : left(all)) {
            refuseNear(all, i, vectors[i], byMeaning);
            if (all.get(i).fault().isEmpty()) {
                known.add(question(all.get(i)), vectors[i]);
            }
        }
        return all;
    }

    /// By what can be measured of each by itself.
    private List<Checked> judged(List<Claim> claims) {
        var sound = claims.stream().filter(each -> isSound(each.pair())).toList();
        var measured = sound.isEmpty() ? List.<Features>of() : features.of(sound);
        var judged = new ArrayList<Checked>();
        int next = 0;
        for (var claim : claims) {
            judged.add(
                    isSound(claim.pair())
                            ? judged(claim, measured.get(next++))
                            : new Checked(
                                    claim, Optional.of(PairFault.MALFORMED), 0, Features.none()));
        }
        return judged;
    }

    private static boolean isSound(Pair pair) {
        var question = pair.question().strip();
        return WrittenWords.of(question).size() >= FEWEST_WORDS
                && question.length() <= LONGEST_QUESTION
                && !pair.answer().isBlank()
                && pair.answer().length() <= LONGEST_ANSWER
                && WrittenWords.of(pair.answer()).size() > 0;
    }

    private Checked judged(Claim claim, Features measured) {
        if (CopyRule.holds(measured)) {
            return new Checked(claim, Optional.of(PairFault.COPY), 0, measured);
        }
        var probabilities = classifier.probabilities(measured);
        if (probabilities.right() >= rules.least()) {
            return new Checked(claim, Optional.empty(), probabilities.right(), measured);
        }
        var fault = PairFault.valueOf(probabilities.fault().toUpperCase(Locale.ROOT));
        return new Checked(claim, Optional.of(fault), probabilities.right(), measured);
    }

    private static List<Integer> left(List<Checked> all) {
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).fault().isEmpty())
                .boxed()
                .toList();
    }

    private static String question(Checked each) {
        return each.claim().pair().question();
    }

    /// Of the questions that are left; of the others without numbers.
    private float[][] vectors(List<Checked> all) {
        var left = left(all);
        var vectors = new float[all.size()][0];
        if (!left.isEmpty()) {
            var found = embedder.embed(left.stream().map(i -> question(all.get(i))).toList());
            for (int i = 0; i < found.size(); i++) {
                vectors[left.get(i)] = found.get(i);
            }
        }
        return vectors;
    }

    private void refuseNear(List<Checked> all, int at, float[] vector, boolean byMeaning) {
        var each = all.get(at);
        var question = question(each);
        if (heldOut.hasNear(question, vector)) {
            all.set(at, each.with(PairFault.NEAR_HELD_OUT));
        } else if (byMeaning ? known.hasNear(question, vector) : known.has(question)) {
            all.set(at, each.with(PairFault.NEAR_COPY));
        }
    }

    private void read(List<Checked> all) {
        var left = left(all);
        if (rules.reader().isEmpty() || left.isEmpty()) {
            return;
        }
        var faults =
                rules.reader()
                        .get()
                        .faults(left.stream().map(i -> all.get(i).claim()).toList(), passages);
        for (int i = 0; i < faults.size(); i++) {
            int at = left.get(i);
            faults.get(i).ifPresent(fault -> all.set(at, all.get(at).with(fault)));
        }
    }
}
