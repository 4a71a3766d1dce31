package dev.sartor.judge;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.Judgement.Preferred;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// A model that says which of two answers is the better one. Each pair is shown in both orders, at temperature 0, and the reply is
/// one of three choices. What it has replied is kept, and asked for once.
public final class PairJudge {
    /// Large enough for full batches, small enough to lose little.
    private static final int CHUNK = 64;

    private static final AnswerForm CHOICES = new AnswerForm.OneOf(List.of("A", "B", "C"));

    private final Model model;
    private final Rubric rubric;
    private final Replies replies;
    private final Progress progress;
    private final Cancellation cancellation;

    /// The model that grades.
    ///
    /// @param name as the project file has it
    /// @param digest of its files, or of what names it where it is behind an API
    /// @param open is asked for only where something is to be judged; what it gives is closed afterwards
    public record Model(String name, String digest, Supplier<Responder> open) {}

    /// @param folder where what it replies is kept
    public PairJudge(
            Model model, Rubric rubric, Path folder, Progress progress, Cancellation cancellation) {
        this.model = model;
        this.rubric = rubric;
        this.progress = progress;
        this.cancellation = cancellation;
        this.replies = Replies.in(folder.resolve(digest(model, rubric) + ".jsonl"));
    }

    private static String digest(Model model, Rubric rubric) {
        return Sha256.of(model.digest() + " " + rubric.digest()).substring(0, 16);
    }

    /// Of the rubric and the model: another judge says other things.
    public String digest() {
        return digest(model, rubric);
    }

    public String name() {
        return model.name();
    }

    /// How many of the pairs hold a text that the judge does not see whole.
    public int cut(List<AnswerPair> pairs) {
        return (int) pairs.stream().filter(rubric::cuts).count();
    }

    /// Of pairs that everyone may read.
    public List<PairVerdict> judge(List<AnswerPair> pairs) {
        return judge(pairs, Readers.everyone());
    }

    /// In the order of the pairs. Two answers that are one text are a tie, and not asked about.
    ///
    /// @param readers who may read all of the pairs
    /// @throws SartorException a user's error where a pair does not fit the judge's context; of the kind STOPPED where a stop was
    ///     asked for, with what was replied until then kept
    public List<PairVerdict> judge(List<AnswerPair> pairs, Readers readers) {
        ask(open(pairs), readers);
        return pairs.stream().map(this::verdict).toList();
    }

    /// Each pair as it is shown, in both orders, where it has not been.
    private List<AnswerPair> open(List<AnswerPair> pairs) {
        var open = new LinkedHashSet<AnswerPair>();
        for (var pair : pairs) {
            if (!pair.isOneAnswer()) {
                open.add(pair);
                open.add(pair.swapped());
            }
        }
        open.removeIf(shown -> replies.to(shown).isPresent());
        return List.copyOf(open);
    }

    private void ask(List<AnswerPair> open, Readers readers) {
        if (open.isEmpty()) {
            return;
        }
        try (var judge = model.open().get();
                var step = progress.begin("judging by " + name(), open.size(), "replies")) {
            for (int from = 0; from < open.size(); from += CHUNK) {
                if (cancellation.isAsked()) {
                    throw SartorException.stopped(
                            "stopped; what the judge has said is kept. Go on with the same command.");
                }
                var chunk = open.subList(from, Math.min(from + CHUNK, open.size()));
                put(judge, chunk, readers);
                step.advance(chunk.size());
            }
        }
    }

    private void put(Responder judge, List<AnswerPair> chunk, Readers readers) {
        try {
            var asked = chunk.stream().map(this::question).map(each -> each.readableBy(readers));
            var answers = judge.answer(asked.toList(), Progress.silent());
            for (int i = 0; i < chunk.size(); i++) {
                replies.put(chunk.get(i), reply(answers.get(i).text()));
            }
        } catch (SartorException e) {
            if (!e.isTooLong()) {
                throw e;
            }
            throw SartorException.user(
                    "the judge "
                            + name()
                            + " cannot read two answers at once: "
                            + e.getMessage()
                            + " Lower judge.max_answer_characters, or choose a judge with a longer context.",
                    e);
        }
        replies.write();
    }

    private Question question(AnswerPair shown) {
        return new Question(
                "judged", rubric.messages(shown), CHOICES, Sampling.greedy(), Principal.local());
    }

    /// A model behind an API is held to the choices by words alone.
    private static Reply reply(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "A" -> Reply.A;
            case "B" -> Reply.B;
            case "C" -> Reply.C;
            default -> Reply.UNREADABLE;
        };
    }

    private PairVerdict verdict(AnswerPair pair) {
        if (pair.isOneAnswer()) {
            return PairVerdict.SAME;
        }
        var inOrder = replies.to(pair).orElseThrow();
        var swapped = replies.to(pair.swapped()).orElseThrow();
        int unreadable =
                (inOrder == Reply.UNREADABLE ? 1 : 0) + (swapped == Reply.UNREADABLE ? 1 : 0);
        return new PairVerdict(preferred(inOrder), preferred(swapped).swapped(), unreadable);
    }

    private static Preferred preferred(Reply reply) {
        return switch (reply) {
            case A -> Preferred.FIRST;
            case B -> Preferred.SECOND;
            case C, UNREADABLE -> Preferred.TIE;
        };
    }
}
