package dev.sartor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Principal;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whose pages a prompt is given. A page holds 16 tokens.
class PagePoolScopeTest {
    private static final Object ADAPTER = "an adapter";
    private static final Principal ANN = new Principal(Set.of("user:ann", "tenant:acme"));
    private static final Principal BOB = new Principal(Set.of("user:bob", "tenant:acme"));

    /// What everybody's prompt begins with.
    private static final int OPEN = 40;

    private final PagePool pool = new PagePool(100);

    @Test
    void whatFollowsTheOpeningIsSharedWithNobodyElse() {
        asks(ANN, text(1));
        assertThat(asks(ANN, text(1))).isEqualTo(96);
        assertThat(asks(BOB, text(1))).isEqualTo(asks(BOB, text(2))).isEqualTo(32);
        assertThat(asks(BOB, text(1))).isEqualTo(96);
    }

    @Test
    void otherGroupsAreAnotherOwner() {
        asks(ANN, text(1));
        var changed = new Principal(Set.of("user:ann", "tenant:acme", "group:sales"));
        assertThat(asks(changed, text(1))).isEqualTo(32);
    }

    @Test
    void theOpeningItselfIsSharedByAllWhoUseTheAdapter() {
        assertThat(asks(ANN, text(1))).isZero();
        assertThat(asks(BOB, text(2))).isEqualTo(32);
        assertThat(shared("another adapter", new CacheScope(OPEN, ANN), text(1))).isZero();
    }

    @Test
    void aTextThatIsWrittenAsAnothersOpeningIsNotTakenForIt() {
        asks(ANN, text(1));
        assertThat(shared(ADAPTER, new CacheScope(0, BOB), text(1))).isZero();
        assertThat(shared(ADAPTER, new CacheScope(16, BOB), text(1))).isEqualTo(16);
    }

    @Test
    void anOpeningThatEndsWithAPageOrBehindThePromptIsSharedAsWell() {
        for (int open : new int[] {32, 96, 97, 1000}) {
            var fresh = new PagePool(100);
            var ann = new CacheScope(open, ANN);
            var bob = new CacheScope(open, BOB);
            fresh.computed(fresh.reserve(ADAPTER, ann, text(1), 100).orElseThrow().pages(), 97);
            int shared = fresh.reserve(ADAPTER, bob, text(1), 100).orElseThrow().shared();
            assertThat(shared).isEqualTo(Math.min(open, 96));
        }
    }

    private int asks(Principal principal, int[] text) {
        return shared(ADAPTER, new CacheScope(OPEN, principal), text);
    }

    private int shared(Object root, CacheScope scope, int[] text) {
        var reserved = pool.reserve(root, scope, text, text.length + 10).orElseThrow();
        pool.computed(reserved.pages(), text.length);
        pool.release(reserved.pages());
        return reserved.shared();
    }

    /// An opening and 57 tokens of its own.
    private static int[] text(int seed) {
        return IntStream.range(0, 97).map(i -> i < OPEN ? i : 1000 * seed + i).toArray();
    }
}
