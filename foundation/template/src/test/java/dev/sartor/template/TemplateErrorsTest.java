package dev.sartor.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    a⏎{% if x %}⏎b ¦ template line 3: expected '{% elif %}'
                    ⏎⏎{{ x | nope }} ¦ template line 3: there is no filter 'nope'; there are abs, attr,
                    ⏎{{ x is nope }} ¦ template line 2: there is no test 'nope'
                    {{ 1 + }} ¦ template line 1: expected an expression, found '}}'
                    ⏎{{ x ¦ template line 2: a tag has no end '}}'
                    ⏎{{ 'x }} ¦ template line 2: a string has no end '
                    ⏎{# x ¦ template line 2: a comment has no end '#}'
                    ⏎{% include 'x' %} ¦ template line 2: unknown tag 'include'
                    ⏎{% break %} ¦ template line 2: 'break' outside of a loop
                    {{ a b }} ¦ template line 1: expected '}}', found 'b'
                    {{ (a] }} ¦ template line 1: ']' closes nothing that is open
                    {% set true = 1 %} ¦ template line 1: 'true' cannot be assigned to
                    {{ ? }} ¦ template line 1: unexpected character '?'
                    """)
    void aSyntaxErrorNamesItsLineAndWhatWasExpected(String template, String message) {
        assertThatThrownBy(() -> Template.parse(template.replace('⏎', '\n')))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                .hasMessageStartingWith(message.split("'\\{% elif", 2)[0]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    ⏎{{ raise_exception('Only ' ~ 2 ~ ' roles') }} ¦ template line 2: the template refuses: Only 2 roles
                    ⏎⏎{{ nope.x }} ¦ template line 3: 'nope' is undefined
                    {{ m.nope.x }} ¦ template line 1: 'dict object' has no attribute 'nope'
                    {{ 'a' + 1 }} ¦ template line 1: '+' does not work between 'str' and 'int'
                    {{ [].append(1) }} ¦ template line 1: 'list object' has no attribute 'append'
                    {{ m.update({}) }} ¦ template line 1: 'dict object' has no attribute 'update'
                    {% macro f() %}⏎⏎{{ 1 / 0 }}{% endmacro %}⏎{{ f() }} ¦ template line 3: division by zero
                    {% macro f(a) %}{% endmacro %}{{ f(b=1) }} ¦ template line 1: macro 'f' has no parameter 'b'
                    {{ 'x'.replace('y') }} ¦ template line 1: replace needs its argument 'new'
                    {{ 'x'.strip(nope=1) }} ¦ template line 1: strip has no parameter 'nope'
                    {{ 1 in 1 }} ¦ template line 1: 'int' cannot be looped over
                    {{ {[]: 1} }} ¦ template line 1: a mapping's key must be a text, number or tuple, got list
                    """)
    void anErrorWhileRenderingNamesItsLine(String template, String message) {
        var variables = Map.of("m", Map.of("a", 1));
        var parsed = Template.parse(template.replace('⏎', '\n'));
        assertThatThrownBy(() -> parsed.render(variables, References.CLOCK))
                .isInstanceOf(SartorException.class)
                .hasMessage(message);
    }

    @Test
    void aTemplateTellsWhichNamesItNeedsFromOutside() {
        var template =
                Template.parse(
                        "{% set a = b %}{{ a }}{% for c in d %}{{ c.e }}{{ loop.index }}{% endfor %}{% macro f(g, h=i) %}{{ g ~ varargs }}{% endmacro %}{{ f(range(2)) }}{% if j is defined %}{% endif %}");
        assertThat(template.names()).containsExactlyInAnyOrder("b", "d", "i", "range", "j");
    }

    @Test
    void variablesOfUnknownTypesAreOurDefect() {
        var template = Template.parse("{{ x }}");
        assertThatThrownBy(() -> template.render(Map.of("x", new Object()), References.CLOCK))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.DEFECT));
    }
}
