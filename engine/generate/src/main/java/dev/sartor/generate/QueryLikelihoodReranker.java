package dev.sartor.generate;

import dev.sartor.core.Message;
import dev.sartor.core.Reranker;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.schedule.Completion;
import dev.sartor.generate.schedule.Prompt;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How likely a language model finds the question once it has read the passage: the mean log-probability of the question's
/// tokens, in nats, behind a prompt that holds the passage (Sachan et al. 2022, "Improving Passage Retrieval with Zero-Shot
/// Question Generation"). All passages of a question are computed side by side.
public final class QueryLikelihoodReranker implements Reranker {
    private static final String BEFORE = "Passage: ";
    private static final String AFTER = "\n\nPlease write a question based on this passage.";

    /// Of a text that is cut, characters that are taken away beyond what seems needed: tokens differ in length.
    private static final double SPARE = 0.95;

    private static final Logger LOG = LoggerFactory.getLogger(QueryLikelihoodReranker.class);

    private final LanguageModel model;
    private final Runnable onClose;

    private QueryLikelihoodReranker(LanguageModel model, Runnable onClose) {
        this.model = model;
        this.onClose = onClose;
    }

    /// Closing it closes the model.
    public static QueryLikelihoodReranker owning(LanguageModel model) {
        return new QueryLikelihoodReranker(model, model::close);
    }

    /// Closing it leaves the model open.
    public static QueryLikelihoodReranker of(LanguageModel model) {
        return new QueryLikelihoodReranker(model, () -> {});
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public List<Double> scores(String question, List<String> passages) {
        var asked = model.tokenizer().encode(question, false);
        if (asked.length == 0) {
            throw SartorException.defect("a question without a word was to be scored");
        }
        var prompts = new ArrayList<Prompt>();
        for (var passage : passages) {
            prompts.add(Prompt.scored(prompt(passage, model.contextLength() - asked.length)));
        }
        var step = Progress.silent().begin("", passages.size(), "");
        return model.generator().complete(prompts, List.of(asked), step).stream()
                .map(each -> mean(each, asked.length))
                .toList();
    }

    private static double mean(Completion completion, int tokens) {
        if (completion.logLikelihoods().length == 0) {
            throw SartorException.stopped("interrupted while passages were reranked");
        }
        return completion.logLikelihoods()[0] / tokens;
    }

    /// The tokens before the question, the passage cut where they would be more than `most`.
    private int[] prompt(String passage, int most) {
        var ids = ids(passage);
        int empty = ids("").length;
        if (empty >= most) {
            throw SartorException.tooLong(
                    "the question is too long for the "
                            + model.contextLength()
                            + " tokens that "
                            + model.name()
                            + " reads: shorten it, or search without --rerank");
        }
        var kept = passage;
        while (ids.length > most) {
            double share = (double) (most - empty) / (ids.length - empty) * SPARE;
            kept = kept.substring(0, kept.offsetByCodePoints(0, codePoints(kept, share)));
            ids = ids(kept);
        }
        if (kept.length() < passage.length()) {
            LOG.warn(
                    "a passage is longer than {} reads beside the question, and was cut at {}"
                            + " characters",
                    model.name(),
                    kept.length());
        }
        return ids;
    }

    private static int codePoints(String text, double share) {
        return (int) (text.codePointCount(0, text.length()) * share);
    }

    private int[] ids(String passage) {
        return model.prompt(List.of(Message.user(BEFORE + passage + AFTER)));
    }

    @Override
    public void close() {
        onClose.run();
    }
}
