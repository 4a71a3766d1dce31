package dev.sartor.synthesis.check;

import dev.sartor.core.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

        /// The classifier alone.
        public static Rules of(double least) {
            return new Rules(least, Optional.empty(), List.of(), List.of());
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
        var sound = claims.stream().filter(each -> isSound(each.pair())).toList();
        var measured = sound.isEmpty() ? List.<Features>of() : features.of(sound);
        var judged = new ArrayList<Checked>();
        for (int i = 0; i < sound.size(); i++) {
            judged.add(judged(sound.get(i), measured.get(i)));
        }
        var read = read(distinct(judged));
        var all = new ArrayList<Checked>();
        int next = 0;
        for (var claim : claims) {
            all.add(
                    isSound(claim.pair())
                            ? read.get(next++)
                            : new Checked(
                                    claim, Optional.of(PairFault.MALFORMED), 0, Features.none()));
        }
        return all;
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

    private List<Checked> distinct(List<Checked> judged) {
        if (judged.isEmpty()) {
            return judged;
        }
        var vectors =
                embedder.embed(
                        judged.stream().map(each -> each.claim().pair().question()).toList());
        var distinct = new ArrayList<Checked>();
        for (int i = 0; i < judged.size(); i++) {
            var each = judged.get(i);
            var question = each.claim().pair().question();
            if (each.fault().isPresent()) {
                distinct.add(each);
            } else if (heldOut.hasNear(question, vectors.get(i))) {
                distinct.add(with(each, PairFault.NEAR_HELD_OUT));
            } else if (known.hasNear(question, vectors.get(i))) {
                distinct.add(with(each, PairFault.NEAR_COPY));
            } else {
                known.add(question, vectors.get(i));
                distinct.add(each);
            }
        }
        return distinct;
    }

    private List<Checked> read(List<Checked> distinct) {
        if (rules.reader().isEmpty()) {
            return distinct;
        }
        var left = distinct.stream().filter(each -> each.fault().isEmpty()).toList();
        var faults =
                rules.reader().get().faults(left.stream().map(Checked::claim).toList(), passages);
        var read = new ArrayList<Checked>();
        int next = 0;
        for (var each : distinct) {
            var fault = each.fault().isEmpty() ? faults.get(next++) : each.fault();
            read.add(new Checked(each.claim(), fault, each.right(), each.features()));
        }
        return read;
    }

    private static Checked with(Checked each, PairFault fault) {
        return new Checked(each.claim(), Optional.of(fault), each.right(), each.features());
    }
}
