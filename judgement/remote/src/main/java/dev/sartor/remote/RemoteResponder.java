package dev.sartor.remote;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.environment.Retry;
import dev.sartor.project.setting.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/// A model behind an OpenAI-compatible API, and the one way to it: each question is held against what may be sent there, as
/// {@link EgressRule} says. It cannot be held to a set of labels: they are asked for in words, and the
/// text that comes is taken for the label that it is once case, space and punctuation are folded; a text that is none of
/// them stays as it is, and is wrong.
public final class RemoteResponder implements Responder {
    private final Remote remote;
    private final EgressRule egress;
    private final ChatWire wire;
    private final RemoteCalls calls;

    RemoteResponder(Remote remote, Optional<String> key, Retry retry) {
        this.remote = remote;
        this.egress = new EgressRule(remote);
        this.wire = new ChatWire(remote.model());
        this.calls = new RemoteCalls(remote, key, retry);
    }

    /// @param environment looks up an environment variable
    /// @throws SartorException a user's error where nothing may be sent to it, or the variable that should hold the key is not set
    public static RemoteResponder open(
            Remote remote, Function<String, Optional<String>> environment) {
        if (remote.sendsKeyInTheClear()) { // recorded before it was a rule
            throw SartorException.user(
                    "the key of remotes '"
                            + remote.name()
                            + "' is not sent unencrypted to "
                            + remote.origin()
                            + ": correct its url to one that begins with https.");
        }
        EgressRule.requireAny(remote);
        var key =
                remote.apiKeyEnv()
                        .map(name ->
                                environment
                                        .apply(name)
                                        .filter(value -> !value.isBlank())
                                        .orElseThrow(() -> unset(remote, name)));
        return new RemoteResponder(remote, key.map(String::strip), RemoteCalls.retry(remote));
    }

    private static SartorException unset(Remote remote, String name) {
        return SartorException.user(
                "the environment variable "
                        + name
                        + " is not set, and api_key_env of remotes '"
                        + remote.name()
                        + "' names it: set it to the API's key, or take api_key_env out for an API without"
                        + " keys.");
    }

    @Override
    public List<Answer> answer(List<Question> questions, Progress progress) {
        if (questions.isEmpty()) {
            return List.of();
        }
        questions.forEach(egress::require);
        long start = System.nanoTime();
        var places = new Semaphore(remote.parallel());
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var step = progress.begin("asking " + remote.name(), questions.size(), "answers")) {
            var coming = new ArrayList<Future<Answer>>();
            for (var question : questions) {
                coming.add(threads.submit(() -> inTurn(question, places, step)));
            }
            try {
                for (var each : coming) {
                    answers.add(each.get());
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof SartorException known
                        ? known
                        : SartorException.defect("asking a remote model failed", e);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw SartorException.missing("asking a remote model was interrupted", e);
            }
        }
        double share = (System.nanoTime() - start) / 1e9 / questions.size();
        return answers.stream().map(answer -> answer.withSeconds(share)).toList();
    }

    private Answer inTurn(Question question, Semaphore places, Progress.Step step)
            throws InterruptedException {
        places.acquire();
        try {
            var body = calls.post(wire.request(asked(question), false));
            var answer = ChatWire.answer(body).orElseThrow(() -> calls.failures().nonsense(body));
            step.advance(1);
            return checked(answer, question);
        } finally {
            places.release();
        }
    }

    @Override
    public Answer stream(Question question, Consumer<String> onText) {
        egress.require(question);
        long start = System.nanoTime();
        var body = calls.stream(wire.request(asked(question), true));
        var answer = new ChatEvents(body, remote.timeout(), calls.failures()).read(onText);
        // What was shown is what was answered: a streamed text is not replaced by its label.
        return priced(answer).withSeconds((System.nanoTime() - start) / 1e9);
    }

    private static Question asked(Question question) {
        return switch (question.form()) {
            case AnswerForm.FreeText ignored -> question;
            case AnswerForm.Matching ignored -> question;
            case AnswerForm.JsonText ignored -> question;
            case AnswerForm.OneOf(var labels) -> {
                var messages = new ArrayList<>(question.messages());
                var last = messages.removeLast();
                messages.add(
                        new Message(
                                last.role(),
                                last.content()
                                        + "\n\nAnswer with exactly one of these and nothing else: "
                                        + String.join(", ", labels)));
                yield question.withMessages(messages, Readers.everyone());
            }
        };
    }

    private Answer checked(Answer answer, Question question) {
        return switch (question.form()) {
            case AnswerForm.FreeText ignored -> priced(answer);
            case AnswerForm.Matching ignored -> priced(answer);
            case AnswerForm.JsonText ignored -> priced(answer);
            case AnswerForm.OneOf(var labels) ->
                    new Answer(
                            Labels.match(answer.text(), labels).orElse(answer.text()),
                            answer.finish(),
                            priced(answer).usage(),
                            List.of(),
                            Map.of(),
                            0);
        };
    }

    private Answer priced(Answer answer) {
        var hasPrice =
                remote.pricePerMillionPromptTokens() > 0
                        || remote.pricePerMillionCompletionTokens() > 0;
        if (hasPrice && answer.usage().promptTokens() == 0) {
            throw calls.failures().withoutUsage();
        }
        return answer;
    }

    @Override
    public void close() {
        calls.close();
    }
}
