package dev.sartor.tune;

import dev.sartor.core.Message;
import dev.sartor.core.SartorException;
import dev.sartor.generate.LanguageModel;
import dev.sartor.generate.LanguageModel.Conversation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Conversations as rows to learn from. What would spoil a training without anybody's noticing is refused before it begins.
public final class TrainingTexts {
    private static final int SHOWN = 3;
    private static final int QUOTED = 60;

    private final LanguageModel model;
    private final List<TrainingRow> rows;

    private TrainingTexts(LanguageModel model, List<TrainingRow> rows) {
        this.model = model;
        this.rows = rows;
    }

    /// @param conversations each ends with the assistant's turn, which is learned to its end
    /// @param all whether the assistant's earlier turns are learned, too
    /// @throws SartorException a user's error where the answers are trained after another prompt than the one that is
    ///     served, or no example has an answer, or an answer's end is not learned
    public static TrainingTexts of(
            LanguageModel model, List<List<Message>> conversations, boolean all) {
        var texts = conversations.stream().map(model::conversation).toList();
        refuseWhereServedOtherwise(model, texts);
        refuseWithoutAnswers(model, texts);
        refuseWithoutEnds(model, texts);
        return new TrainingTexts(model, texts.stream().map(text -> row(text, all)).toList());
    }

    private static TrainingRow row(Conversation text, boolean all) {
        var learned = new BitSet(text.ids().length);
        var answers = text.answers();
        (all ? answers : answers.subList(answers.size() - 1, answers.size()))
                .forEach(answer -> learned.set(answer.from(), answer.to()));
        return new TrainingRow(text.ids(), learned);
    }

    private static void refuseWhereServedOtherwise(LanguageModel model, List<Conversation> texts) {
        Predicate<Conversation> otherwise =
                text -> !text.trainedText().startsWith(text.servedPrompt());
        texts.stream()
                .filter(otherwise)
                .findFirst()
                .ifPresent(text -> {
                    int shared = Strings.commonPrefix(text.servedPrompt(), text.trainedText());
                    throw SartorException.user(
                            "the chat template of "
                                    + model.name()
                                    + " must write a training text that begins with the prompt that is served, and does not in "
                                    + count(texts, otherwise)
                                    + ": after "
                                    + Strings.quotedEnd(
                                            text.servedPrompt().substring(0, shared), QUOTED)
                                    + " the served prompt goes on with "
                                    + Strings.quoted(text.servedPrompt().substring(shared), QUOTED)
                                    + ", the training text with "
                                    + Strings.quoted(text.trainedText().substring(shared), QUOTED)
                                    + ". What is learned there would never be asked. Correct chat_template in the model's"
                                    + " tokenizer_config.json, or choose another model.");
                });
    }

    private static void refuseWithoutAnswers(LanguageModel model, List<Conversation> texts) {
        if (texts.stream().noneMatch(text -> learned(text).anyMatch(id -> !isEnd(model, id)))) {
            throw SartorException.user(
                    "no training example has a token of an answer in its training text ("
                            + texts.size()
                            + " examples): the answers are empty, or the chat template of "
                            + model.name()
                            + " leaves the assistant's turn out. Fill the answers in, correct chat_template in"
                            + " the model's tokenizer_config.json, or choose another model.");
        }
    }

    private static void refuseWithoutEnds(LanguageModel model, List<Conversation> texts) {
        Predicate<Conversation> endless = text -> learned(text).noneMatch(id -> isEnd(model, id));
        if (texts.stream().anyMatch(endless)) {
            throw SartorException.user(
                    "the token that ends an answer ("
                            + ends(model)
                            + ") must be learned with each answer, and stands outside the loss in "
                            + count(texts, endless)
                            + ": the chat template of "
                            + model.name()
                            + " does not write it after the assistant's turn, so the tuned model would not know"
                            + " when to stop. Correct chat_template in the model's tokenizer_config.json, or"
                            + " choose another model.");
        }
    }

    private static IntStream learned(Conversation text) {
        return Arrays.stream(text.ids(), text.answerStart(), text.ids().length);
    }

    private static boolean isEnd(LanguageModel model, int id) {
        return model.tokenizer().settings().ends().contains(id);
    }

    private static String ends(LanguageModel model) {
        var ends = model.tokenizer().settings().ends();
        return ends.isEmpty()
                ? "the model names none"
                : String.join(" or ", ends.stream().map(model.tokenizer()::token).toList());
    }

    private static String count(List<Conversation> texts, Predicate<Conversation> wrong) {
        return texts.stream().filter(wrong).count() + " of " + texts.size() + " training examples";
    }

    /// The rows, none longer than allowed.
    ///
    /// @throws SartorException a user's error where some are longer and `tooLong` is empty, or none is left
    public TrainingSet<TrainingRow> upTo(int maxTokens, Optional<TooLong> tooLong) {
        return TrainingSet.of(rows, maxTokens, tooLong);
    }

    /// The training text of the first three rows, with what is in the loss marked.
    public List<String> shown() {
        int shown = Math.min(SHOWN, rows.size());
        var lines = new ArrayList<String>();
        for (int i = 0; i < shown; i++) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "Training text %d of %d; what stands between ▐ and ▌ is learned:%n%s",
                            i + 1,
                            rows.size(),
                            MarkedText.of(rows.get(i), model.tokenizer())));
        }
        return lines;
    }
}
