package dev.sartor.generate;

import dev.sartor.core.AnswerForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Prepares forms of answers for one model's vocabulary, and keeps those that were used last. Thread-safe.
final class Constraints {
    private static final int MOST_KEPT = 16;

    private final TokenTrie trie;
    private final int[] endings;
    private final Map<Object, GrammarConstraint.Form> forms = new LinkedHashMap<>(16, 0.75f, true);

    /// @param endings tokens that end a turn
    Constraints(TokenTrie trie, List<Integer> endings) {
        this.trie = trie;
        this.endings = endings.stream().mapToInt(Integer::intValue).toArray();
    }

    /// What holds a row to a form; empty for free text.
    ///
    /// @param maxTokens the most tokens of the answer, the one that ends the turn not counted
    /// @throws dev.sartor.core.SartorException a user's error where the form cannot be held, or not within so few tokens
    Optional<Constraint> of(AnswerForm form, int maxTokens) {
        return switch (form) {
            case AnswerForm.FreeText _ -> Optional.empty();
            case AnswerForm.OneOf(var labels) ->
                    begun(labels, maxTokens, () -> Grammar.of(anyOf(labels)));
            case AnswerForm.Matching(var regex, int _) ->
                    begun(
                            regex,
                            maxTokens,
                            () -> Grammar.of(RegexParser.whole(regex, CharEncoding.UTF_8)));
            case AnswerForm.JsonText(var schema, int _) ->
                    begun(schema, maxTokens, () -> JsonSchemaGrammar.of(schema));
        };
    }

    private static Expression anyOf(List<String> labels) {
        return new Expression.Choice(labels.stream().map(Expression::literal).toList());
    }

    private Optional<Constraint> begun(Object key, int maxTokens, Supplier<Grammar> grammar) {
        return Optional.of(form(key, grammar).begin(maxTokens));
    }

    private GrammarConstraint.Form form(Object key, Supplier<Grammar> grammar) {
        synchronized (forms) {
            var known = forms.get(key);
            if (known != null) {
                return known;
            }
        }
        var made = new GrammarConstraint.Form(grammar.get(), trie, endings);
        synchronized (forms) {
            forms.put(key, made);
            if (forms.size() > MOST_KEPT) {
                forms.remove(forms.keySet().iterator().next());
            }
        }
        return made;
    }
}
