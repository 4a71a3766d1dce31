package dev.sartor.cli.serve;

import dev.sartor.cli.console.Console;
import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Questions on the terminal and their answers, each with the passages that it stands on.
final class Talk {
    private static final int SHOWN = 160;
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Console console;
    private final Responder responder;
    private final AnswerForm form;
    private final Principal asker;
    private final int remembered;
    private final List<Message> before = new ArrayList<>();

    /// @param remembered how many questions, with their answers, stand before the next one at most
    Talk(Console console, Responder responder, AnswerForm form, Principal asker, int remembered) {
        this.console = console;
        this.responder = responder;
        this.form = form;
        this.asker = asker;
        this.remembered = remembered;
    }

    /// Asks what is typed until an empty line or the input's end. Where nobody sits at a terminal, all that is sent is one
    /// question.
    void run() {
        if (!console.isInteractive()) {
            ask(piped());
            return;
        }
        for (var text = next(); text.isPresent(); text = next()) {
            ask(text.get());
        }
    }

    private String piped() {
        var text = console.piped(MOST_CHARACTERS).strip();
        if (text.isEmpty()) {
            throw SartorException.user(
                    "the standard input must hold a question, got nothing: pipe one in, name it with"
                            + " --ask, or start the chat on a terminal.");
        }
        return text;
    }

    private Optional<String> next() {
        return console.ask("> ").map(String::strip).filter(text -> !text.isEmpty());
    }

    void ask(String text) {
        var messages = new ArrayList<>(before);
        messages.add(Message.user(text));
        var question = new Question("chat", messages, form, Sampling.greedy(), asker);
        var answer = responder.stream(question, console::printExactly);
        console.print("");
        sources(answer);
        answer.confidence()
                .ifPresent(
                        sure -> console.say(String.format(Locale.ROOT, "  confidence %.2f", sure)));
        if (answer.abstained()) {
            console.say("  not sure enough: leave it to a person");
        }
        before.addAll(List.of(Message.user(text), Message.assistant(answer.text())));
        before.subList(0, Math.max(0, before.size() - 2 * remembered)).clear();
    }

    private void sources(Answer answer) {
        for (int i = 0; i < answer.passages().size(); i++) {
            var passage = answer.passages().get(i);
            var text = passage.text().replaceAll("\\s+", " ").strip();
            var shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            console.say("  [" + (i + 1) + "] " + passage.place() + ": " + shown);
        }
        answer.statements().stream()
                .filter(statement -> !statement.isSupported())
                .forEach(statement -> console.say("  in no passage: " + statement.text()));
    }
}
