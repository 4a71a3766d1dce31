package dev.sartor.synthesis.check;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.ReferenceInPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A model that answers each question itself, once with the passage and once without: round-trip consistency (Alberti et al. 2019).
/// The model is the caller's: it is not closed here.
public final class Reader {
    /// Token F1 from which two answers say the same.
    private static final double SAME = 0.5;

    private static final int MOST_TOKENS = 48;
    private static final String ASKED = "\n\nAnswer in as few words as possible.";
    private static final Metric TOKEN_F1 = Metric.named("token_f1");

    private final Responder model;

    public Reader(Responder model) {
        this.model = model;
    }

    /// What it has against each, in their order.
    List<Optional<PairFault>> faults(List<Claim> claims, Passages passages) {
        var read = answers(claims, passages, each -> withPassage(each, passages));
        var known = answers(claims, passages, each -> each.pair().question() + ASKED);
        var faults = new ArrayList<Optional<PairFault>>();
        for (int i = 0; i < claims.size(); i++) {
            var answer = claims.get(i).pair().answer();
            faults.add(
                    !isSame(read.get(i), answer)
                            ? Optional.of(PairFault.READER_DISAGREES)
                            : isSame(known.get(i), answer)
                                    ? Optional.of(PairFault.KNOWN_WITHOUT_PASSAGE)
                                    : Optional.empty());
        }
        return faults;
    }

    private static String withPassage(Claim claim, Passages passages) {
        return "Passage:\n"
                + passages.chunk(claim.passage()).indexed()
                + "\n\nQuestion: "
                + claim.pair().question()
                + "\n\nAnswer from the passage alone, in as few of its words as possible.";
    }

    /// The question, too, says what its passage says.
    private List<String> answers(
            List<Claim> claims, Passages passages, Function<Claim, String> ask) {
        var questions =
                claims.stream()
                        .map(each ->
                                new Question(
                                                "reader",
                                                List.of(Message.user(ask.apply(each))),
                                                new AnswerForm.FreeText(MOST_TOKENS),
                                                Sampling.greedy(),
                                                Principal.local())
                                        .readableBy(passages.chunk(each.passage()).readers()))
                        .toList();
        return questions.isEmpty()
                ? List.of()
                : model.answer(questions, Progress.silent()).stream()
                        .map(each -> each.text().strip())
                        .toList();
    }

    private static boolean isSame(String said, String answer) {
        return !said.isEmpty()
                && (TOKEN_F1.perExample(List.of(new Prediction("", said, List.of(answer))))[0]
                                >= SAME
                        || ReferenceInPassage.contains(said, List.of(answer)));
    }
}
