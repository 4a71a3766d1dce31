package dev.sartor.constrain;

import dev.sartor.constrain.automaton.CharEncoding;
import dev.sartor.constrain.automaton.Expression;
import dev.sartor.constrain.automaton.Grammar;
import dev.sartor.constrain.automaton.RegexParser;
import dev.sartor.constrain.schema.JsonSchemaGrammar;
import dev.sartor.core.AnswerForm;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Prepares forms of answers for one model's vocabulary on the {@link FormThreads}, and keeps those that were used last as
/// long as there is memory for them. Thread-safe.
public final class Constraints {
    /// Memory of the forms that are kept: 256 MiB, but no more than a sixteenth of the heap.
    private static final long MOST_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 16);

    /// Of each kept form, its key counted.
    private static final int LEAST_BYTES = 4096;

    private final TokenTrie trie;
    private final int[] endings;
    private final Map<Key, GrammarConstraint.Form> forms = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Preparation> open = new HashMap<>();

    /// What tells forms apart. A schema's text, not its tree, which would be equal whatever the properties' order.
    private record Key(Class<?> kind, Object content) {}

    /// @param endings tokens that end a turn
    public Constraints(TokenTrie trie, List<Integer> endings) {
        this.trie = trie;
        this.endings = endings.stream().mapToInt(Integer::intValue).toArray();
    }

    /// What holds a row to a form; empty for free text.
    ///
    /// @param maxTokens the most tokens of the answer, the one that ends the turn not counted
    /// @throws dev.sartor.core.SartorException a user's error where the form cannot be held, or not within so few tokens
    public Optional<Constraint> of(AnswerForm form, int maxTokens) {
        return of(form, maxTokens, () -> {});
    }

    /// @param whileWaiting called now and then; throws where the caller needs the form no more
    public Optional<Constraint> of(AnswerForm form, int maxTokens, Runnable whileWaiting) {
        return switch (form) {
            case AnswerForm.FreeText _ -> Optional.empty();
            case AnswerForm.OneOf(var labels) ->
                    begun(key(form, labels), maxTokens, whileWaiting, () -> anyOf(labels));
            case AnswerForm.Matching(var regex, int _) ->
                    begun(key(form, regex), maxTokens, whileWaiting, () -> matching(regex));
            case AnswerForm.JsonText(var schema, int _) ->
                    begun(
                            key(form, schema.toString()),
                            maxTokens,
                            whileWaiting,
                            () -> JsonSchemaGrammar.of(schema));
        };
    }

    private static Key key(AnswerForm form, Object content) {
        return new Key(form.getClass(), content);
    }

    private static Grammar anyOf(List<String> labels) {
        return Grammar.of(new Expression.Choice(labels.stream().map(Expression::literal).toList()));
    }

    private static Grammar matching(String regex) {
        return Grammar.of(RegexParser.whole(regex, CharEncoding.UTF_8));
    }

    private Optional<Constraint> begun(
            Key key, int maxTokens, Runnable whileWaiting, Supplier<Grammar> grammar) {
        return Optional.of(form(key, whileWaiting, grammar).begin(maxTokens));
    }

    private GrammarConstraint.Form form(Key key, Runnable whileWaiting, Supplier<Grammar> grammar) {
        Preparation preparation;
        synchronized (forms) {
            var known = forms.get(key);
            if (known != null) {
                return known;
            }
            preparation = open.computeIfAbsent(key, _ -> begun(key, grammar));
            preparation.enter();
        }
        try {
            return preparation.await(whileWaiting);
        } finally {
            synchronized (forms) {
                if (preparation.leave()) {
                    open.remove(key, preparation);
                }
            }
        }
    }

    private Preparation begun(Key key, Supplier<Grammar> grammar) {
        var preparation = new Preparation();
        preparation.begin(() -> {
            var made = new GrammarConstraint.Form(grammar.get(), trie, endings);
            keep(key, made);
            return made;
        });
        return preparation;
    }

    private void keep(Key key, GrammarConstraint.Form made) {
        synchronized (forms) {
            forms.put(key, made);
            long bytes = forms.values().stream().mapToLong(Constraints::bytes).sum();
            for (var oldest = forms.entrySet().iterator(); bytes > MOST_BYTES; ) {
                bytes -= bytes(oldest.next().getValue());
                oldest.remove();
            }
        }
    }

    private static long bytes(GrammarConstraint.Form form) {
        return form.bytes() + LEAST_BYTES;
    }

    /// How many forms are kept.
    public int kept() {
        synchronized (forms) {
            return forms.size();
        }
    }
}
