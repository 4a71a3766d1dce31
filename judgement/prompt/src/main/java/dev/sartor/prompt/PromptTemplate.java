package dev.sartor.prompt;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Problems;
import dev.sartor.core.Question;
import dev.sartor.core.Role;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.text.Nearest;
import dev.sartor.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// How a task's questions are put to a model: the text of the system's turn and that of each user's turn, in the template
/// language. What all questions share stands first, so that it is computed once for all of them. The same template makes
/// training conversations: a tuned model sees in training what it sees in serving.
///
/// Both texts may use `instruction`, `labels` (a list), `unanswerable` (what to say where no answer is known; `none` if the
/// task has no such words), `passages` (each with `number`, `text`, `source`, `document`, `section`; empty without retrieval) and
/// `examples` (each with `question`, `answer`); the user's text also `question`. Examples become turns of their own before
/// the question, unless one of the texts shows them itself.
public final class PromptTemplate {
    private static final Set<String> SHARED =
            Set.of("instruction", "labels", "unanswerable", "examples", "passages");

    /// Of the language's functions those that give the same result every time.
    private static final Set<String> FUNCTIONS =
            Set.of("range", "dict", "namespace", "raise_exception");

    private final Template system;
    private final Template user;
    private final String version;

    private PromptTemplate(Template system, Template user, String version) {
        this.system = system;
        this.user = user;
        this.version = version;
    }

    /// Short enough for a small model. Classification and free text differ by what the task says.
    public static PromptTemplate standard() {
        return of(StandardPrompt.SYSTEM, StandardPrompt.USER);
    }

    /// @throws SartorException a user's error with everything that is wrong in either text
    public static PromptTemplate of(String system, String user) {
        var problems = new Problems();
        var systemTemplate = Template.parse("");
        var userTemplate = systemTemplate;
        try {
            systemTemplate = Template.parse(system);
        } catch (SartorException e) {
            problems.add("prompt.system", String.valueOf(e.getMessage()));
        }
        try {
            userTemplate = Template.parse(user);
            if (!userTemplate.names().contains("question")) {
                problems.add("prompt.user", "must show {{ question }}: else nobody asks anything");
            }
        } catch (SartorException e) {
            problems.add("prompt.user", String.valueOf(e.getMessage()));
        }
        var forUser = new TreeSet<>(SHARED);
        forUser.add("question");
        checkNames("prompt.system", systemTemplate, SHARED, problems);
        checkNames("prompt.user", userTemplate, forUser, problems);
        problems.throwIfAny();
        return new PromptTemplate(systemTemplate, userTemplate, Sha256.of(system + "\0" + user));
    }

    private static void checkNames(
            String where, Template template, Set<String> known, Problems problems) {
        for (var name : new TreeSet<>(template.names())) {
            if (!known.contains(name) && !FUNCTIONS.contains(name)) {
                problems.add(
                        where,
                        String.format(
                                Locale.ROOT,
                                "unknown name '%s'; there are %s.%s",
                                name,
                                String.join(", ", new TreeSet<>(known)),
                                Nearest.hint(name, known)));
            }
        }
    }

    /// The SHA-256 of both texts: answers to other texts are other answers.
    public String version() {
        return version;
    }

    /// Whether it has a place for passages. Without one, passages are refused rather than dropped.
    public boolean showsPassages() {
        return shows("passages");
    }

    private boolean shows(String name) {
        return system.names().contains(name) || user.names().contains(name);
    }

    /// The messages that ask this question: the system's turn, the examples with their answers, the earlier turns of the
    /// question's own conversation, and what is asked now. A system's turn of its own follows the task's.
    ///
    /// @param shots solved examples, in the order in which they are shown
    /// @param passages best first, as they are shown and numbered
    public List<Message> messages(
            Task task, Question question, List<Example> shots, List<Passage> passages) {
        var variables = variables(task, shots, PassageOrder.BEST_FIRST);
        return messages(variables, question.messages(), shots, passages);
    }

    /// The same with passages and no examples.
    ///
    /// @param passages best first; the best is number 1 wherever it stands
    public List<Message> grounded(
            Task task, Question question, List<Passage> passages, PassageOrder order) {
        return grounded(task, question, List.of(), passages, order);
    }

    /// @param shots solved examples, in the order in which they are shown
    /// @param passages best first; the best is number 1 wherever it stands
    public List<Message> grounded(
            Task task,
            Question question,
            List<Example> shots,
            List<Passage> passages,
            PassageOrder order) {
        return messages(variables(task, shots, order), question.messages(), shots, passages);
    }

    private PromptVariables variables(Task task, List<Example> shots, PassageOrder order) {
        return new PromptVariables(task, shows("examples") ? shots : List.of(), order);
    }

    /// What training shows: the messages that ask the example, and its right answer as the assistant's last turn.
    public List<Message> conversation(Task task, Example example) {
        return conversation(task, example, List.of(), List.of());
    }

    public List<Message> conversation(
            Task task, Example example, List<Example> shots, List<Passage> passages) {
        var variables = variables(task, shots, PassageOrder.BEST_FIRST);
        var messages = new ArrayList<>(messages(variables, example.input(), shots, passages));
        messages.add(Message.assistant(example.reference()));
        return List.copyOf(messages);
    }

    private List<Message> messages(
            PromptVariables variables,
            List<Message> asked,
            List<Example> shots,
            List<Passage> passages) {
        if (!passages.isEmpty() && !showsPassages()) {
            throw SartorException.user(
                    "prompt.user must show {{ passages }} where documents are searched: "
                            + "the standard prompt does");
        }
        var messages = new ArrayList<Message>();
        addSystem(messages, text(system, variables.with("", passages)), asked);
        if (!shows("examples")) {
            for (var shot : shots) {
                addTurns(messages, shot.input(), variables, List.of());
                messages.add(Message.assistant(shot.reference()));
            }
        }
        addTurns(messages, asked, variables, passages);
        return List.copyOf(messages);
    }

    private static void addSystem(List<Message> messages, String shared, List<Message> asked) {
        var texts = new ArrayList<>(List.of(shared));
        asked.stream()
                .filter(turn -> turn.role() == Role.SYSTEM)
                .forEach(turn -> texts.add(turn.content()));
        texts.removeIf(String::isBlank);
        if (!texts.isEmpty()) {
            messages.add(Message.system(String.join("\n\n", texts)));
        }
    }

    /// All turns but the system's; the last is written as the user's text says.
    private void addTurns(
            List<Message> messages,
            List<Message> turns,
            PromptVariables variables,
            List<Passage> passages) {
        for (var turn : turns.subList(0, turns.size() - 1)) {
            if (turn.role() != Role.SYSTEM) {
                messages.add(turn);
            }
        }
        var last = turns.getLast();
        messages.add(
                new Message(last.role(), text(user, variables.with(last.content(), passages))));
    }

    private static String text(Template template, Map<String, Object> variables) {
        return template.render(variables, PromptVariables.NO_TIME).text();
    }
}
