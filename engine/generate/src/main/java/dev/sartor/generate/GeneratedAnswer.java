package dev.sartor.generate;

import dev.sartor.constrain.Constraint;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Problems;
import dev.sartor.core.Question;
import dev.sartor.core.SartorException;
import dev.sartor.core.TokenScore;
import dev.sartor.generate.schedule.Completion;
import dev.sartor.generate.schedule.Prompt;
import dev.sartor.generate.schedule.TokenTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A question that is answered token by token: what is asked of the scheduler, and what becomes of the tokens. Free text
/// is stripped; a text that is held to a form stays as the form allowed it.
final class GeneratedAnswer {
    private final LanguageModel model;
    private final Question question;
    private final int most;
    private final Optional<Constraint> constraint;
    private final AnswerText text;

    /// @throws SartorException a user's error where the form cannot be held, not within so few tokens, or
    ///     not beside stop texts
    GeneratedAnswer(LanguageModel model, Question question, Consumer<String> onText) {
        this.model = model;
        this.question = question;
        this.most = most(question.form());
        this.constraint = constraint(model, question, onText);
        var stream =
                constraint.isPresent()
                        ? model.tokenizer().continuation()
                        : model.tokenizer().stream(true);
        this.text = new AnswerText(stream, question.sampling().stop(), onText);
    }

    /// While its form is prepared, the reader is asked with an empty piece whether it still reads.
    private static Optional<Constraint> constraint(
            LanguageModel model, Question question, Consumer<String> onText) {
        return switch (question.form()) {
            case AnswerForm.FreeText _, AnswerForm.OneOf _ -> Optional.empty();
            case AnswerForm.Matching _, AnswerForm.JsonText _ -> {
                var stop = question.sampling().stop();
                Problems.refuseUnless(
                        stop.isEmpty(),
                        "stop",
                        "empty for an answer whose form is given, which ends where the form does",
                        stop,
                        "leave it out, or ask for free text");
                yield model.constraints()
                        .of(question.form(), most(question.form()), () -> onText.accept(""));
            }
        };
    }

    /// Tokens that it may take.
    static int most(AnswerForm form) {
        return switch (form) {
            case AnswerForm.FreeText(int tokens) -> tokens;
            case AnswerForm.Matching(var _, int tokens) -> tokens;
            case AnswerForm.JsonText(var _, int tokens) -> tokens;
            case AnswerForm.OneOf _ -> throw SartorException.defect("a label is chosen, not said");
        };
    }

    Prompt.Free wanted() {
        return new Prompt.Free(most, question.sampling(), constraint, true, text);
    }

    /// @param prompt its tokens
    Answer answer(int prompt, Completion done) {
        var made = done.text().orElseThrow();
        var said = text.finish();
        var usage = new Answer.Usage(prompt, done.cachedTokens(), made.ids().length);
        return new Answer(
                constraint.isPresent() ? said : said.strip(),
                made.finish(),
                usage,
                List.of(),
                Map.of(),
                scores(made),
                done.seconds());
    }

    private List<TokenScore> scores(Completion.Text made) {
        var texts = new TokenTexts(model.tokenizer());
        var scores = new ArrayList<TokenScore>();
        for (int i = 0; i < made.likelihoods().size(); i++) {
            scores.add(texts.of(made.ids()[i], made.likelihoods().get(i)));
        }
        return scores;
    }
}
