package dev.sartor.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Message;
import dev.sartor.core.SartorException;
import dev.sartor.template.value.TemplateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A hostile template ends in a user's error that names the limit: no hang, no exhausted memory or stack.
class LimitsTest {
    /// Each would run for years or need terabytes. A step of a second of work is allowed for slow machines.
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    {% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %} ¦ 'steps'
                    {% for a in range(10000) %}{% for b in range(10000) if false %}{% endfor %}{% endfor %} ¦ 'steps'
                    {% for a in range(999999999) %}{% endfor %} ¦ 'range'
                    {{ 'x' * 99999999999 }} ¦ 'characters'
                    {% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %} ¦ 'characters'
                    {% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %} ¦ 1000000 values
                    {% set ns = namespace(s='x') %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% endfor %} ¦ 200 lists
                    {% set ns = namespace(s=[1] * 1000) %}{% for i in range(9999) %}{{ ns.s == ns.s + [] }}{% endfor %} ¦ 'steps'
                    {% set l = [1] * 900000 %}{% for i in range(9999) %}{{ l | tojson | length }}{% endfor %} ¦ 'steps'
                    {{ [1] * 99999999 }} ¦ 'steps'
                    {% set ns = namespace() %}{% set ns.a = [ns, ns] %}{{ ns }} ¦ 200 values
                    {{ 'a\tb'.expandtabs(999999999) }} ¦ 'characters'
                    {% set s = 'é' * 2000000 %}{{ s | urlencode }} ¦ 'characters'
                    {% set c = cycler('a') %}{% for i in range(99999) %}{% for j in range(99999) %}{% set d = c.next() %}{% endfor %}{% endfor %} ¦ 'steps'
                    {% macro m() %}{{ m() }}{% endmacro %}{{ m() }} ¦ 'depth'
                    {% for n in [1] recursive %}{{ loop([1]) }}{% endfor %} ¦ 'depth'
                    {% set s = 'a' * 4000000 %}{{ (s + s) is in (s ~ 'b' ~ s) }} ¦ 'steps'
                    {% set s = 'a' * 2000000 %}{% set t = 'a' * 1000000 + 'b' %}{{ t in s }} ¦ 'steps'
                    {% set s = 'a' * 2000000 %}{% set t = 'a' * 1000000 + 'b' %}{{ s.count(t) }} ¦ 'steps'
                    {% set s = 'a' * 2000000 %}{% set t = 'a' * 1000000 + 'b' %}{{ s.split(t) }} ¦ 'steps'
                    {% set s = 'a' * 2000000 %}{{ s.strip('b' * 1000000 + 'a') }} ¦ 'steps'
                    {{ 9 ** 9 ** 9 ** 9 ** 9 }} ¦ 4096 bits
                    {{ 2 ** 99999999999999999999 }} ¦ 4096 bits
                    {% set ns = namespace(s=9) %}{% for i in range(99) %}{% set ns.s = ns.s * ns.s %}{% endfor %} ¦ 4096 bits
                    {{ '%999999999s' % 'a' }} ¦ too large
                    {{ '%9999999.9999999f' % 1.5 }} ¦ 400 decimals
                    {{ '{:9999999}'.format('a') * 2 }} ¦ 'characters'
                    {{ 'a'.center(999999999) }} ¦ 'characters'
                    {{ 'a' | indent(999999999) }} ¦ 'characters'
                    {{ [[1]] | tojson(indent=999999999) }} ¦ at most 100
                    {{ 1.5 | round(999999999) }} ¦ 400 decimals
                    {{ [1] | batch(999999999, 'x') | list }} ¦ 'steps'
                    {{ [1] | slice(999999999) | list }} ¦ 'steps'
                    {{ ('9' * 8000000) | int }} ¦ 'steps'
                    {% set s = 'a' * 100000 %}{% for c in s %}{% for d in s %}{% endfor %}{% endfor %} ¦ 'steps'
                    {% set s = 'a' * 1000000 %}{% for i in range(99999) %}{{ (s ~ i) | upper | length }}{% endfor %} ¦ 'steps'
                    {% set s = 'a' * 1000000 %}{% for i in range(99999) %}{% if s[1:] == s[:-1] %}{% endif %}{% endfor %} ¦ 'steps'
                    {% for i in range(99999) %}{{ '%s' % ([i] * 1000) }}{% endfor %} ¦ 'steps'
                    {% set l = range(9999) | list %}{% for i in range(99999) %}{{ i in l }}{% endfor %} ¦ 'steps'
                    """)
    void hostileTemplatesAreRefusedByTheNameOfALimit(String template, String limit) {
        var begin = Instant.now();
        assertThatThrownBy(() -> Template.parse(template).render(Map.of(), References.CLOCK))
                .isInstanceOf(SartorException.class)
                .hasMessageStartingWith("template line 1: ")
                .hasMessageContaining(limit);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void deepNestingInTheSourceIsRefused() {
        var pairs =
                Map.of("(", ")", "[", "]", "{1:", "}", "-", "", "not ", "", "(a,", ")", "a[", "]");
        pairs.forEach((open, close) ->
                refusesNesting("{{ " + open.repeat(50_000) + "1" + close.repeat(50_000) + " }}"));
        refusesNesting("{% if a %}".repeat(50_000));
        refusesNesting("{% macro a(b) %}".repeat(50_000));
        refusesNesting("{{ " + "a if b else ".repeat(50_000) + "c }}");
        assertThatThrownBy(() -> Template.parse("x".repeat(1_000_001)))
                .hasMessageContaining("at most 1000000 characters");
    }

    private static void refusesNesting(String source) {
        assertThatThrownBy(() -> Template.parse(source))
                .as(source.substring(0, 20))
                .hasMessageContaining("more than 100 expressions or blocks in each other");
    }

    @Test
    void longChainsAreRefusedRatherThanOverflowingTheStack() {
        for (var link : List.of(" + 1", " | string", ".a", " is string", "[0]", "(1)", " ** 1")) {
            var template =
                    Template.parse(
                            "{{ 1" + link.repeat(5_000).replaceFirst(" is .*", link) + " }}");
            if (!link.startsWith(" is")) {
                assertThatThrownBy(() -> template.render(Map.of(), References.CLOCK))
                        .as(link)
                        .hasMessageContaining("template limit 'depth'");
            }
        }
    }

    /// 512 KiB is half of a thread's usual stack; on a yet smaller one the error is still the user's.
    @Test
    void theDeepestAllowedTemplateFitsIntoASmallStack() throws InterruptedException {
        assertThat(failureOnAStackOf(512 << 10)).hasMessageContaining("more than 400 deep");
        assertThat(failureOnAStackOf(128 << 10))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("'depth'");
    }

    private static Throwable failureOnAStackOf(long bytes) throws InterruptedException {
        var template =
                Template.parse(
                        "{% macro m(k) %}{% if k %}{% for i in [1] %}{{ [m(k - 1)] | join | trim }}{% endfor %}{% endif %}x{% endmacro %}{{ m(1000) }}");
        var failure = new AtomicReference<Throwable>();
        var thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                template.render(Map.of(), References.CLOCK);
                            } catch (Throwable e) {
                                failure.set(e);
                            }
                        },
                        "small stack",
                        bytes);
        thread.start();
        thread.join();
        return Objects.requireNonNull(failure.get());
    }

    @Test
    void limitsAreTheCallers() {
        var template = Template.parse("{% for i in range(9) %}xx{% endfor %}");
        assertThat(template.render(Map.of(), References.CLOCK).text()).hasSize(18);
        var few = new TemplateLimits(1000, 17, 10, 100);
        assertThatThrownBy(() -> template.render(Map.of(), few, References.CLOCK))
                .hasMessage(
                        "template line 1: a text grows beyond 17 characters (template limit 'characters')");
        assertThatThrownBy(() -> new TemplateLimits(0, 1, 1, 1))
                .hasMessageContaining("'steps' must be at least 1, got 0");
        assertThatThrownBy(() -> new TemplateLimits(1, 1, 5000, 1))
                .hasMessageContaining("'depth' must be 1 to 1000, got 5000");
    }

    @Test
    void aMillionCharactersOfConversationStayWithinTheStandardLimits() {
        var template =
                Template.parse(
                        "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content | trim + '<|im_end|>\\n' }}{% endfor %}");
        var message = Message.user("word ".repeat(200));
        var messages = Collections.nCopies(1000, message);
        var rendered = template.render(Map.of("messages", messages), References.CLOCK);
        assertThat(rendered.text()).hasSizeGreaterThan(1_000_000);
        assertThat(rendered.data()).hasSize(1000);
    }
}
