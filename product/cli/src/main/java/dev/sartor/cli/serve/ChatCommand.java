package dev.sartor.cli.serve;

import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.IndexOptions;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.cli.option.UseOption;
import dev.sartor.cli.option.WeightsOption;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Problems;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.model.Precision;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.training.LocalEngines;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "chat",
        description = {
            "Ask a candidate, or a model, and see the passages that its answer stands on.",
            "",
            "The answer is shown as it comes. An empty line ends the talk.",
            "",
            "Without a terminal, all of the standard input is one question; the answer alone goes to the standard output.",
            "",
            "With --model and --index a model answers from what the one who asks may read in the index. It is shown"
                    + " the last three questions with their answers, too; a candidate is asked each question alone, as"
                    + " it was measured."
        },
        footer = {
            "",
            "Example: sartor chat answer --project helpdesk",
            "         sartor chat answer --ask \"What is the deposit?\"",
            "         sartor chat answer --project helpdesk < question.txt > answer.txt",
            "         sartor chat --model smollm2-135m-instruct --index shelf --as ann --groups sales,support"
        })
public final class ChatCommand implements Callable<Integer> {
    private static final int REMEMBERED = 3;

    /// More than any model reads.
    private static final int MOST_TOKENS = 1_000_000;

    private final Composition composition;

    @Parameters(
            arity = "0..1",
            paramLabel = "CANDIDATE",
            description =
                    "A run's name, or a task for what its comparison chose; see `sartor runs list`.")
    Optional<String> candidate = Optional.empty();

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin WeightsOption weights = new WeightsOption();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Ask this model (a name, folder or GGUF file) as it is, in place of a candidate.")
    Optional<String> model = Optional.empty();

    @Mixin IndexOptions from = new IndexOptions();

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(
            names = "--max-answer-tokens",
            paramLabel = "N",
            description = "The longest answer of --model (default: ${DEFAULT-VALUE}).")
    int answerTokens = 256;

    @Mixin UseOption use = new UseOption();

    @Option(names = "--ask", paramLabel = "TEXT", description = "Ask this and end.")
    Optional<String> ask = Optional.empty();

    public ChatCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        refuseOtherForms();
        if (model.isPresent()) {
            askModel(model.get());
        } else {
            askCandidate();
        }
        return 0;
    }

    private void refuseOtherForms() {
        Problems.refuseUnless(
                answerTokens >= 1 && answerTokens <= MOST_TOKENS,
                "--max-answer-tokens",
                "1 to " + MOST_TOKENS,
                answerTokens,
                "256 is usual.");
        Problems.refuseUnless(
                ask.isEmpty() || !ask.get().isBlank(),
                "--ask",
                "a question",
                "'" + ask.orElse("") + "'",
                "write what you want to know.");
        if (model.isPresent() && (candidate.isPresent() || !project.folder.toString().isEmpty())) {
            throw SartorException.user(
                    "--model asks a model without a project: leave out the candidate and --project, or"
                            + " leave out --model.");
        }
        if (model.isEmpty()) {
            from.check(false);
        }
        if (from.indexes.size() > 1) {
            throw SartorException.user(
                    "chat answers from one --index, got "
                            + from.indexes.size()
                            + ": name one. `sartor index` takes several sources into one index.");
        }
    }

    private void askCandidate() {
        try (var open = OpenProject.open(project, weights, composition);
                var interrupts = composition.interrupts();
                var opened = open.candidate(candidate, asker, interrupts.cancellation())) {
            asker.require(opened.mayCall(), opened.run().id());
            talk(
                    opened.responder(),
                    opened.task().form(),
                    0,
                    "Candidate " + opened.run().id() + ".");
        }
    }

    private void askModel(String name) {
        var hub = composition.hub(use.use);
        var console = composition.console();
        var held = weights.or(Precision.BF16);
        try (var answers = answers(new HubEmbedders(hub, console));
                var engines = new LocalEngines(hub, console, held, composition.weights());
                var bare = engines.base(asker.allowed(name, engines))) {
            var index = answers.names().stream().findFirst();
            var responder = index.map(each -> answers.over(each, bare)).orElse(bare);
            talk(
                    responder,
                    new AnswerForm.FreeText(answerTokens),
                    REMEMBERED,
                    name + index.map(each -> " from " + each).orElse("") + ".");
        }
    }

    /// Whoever asks for another sees the same of an empty index as of one that holds nothing for that one.
    private IndexedAnswers answers(HubEmbedders embedders) {
        var answers = IndexedAnswers.open(from, embedders);
        return asker.areGiven() ? answers : answers.withoutEmptyOnes();
    }

    private void talk(Responder responder, AnswerForm form, int remembered, String who) {
        var console = composition.console();
        var talk = new Talk(console, responder, form, asker.principal(), remembered);
        if (ask.isPresent()) {
            talk.ask(ask.get());
            return;
        }
        if (console.isInteractive()) {
            console.say(who + " An empty line ends the chat.");
        }
        talk.run();
    }
}
