package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Fusion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What earlier messages do to a search over the sample's handbook: two questions, and the passage that answers the second
/// by its document and by words of it.
@Tag("models")
class FollowUpsTest {
    private static final String FOLLOW_UPS =
            """
            How much does the Otter weigh without its battery? | And the Heron? | products/heron.md | weighs 58 kg
            What is the tyre pressure of the Otter? | What about the Wren? | products/wren.md | 4.6 bar
            How far does the Wren go on one charge? | and the Heron? | products/heron.md | 62 km
            Which colours does the Otter come in? | And the Wren? | products/wren.md | Oat and Moss
            How long does it take to charge a Slab? | Can I do that outdoors? | products/charger.md | out of doors
            The charger shows no light at all. | Which fuse do I need? | products/charger.md | type 5 A
            Can I rent a second charger? | How much is it to buy one? | products/charger.md | 74 crowns
            My lock is stuck. | Can I use oil? | products/latch-lock.md | Never use oil
            I lost a card of my Latch lock. | What does a new one cost? | products/latch-lock.md | 8 crowns
            How loud is the alarm of the lock? | How do I silence it on a ferry? | products/latch-lock.md | Ferry mode
            Where is the Ostby dock? | Who runs it? | docks/ostby.md | Marit
            Can I leave my bike at Ostby at night? | Where do the keys go? | docks/ostby.md | blue slot
            How do I get to the dock at Calder Quay? | When are test rides there? | docks/calder-quay.md | Thursdays
            What does a visit of the Tinker van cost? | And if nobody is at home? | docks/mobile-mechanic.md | 13 crowns
            How do I book the van? | Until when can I call it off? | docks/mobile-mechanic.md | three hours ahead
            Do I get a loan bike during a repair? | Which model will it be? | docks/loan-bikes.md | you get an Otter
            Is the loan bike free? | And after ten days? | docks/loan-bikes.md | eleventh day
            What do two red flashes on the Slab mean? | And a blue one? | products/slab-battery.md | blue pulse
            Can I send my Slab by post? | And take it on a plane? | products/slab-battery.md | aeroplanes
            I lost the key of my battery. | How long until I get a new one? | products/slab-battery.md | three days
            How many children can ride in the Heron's box? | How much weight does it hold? | products/heron.md | 140 kg
            Does the Heron have a parking brake? | How steep may the slope be? | products/heron.md | 9 percent
            How high does the Wren fold? | May I carry it by the saddle? | products/wren.md | by its saddle
            Where is the Saltreed dock? | Do they do motor work? | docks/small-docks.md | motor work
            """;

    private static final String OTHER_TOPICS =
            """
            How much does the Otter weigh without its battery? | Which fuse does the charger take? | products/charger.md | type 5 A
            My lock is stuck, can I use oil? | When are test rides at Calder Quay? | docks/calder-quay.md | Thursdays
            Where is the Ostby dock? | What is the tyre pressure of the Wren? | products/wren.md | 4.6 bar
            Do I get a loan bike during a repair? | How do I silence the Latch on a ferry? | products/latch-lock.md | Ferry mode
            Which colours does the Otter come in? | May Slabs go on aeroplanes? | products/slab-battery.md | aeroplanes
            How do I book the van? | How many children can ride in the Heron? | products/heron.md | seats two children
            What do two red flashes on the Slab mean? | What does a call-out of the Tinker van cost? | docks/mobile-mechanic.md | 19 crowns
            Is the loan bike free? | How far does the Heron travel on a charge? | products/heron.md | 62 km
            Who runs the Ostby dock? | How long does the Wren's belt last? | products/wren.md | 9,000 km
            How long does it take to charge a Slab? | Which model do I get as a loan bike? | docks/loan-bikes.md | you get an Otter
            Can I rent a second charger? | Who is the dock lead at Calder Quay? | docks/calder-quay.md | Ingo
            Does the Heron have a parking brake? | What does a new Latch card cost? | products/latch-lock.md | 8 crowns
            """;

    private record Talk(String before, String last, String document, String words) {
        static List<Talk> all(String text) {
            return text.lines()
                    .map(line -> List.of(line.split(" \\| ")))
                    .map(parts -> new Talk(parts.get(0), parts.get(1), parts.get(2), parts.get(3)))
                    .toList();
        }
    }

    @TempDir private Path folder;

    @BeforeEach
    void index() {
        var screen = Screen.file(Caches.standard().root());
        int code =
                screen.sartor(
                        "index",
                        Checkout.file("samples/helpdesk/documents").toString(),
                        "--out",
                        folder.resolve("shelf").toString(),
                        "--public");
        assertThat(code).as(screen.remarks()).isZero();
    }

    /// How many of the second questions are answered by one of three passages, each asked alone and after the first.
    private record Answered(int alone, int inConversation) {}

    private static Answered answered(Retriever lookup, List<Talk> talks) {
        int alone = 0;
        int inConversation = 0;
        for (var talk : talks) {
            var last = Message.user(talk.last());
            alone += finds(lookup, talk, List.of(last));
            inConversation +=
                    finds(
                            lookup,
                            talk,
                            List.of(
                                    Message.user(talk.before()),
                                    Message.assistant("Let me see."),
                                    last));
        }
        return new Answered(alone, inConversation);
    }

    private static int finds(Retriever lookup, Talk talk, List<Message> messages) {
        var question =
                new Question(
                        "1",
                        messages,
                        new AnswerForm.FreeText(1),
                        Sampling.greedy(),
                        Principal.local());
        return lookup.find(List.of(question)).getFirst().stream()
                        .anyMatch(passage ->
                                passage.document().equals(talk.document())
                                        && passage.text().contains(talk.words()))
                ? 1
                : 0;
    }

    @Test
    void aFollowUpIsFoundWithTheQuestionBeforeAndAnotherTopicIsNotLost() {
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        var embedders = new HubEmbedders(hub, Progress.silent());
        try (var index = PersistentIndex.open(folder.resolve("shelf"), embedders.opening())) {
            var settings = new RetrievalSettings(3, SearchMode.HYBRID, false);
            var lookup = new Retriever(index, settings, Fusion.usual());
            // Seen: 16 of 24 and 23 of 24, 11 of 12 and 11 of 12.
            var followUps = answered(lookup, Talk.all(FOLLOW_UPS));
            assertThat(followUps.alone()).isLessThanOrEqualTo(18);
            assertThat(followUps.inConversation()).isGreaterThanOrEqualTo(22);
            var others = answered(lookup, Talk.all(OTHER_TOPICS));
            assertThat(others.inConversation()).isGreaterThanOrEqualTo(others.alone() - 1);
        }
    }
}
