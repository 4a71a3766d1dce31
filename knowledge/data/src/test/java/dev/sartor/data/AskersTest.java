package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Example;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskersTest {
    @TempDir Path folder;

    private List<Example> read(String name, String text, ReadRules rules) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        return ExampleReader.read(file, DataFormat.AUTO, rules).examples();
    }

    private Optional<Principal> asker(String value) throws IOException {
        var row = "{\"prompt\": \"a\", \"completion\": \"b\", \"asker\": " + value + "}\n";
        return read("rows.jsonl", row, ReadRules.any()).getFirst().asker();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"user:ann\" | user:ann",
                "\"ann\" | user:ann",
                "7 | user:7",
                "\"customer-7; group:gold\" | user:customer-7,group:gold",
                "[\"user:ann\", \"group:sales\"] | user:ann,group:sales",
                "{\"user\": \"ann\", \"groups\": [\"sales\"], \"tenant\": \"acme\"} | user:ann,group:sales,tenant:acme",
                "{\"groups\": [\"sales\"]} | group:sales"
            })
    void anAskerIsNamedAsReadersAndOptionsNameHim(String value, String names) throws IOException {
        assertThat(asker(value)).contains(new Principal(Set.of(names.split(","))));
    }

    @Test
    void aRowWithoutAnAskerOrOfTheOneAtThisMachineIsAskedByNobodyInParticular() throws IOException {
        assertThat(asker("\"local\"")).isEmpty();
        var rows = read("a.jsonl", "{\"prompt\": \"a\", \"completion\": \"b\"}", ReadRules.any());
        assertThat(rows.getFirst().asker()).isEmpty();
        assertThat(rows.getFirst().principal()).isEqualTo(Principal.local());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\" \"",
                "null",
                "[]",
                "{}",
                "\"ann;\"",
                "[\"\"]",
                "true",
                "{\"groups\": \"sales\"}"
            })
    void anAskerThatIsEmptyIsRefused(String value) {
        assertThatThrownBy(() -> asker(value))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("'asker' must name who asks, such as user:ann;group:sales")
                .hasMessageContaining("write local, or leave the field out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "groop:sales | must hold names such as user:ann, group:sales or tenant:acme, got 'groop:sales'. Did you mean 'group'?",
                "!ann | must hold names such as user:ann",
                "user: | must hold names such as user:ann",
                "everyone | must name one who asks, got 'everyone': where nobody in particular does, write local alone",
                "ann;local | must name one who asks, got 'local'"
            })
    void whatNamesNobodyIsRefused(String value, String problem) {
        assertThatThrownBy(() -> asker("\"" + value + "\"")).hasMessageContaining(problem);
    }

    @Test
    void anUnknownKeyOfAnAskerIsNamed() {
        assertThatThrownBy(() -> asker("{\"group\": [\"sales\"]}"))
                .hasMessageContaining(
                        "'asker' has the unknown key 'group'; there are user, groups, tenant.");
    }

    @Test
    void whatTwoAskAlikeAndAreAnsweredDifferentlyIsNoLeakAndNoContradiction() throws IOException {
        var train = rows("train", "ann", "5", "bob", "6");
        var test = rows("test", "eve", "7", "ann", "8", "joe", "6");
        assertThat(Repeats.in(train)).isEqualTo(Repeats.none());
        var found = Leakage.find(train, List.of(), test);
        assertThat(found.leaks())
                .extracting(leak -> leak.test().id() + " " + leak.other().id())
                .as("the same asker, or the same answer")
                .containsExactly("test:2 train:1", "test:3 train:2");
        var rest = rows("rest", "carl", "9", "ann", "1");
        assertThat(found.dropFromTraining(rest, List.of()).train())
                .extracting(Example::id)
                .containsExactly("rest:1");
    }

    private List<Example> rows(String name, String... askersAndAnswers) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < askersAndAnswers.length; i += 2) {
            text.append(
                    "{\"prompt\": \"My discount?\", \"completion\": \"%s\", \"asker\": \"%s\"}%n"
                            .formatted(askersAndAnswers[i + 1], askersAndAnswers[i]));
        }
        return read(name + ".jsonl", text.toString(), ReadRules.any());
    }

    @Test
    void aColumnOfAnotherNameSaysWhoAsks() throws IOException {
        var rows =
                read(
                        "rows.csv",
                        "prompt,completion,customer\na,b,42\nc,d,local\n",
                        ReadRules.any().withAskers("customer"));
        assertThat(rows.getFirst().asker()).contains(new Principal(Set.of("user:42")));
        assertThat(rows.getLast().asker()).isEmpty();
    }
}
