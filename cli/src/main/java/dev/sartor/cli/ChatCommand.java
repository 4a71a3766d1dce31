package dev.sartor.cli;

import dev.sartor.compare.Candidate;
import dev.sartor.core.Answer;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "chat",
        description =
                "Ask a candidate: the answer as it comes, then the passages that it stands on. An empty line ends it.",
        footer = {
            "",
            "Example: sartor chat answer --project helpdesk",
            "         sartor chat answer --ask \"What is the deposit?\""
        })
final class ChatCommand implements Callable<Integer> {
    private static final int SHOWN = 160;

    private final Composition composition;

    @Parameters(
            arity = "0..1",
            paramLabel = "CANDIDATE",
            description =
                    "A run's name, or a task for what its comparison chose; see `sartor runs list`.")
    Optional<String> candidate = Optional.empty();

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin WeightsOption weights = new WeightsOption();

    @Option(names = "--ask", paramLabel = "TEXT", description = "Ask this and end.")
    Optional<String> ask = Optional.empty();

    ChatCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        try (var open = OpenProject.open(project, weights, composition);
                var interrupts = composition.interrupts();
                var opened = open.candidate(candidate, interrupts.cancellation())) {
            if (ask.isPresent()) {
                answer(opened, ask.get());
                return 0;
            }
            composition
                    .console()
                    .say("Candidate " + opened.run().id() + ". An empty line ends the chat.");
            for (var text = next(); text.isPresent(); text = next()) {
                answer(opened, text.get());
            }
        }
        return 0;
    }

    /// What was typed; empty at an empty line or the input's end.
    private Optional<String> next() {
        return composition.console().ask("> ").map(String::strip).filter(text -> !text.isEmpty());
    }

    private void answer(Candidate opened, String text) {
        var question =
                new Question(
                        "chat",
                        List.of(Message.user(text)),
                        opened.task().form(),
                        Sampling.greedy(),
                        Principal.local());
        var console = composition.console();
        var answer = opened.responder().stream(question, console::printExactly);
        console.print("");
        sources(answer);
    }

    private void sources(Answer answer) {
        for (int i = 0; i < answer.passages().size(); i++) {
            var passage = answer.passages().get(i);
            var text = passage.text().replaceAll("\\s+", " ").strip();
            var shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            composition.console().say("  [" + (i + 1) + "] " + passage.place() + ": " + shown);
        }
        answer.statements().stream()
                .filter(statement -> !statement.isSupported())
                .forEach(statement ->
                        composition.console().say("  in no passage: " + statement.text()));
    }
}
