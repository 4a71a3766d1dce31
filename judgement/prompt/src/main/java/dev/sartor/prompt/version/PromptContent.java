package dev.sartor.prompt.version;

import dev.sartor.core.Example;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Problems;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.core.file.Sha256;
import dev.sartor.prompt.ExampleSelection;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.prompt.PromptTemplate;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What a prompt says to the model, whatever is asked. Its digest is the version's name: the same words are the same version.
///
/// @param instruction what a person would be told, without space around it
/// @param texts the prompt's own texts; empty for the standard ones
/// @param examples shown before every question, in this order
/// @param readers who may be told what stands here, and so may be answered by it: of the rows that it shows, and was chosen
///     by
public record PromptContent(
        String instruction, Optional<Texts> texts, List<Shot> examples, Readers readers) {
    /// So many digits of the digest are a version's id.
    public static final int ID_DIGITS = 12;

    private static final int SHORT_DIGITS = 8;

    /// The system's and the user's turn, in the template language.
    public record Texts(String system, String user) {
        public Texts {
            PromptTemplate.of(system, user);
        }
    }

    public PromptContent {
        instruction = instruction.strip();
        examples = List.copyOf(examples);
        Problems.refuseUnless(
                !instruction.isEmpty(),
                "the prompt's instruction",
                "a text",
                "nothing",
                "say what a person would be told");
    }

    /// The instruction in the standard prompt, without examples.
    public static PromptContent of(String instruction) {
        return new PromptContent(instruction, Optional.empty(), List.of(), Readers.everyone());
    }

    public PromptContent withInstruction(String other) {
        return new PromptContent(other, texts, examples, readers);
    }

    public PromptContent with(Texts own) {
        return new PromptContent(instruction, Optional.of(own), examples, readers);
    }

    /// With these rows before every question, in this order, in place of others. Whoever may not read one of them may not
    /// be answered by it.
    public PromptContent withExamples(List<Example> rows) {
        var all = readers;
        for (var row : rows) {
            all = all.and(row.readers());
        }
        return new PromptContent(instruction, texts, rows.stream().map(Shot::of).toList(), all);
    }

    /// Without examples. Who may be answered by it stays as it was.
    public PromptContent withoutExamples() {
        return new PromptContent(instruction, texts, List.of(), readers);
    }

    /// Narrows who may be answered by it: by the rows that it was chosen by.
    public PromptContent withReaders(Readers also) {
        return new PromptContent(instruction, texts, examples, readers.and(also));
    }

    public PromptTemplate template() {
        return texts.map(own -> PromptTemplate.of(own.system(), own.user()))
                .orElseGet(PromptTemplate::standard);
    }

    /// The examples, but for the one that is the question itself, whose answer it would give away.
    public ExampleSelection selection() {
        return ExampleSelection.always(examples.stream().map(Shot::example).toList());
    }

    /// The messages that ask a question of the task, with the examples and with passages before it.
    ///
    /// @param passages best first; the best is number 1 wherever it stands
    public List<Message> messages(
            Task task, Question question, List<Passage> passages, PassageOrder order) {
        var shown = selection().select(List.of(question)).getFirst();
        return template().grounded(on(task), question, shown, passages, order);
    }

    /// The task with this instruction.
    public Task on(Task task) {
        return new Task(
                task.name(),
                instruction,
                task.labels(),
                task.metric(),
                task.target(),
                task.margin(),
                task.unanswerable(),
                task.maxAnswerTokens());
    }

    /// What it says or asks for besides its instruction and texts, for digests; empty where it is nothing.
    public Optional<String> further() {
        return examples.isEmpty() && readers.isEveryone()
                ? Optional.empty()
                : Optional.of("prompt version " + digest());
    }

    /// All of it as one line of JSON, of which the digest is.
    public String canonical() {
        return PromptJson.canonical(this);
    }

    /// What {@link #canonical} wrote.
    ///
    /// @param where it stands, for messages
    /// @throws SartorException a user's error where it is something else
    public static PromptContent read(String canonical, String where) {
        try {
            return PromptFile.read(Json.mapper().readTree(canonical), where).content();
        } catch (JacksonException e) {
            throw SartorException.user(where + " is no prompt: " + e.getOriginalMessage(), e);
        }
    }

    /// The SHA-256 of all of it, 64 hexadecimal digits.
    public String digest() {
        return Sha256.of(canonical());
    }

    /// The first digits of the digest.
    public String id() {
        return id(digest());
    }

    /// The id of the version with a digest.
    public static String id(String digest) {
        return digest.substring(0, ID_DIGITS);
    }

    /// Of an id the digits that candidates with that version are called by.
    public static String shortId(String id) {
        return id.substring(0, SHORT_DIGITS);
    }
}
