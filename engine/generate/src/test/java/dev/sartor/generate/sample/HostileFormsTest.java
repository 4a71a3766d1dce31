package dev.sartor.generate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sartor.constrain.Constraints;
import dev.sartor.constrain.FormThreads;
import dev.sartor.constrain.Vocabularies;
import dev.sartor.constrain.automaton.Automaton;
import dev.sartor.constrain.automaton.Expression;
import dev.sartor.constrain.automaton.FormBudget;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// One caller's form may not take the memory or the time that all share. The time allowed here is that of a busy machine.
class HostileFormsTest {
    private static final Duration SOON = Duration.ofSeconds(25);
    private static final RandomAnswers ANSWERS =
            new RandomAnswers(Vocabularies.small(), Vocabularies.END);

    private static JsonNode json(String text) {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }

    private static int least(String schema) {
        return ANSWERS.least(new AnswerForm.JsonText(json(schema), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'string', 'maxLength': 2147483647}",
                "{'type': 'string', 'maxLength': 100000}",
                "{'type': 'string', 'minLength': 3, 'maxLength': 100000}",
                "{'type': 'string', 'pattern': '^[a-z ]*$', 'maxLength': 100000}",
            })
    void aLongStringIsCountedAndNotUnrolled(String schema) {
        assertTimeoutPreemptively(
                SOON,
                () -> {
                    assertThat(least(schema)).isLessThan(10);
                    var form = new AnswerForm.JsonText(json(schema), 60);
                    var wish = RandomAnswers.Wish.NEVER_TO_END;
                    var text = Json.mapper().readTree(ANSWERS.answer(form, 60, wish, 1));
                    assertThat(text.isString()).isTrue();
                });
    }

    @Test
    void aStringsLengthIsHeldToTheCharacterWhateverItsSize() {
        for (int length : new int[] {0, 1, 63, 64, 65, 127, 128, 4095, 4096, 4097, 4160, 12_345}) {
            var exact =
                    "{'type': 'string', 'minLength': %1$d, 'maxLength': %1$d}".formatted(length);
            int least = least(exact);
            var form = new AnswerForm.JsonText(json(exact), least + 1);
            var text = ANSWERS.answer(form, least, RandomAnswers.Wish.NOTHING, length);
            var said = Json.mapper().readTree(text).stringValue();
            assertThat(said.codePointCount(0, said.length())).isEqualTo(length);
            var most = "{'type': 'string', 'maxLength': %d}".formatted(length);
            var open = new AnswerForm.JsonText(json(most), 8 * length + 8);
            var constraint = ANSWERS.constraints().of(open, 8 * length + 8).orElseThrow();
            ("\"" + "a".repeat(length)).chars().forEach(c -> constraint.accept(1 + c));
            assertThat(constraint.allowed(9).contains(1 + 'a')).isFalse();
            assertThat(constraint.allowed(9).contains(1 + '"')).isTrue();
        }
    }

    @Test
    void whatMayBeLeftOutEachTimeIsRepeatedWithoutAllItsWays() {
        assertTimeoutPreemptively(
                SOON,
                () -> {
                    assertThat(ANSWERS.least(new AnswerForm.Matching("(a?){10000}", 1))).isZero();
                    assertThat(ANSWERS.least(new AnswerForm.Matching("(?:a?){5000}b", 1))).isOne();
                });
    }

    static List<String> tooLarge() {
        return List.of(
                "(a?b?){10000}",
                "(a|b)*a(a|b){20}",
                "((a{100}){100}){100}",
                "(((()){10000}){10000}){10000}",
                "[" + "😀".repeat(60_000) + "]",
                "\\p{L}\\p{Lu}\\p{Ll}\\p{N}".repeat(2000));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void anExpressionThatCostsTooMuchIsRefusedSoon(String regex) {
        assertTimeoutPreemptively(
                SOON,
                () ->
                        assertThatThrownBy(() -> ANSWERS.least(new AnswerForm.Matching(regex, 1)))
                                .isInstanceOf(SartorException.class)
                                .satisfies(e ->
                                        assertThat(((SartorException) e).isUnheldForm()).isTrue())
                                .hasMessageContaining("the form of the answer"));
    }

    /// java.util.regex would go back and forth for longer than anyone lives.
    @Test
    void aPatternIsMatchedInOnePass() {
        var schema =
                "{'enum': ['%s', 'aab'], 'pattern': '^a*a*a*a*a*a*a*a*a*b$'}"
                        .formatted("a".repeat(5000));
        assertTimeoutPreemptively(
                SOON,
                () -> {
                    var form = new AnswerForm.JsonText(json(schema), 10);
                    var text = ANSWERS.answer(form, 10, RandomAnswers.Wish.NOTHING, 1);
                    assertThat(text).isEqualTo("\"aab\"");
                });
    }

    @Test
    void oneOfOverNestedReferencesIsRefusedSoon() {
        var definitions =
                IntStream.range(0, 19)
                        .mapToObj(i ->
                                "'d%1$d': {'anyOf': [{'$ref': '#/$defs/d%2$d'}, {'$ref': '#/$defs/d%2$d'}, {'$ref': '#/$defs/d%2$d'}]}"
                                        .formatted(i, i + 1))
                        .collect(Collectors.joining(", "));
        var schema =
                "{'oneOf': [{'$ref': '#/$defs/d0'}, {'$ref': '#/$defs/d0'}], '$defs': {"
                        + definitions
                        + ", 'd19': {'type': 'string'}, 'd20': {}}}";
        refusedSoon(schema);
        refusedSoon(schema.replace("'d19': {'type': 'string'}", "'d19': {'const': 1}"));
        refusedSoon(
                schema.replaceFirst(
                        "\\{'\\$ref': '#/\\$defs/d0'\\}, ", "{'type': 'null'}, ")); // disjoint
    }

    @Test
    void aSchemaThatGrowsAsItIsReadIsRefusedSoon() {
        refusedSoon(
                "{'$ref': '#/$defs/a', '$defs': {'a': {'type': 'object', 'properties': {'p': {'allOf': ["
                        + "{'$ref': '#/$defs/a'}, {'type': 'object', 'properties': {'q': {'$ref': '#/$defs/a'},"
                        + " 'p': {'$ref': '#/$defs/b'}}}]}}}, 'b': {'type': 'object', 'properties': {'p':"
                        + " {'allOf': [{'$ref': '#/$defs/a'}, {'$ref': '#/$defs/b'}]}}}}}");
        refusedSoon("{'type': 'array', 'items': {'type': 'null'}, 'maxItems': 2147483647}");
        refusedSoon("{'type': 'number', 'minimum': 1e4000}");
    }

    private static void refusedSoon(String schema) {
        assertTimeoutPreemptively(
                SOON,
                () ->
                        assertThatThrownBy(() -> least(schema))
                                .isInstanceOf(SartorException.class)
                                .satisfies(e ->
                                        assertThat(((SartorException) e).kind())
                                                .isEqualTo(SartorException.Kind.USER)));
    }

    @Test
    void aLargeSchemaAndManyChoicesAreHeld() {
        var properties =
                IntStream.range(0, 1300)
                        .mapToObj(i ->
                                "'property_%d': {'type': 'string', 'maxLength': %d}"
                                        .formatted(i, 10 + i % 40))
                        .collect(Collectors.joining(", "));
        var schema = "{'type': 'object', 'properties': {" + properties + "}}";
        assertThat(schema.length()).isGreaterThan(1 << 16);
        var labels = IntStream.range(0, 1000).mapToObj("product-%04d"::formatted).toList();
        assertTimeoutPreemptively(
                SOON,
                () -> {
                    var form = new AnswerForm.JsonText(json(schema), 200);
                    var text = ANSWERS.answer(form, 200, RandomAnswers.Wish.NOTHING, 1);
                    assertThat(Json.mapper().readTree(text).isObject()).isTrue();
                    var label =
                            ANSWERS.answer(
                                    new AnswerForm.OneOf(labels),
                                    60,
                                    RandomAnswers.Wish.NOTHING,
                                    1);
                    assertThat(labels).contains(label);
                });
    }

    /// Of readers of one text, each that goes deeper calls the next: no stack may end on the engine's thread.
    @Test
    void aLongChainOfRulesIsReadWithoutAStack() {
        var definitions =
                IntStream.range(0, 900)
                        .mapToObj(i ->
                                "'d%d': {'anyOf': [{'$ref': '#/$defs/d%d'}, {'const': %d}]}"
                                        .formatted(i, i + 1, i))
                        .collect(Collectors.joining(", "));
        var schema =
                "{'$ref': '#/$defs/d0', '$defs': {" + definitions + ", 'd900': {'const': 900}}}";
        try {
            assertThat(least(schema)).isPositive();
        } catch (SartorException e) {
            assertThat(e.kind()).isEqualTo(SartorException.Kind.USER);
        }
    }

    @Test
    void oneFormIsPreparedOnceForAllWhoAskForIt() throws InterruptedException {
        var constraints = new Constraints(Vocabularies.small(), List.of(Vocabularies.END));
        var form = new AnswerForm.Matching("[a-z]{1,2000}x", 5000);
        var seen = new AtomicInteger();
        var threads =
                IntStream.range(0, 16)
                        .mapToObj(_ ->
                                Thread.startVirtualThread(() -> {
                                    if (constraints.of(form, 5000).isPresent()) {
                                        seen.incrementAndGet();
                                    }
                                }))
                        .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(seen).hasValue(16);
        assertThat(constraints.kept()).isOne();
    }

    @Test
    void preparationEndsWhenItsOnlyCallerHangsUp() {
        var constraints = new Constraints(Vocabularies.small(), List.of(Vocabularies.END));
        var release = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            FormThreads.run(() -> await(release));
        }
        var form = new AnswerForm.Matching("[a-z]{1,3}", 10);
        Runnable hangUp =
                () -> {
                    throw new IllegalStateException("hung up");
                };
        assertThatThrownBy(() -> constraints.of(form, 10, hangUp)).hasMessage("hung up");
        release.countDown();
        assertThat(constraints.of(new AnswerForm.Matching("[ab]", 2), 2)).isPresent();
        assertThat(constraints.kept()).isOne();
        assertThat(constraints.of(form, 10)).isPresent();
    }

    @Test
    void cancelledWorkEndsAtItsNextStep() {
        var budget = new FormBudget();
        budget.cancel();
        var large = new Expression.Repetition(Expression.literal("ab"), 5000, 9000);
        assertThatThrownBy(() -> budget.spend(() -> Automaton.of(large)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("nobody waits for this form");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void propertiesInAnotherOrderAreAnotherForm() {
        var one =
                "{'type':'object','required':['a','b'],'properties':{'a':{'const':1},'b':{'const':2}}}";
        var two =
                "{'type':'object','required':['a','b'],'properties':{'b':{'const':2},'a':{'const':1}}}";
        assertThat(keys(one)).startsWith("{\"a\"");
        assertThat(keys(two)).startsWith("{\"b\"");
    }

    private static String keys(String schema) {
        var form = new AnswerForm.JsonText(json(schema), 40);
        return ANSWERS.answer(form, 40, RandomAnswers.Wish.NOTHING, 2).replaceAll("\\s", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'enum': ['\\ud83d']}",
                "{'const': {'a': ['\\ude00']}}",
                "{'const': {'\\ud83d': 1}}",
                "{'properties': {'\\ud83d': {}}}",
                "{'required': ['a\\ud83d']}",
                "{'type': 'string', 'pattern': '\\ud83d'}",
            })
    void halvesOfCharactersAreRefusedByTheirPlace(String schema) {
        assertThatThrownBy(() -> least(schema))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("#/")
                .hasMessageContaining("half of a surrogate pair");
    }
}
