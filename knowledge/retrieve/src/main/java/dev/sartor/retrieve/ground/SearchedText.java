package dev.sartor.retrieve.ground;

import dev.sartor.core.Message;
import dev.sartor.core.Question;
import dev.sartor.core.Role;
import java.util.ArrayList;
import java.util.Collections;

/// What is searched for where a question ends a conversation: the user's last message, and, as "and for the other one?" tells
/// of nothing by itself, the two messages of the user before it. The last stands there three times, so that it outweighs
/// them where the talk has turned to something else: see decision 0021. Without a conversation it is the message as it is.
final class SearchedText {
    private static final int EARLIER = 2;
    private static final int TIMES = 3;

    private SearchedText() {}

    static String of(Question question) {
        var said =
                question.messages().reversed().stream()
                        .filter(message -> message.role() == Role.USER)
                        .map(Message::content)
                        .limit(1 + EARLIER)
                        .toList();
        if (said.isEmpty()) {
            return question.text();
        }
        var earlier = said.subList(1, said.size());
        var texts =
                new ArrayList<>(
                        Collections.nCopies(earlier.isEmpty() ? 1 : TIMES, said.getFirst()));
        texts.addAll(earlier);
        return String.join("\n", texts);
    }
}
