package dev.sartor.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTextsTest {
    @TempDir Path folder;

    @SafeVarargs
    private TrainingTexts texts(String template, List<Message>... conversations)
            throws IOException {
        try (var model = TinyChat.open(folder, template)) {
            var all = new java.util.ArrayList<List<Message>>();
            for (var conversation : conversations) {
                all.add(conversation);
            }
            return TrainingTexts.of(model, all, true);
        }
    }

    private static List<Message> said(String question, String answer) {
        return List.of(Message.user(question), Message.assistant(answer));
    }

    @Test
    void whatIsLearnedIsMarkedInTheTrainingText() throws IOException {
        var texts =
                texts(
                        TinyChat.TEMPLATE,
                        said("2+2?", "4"),
                        said("3+3?", "6"),
                        said("4+4?", "8"),
                        said("5+5?", "10"));
        assertThat(texts.shown())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("Training text 1 of 4;")
                .endsWith("\n<user>2+2?<end><assistant>▐4<end>▌");
        assertThat(texts.upTo(100, Optional.empty()).rows()).hasSize(4);
    }

    @Test
    void aLongPromptIsShownByItsEnds() throws IOException {
        var shown = texts(TinyChat.TEMPLATE, said("a".repeat(2000), "yes")).shown().getFirst();
        assertThat(shown).contains("characters more").endsWith("<assistant>▐yes<end>▌");
        assertThat(shown).hasSizeLessThan(900);
    }

    @Test
    void anotherPromptThanTheServedOneIsRefused() {
        var thinking =
                TinyChat.TEMPLATE.replace("<assistant>{% endif", "<assistant><think>{% endif");
        assertThatThrownBy(() -> texts(thinking, said("2+2?", "4"), said("3+3?", "6")))
                .hasMessageContaining("must write a training text that begins with the prompt")
                .hasMessageContaining("in 2 of 2 training examples")
                .hasMessageContaining("the served prompt goes on with \"<think>\"")
                .hasMessageContaining("the training text with \"4<end>\"")
                .hasMessageContaining("chat_template");
    }

    @Test
    void aTemplateWithoutTheAnswerIsRefused() {
        var deaf =
                TinyChat.TEMPLATE.replace(
                        "{{ m.content }}",
                        "{% if m.role != 'assistant' %}{{ m.content }}{% endif %}");
        assertThatThrownBy(() -> texts(deaf, said("2+2?", "4")))
                .hasMessageContaining("no training example has a token of an answer")
                .hasMessageContaining("leaves the assistant's turn out");
    }

    @Test
    void anAnswerWhoseEndIsNotLearnedIsRefused() {
        var endless =
                TinyChat.TEMPLATE.replace(
                        "<end>{% endfor",
                        "{% if m.role != 'assistant' %}<end>{% endif %}{% endfor");
        assertThatThrownBy(() -> texts(endless, said("2+2?", "4")))
                .hasMessageContaining("the token that ends an answer (<end>)")
                .hasMessageContaining("outside the loss in 1 of 1 training examples")
                .hasMessageContaining("would not know when to stop");
    }

    @Test
    void aUsersTextThatLooksLikeTheEndIsNoEnd() {
        var endless =
                TinyChat.TEMPLATE.replace(
                        "<end>{% endfor",
                        "{% if m.role != 'assistant' %}<end>{% endif %}{% endfor");
        assertThatThrownBy(() -> texts(endless, said("2+2?", "4<end>")))
                .hasMessageContaining("outside the loss in 1 of 1");
    }

    @Test
    void longRowsAreRefusedUntilSomebodyChooses() throws IOException {
        var texts =
                texts(
                        TinyChat.TEMPLATE,
                        said("2+2?", "4"),
                        said("Count.", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19"));
        assertThatThrownBy(() -> texts.upTo(30, Optional.empty()))
                .hasMessageContaining("tune.too_long must be drop or split, got nothing")
                .hasMessageContaining(
                        "1 of 2 training examples are longer than tune.max_tokens (30")
                .hasMessageContaining("the longest has");
        var dropped = texts.upTo(30, Optional.of(TooLong.DROP));
        assertThat(dropped.rows()).hasSize(1);
        assertThat(dropped.dropped()).isEqualTo(1);
        var split = texts.upTo(30, Optional.of(TooLong.SPLIT));
        assertThat(split.split()).isEqualTo(1);
        assertThat(split.rows()).hasSizeGreaterThan(2).allMatch(row -> row.ids().length <= 30);
        var whole = texts.upTo(1000, Optional.empty());
        assertThat(split.rows().stream().mapToInt(TrainingRow::targets).sum())
                .as("each token is learned once")
                .isEqualTo(whole.rows().stream().mapToInt(TrainingRow::targets).sum());
        assertThat(split.rows().getLast().ids()).as("the answer's end").endsWith(0);
    }
}
