package dev.sartor.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineTest {
    private record One(String flow, Object holder, long cost) implements Line.Waiting {
        private One(String flow, long cost) {
            this(flow, flow, cost);
        }
    }

    private static List<String> order(Line<One> line, int most) {
        var order = new ArrayList<String>();
        for (int i = 0; i < most; i++) {
            line.next(_ -> true, _ -> true).ifPresent(one -> order.add(one.flow()));
        }
        return order;
    }

    @Test
    void whoeverAsksMoreOftenHasNoMoreTurns() {
        var line = new Line<One>();
        for (int i = 0; i < 100; i++) {
            line.add(new One("flood", Line.QUANTUM));
        }
        for (int i = 0; i < 3; i++) {
            line.add(new One("ann", Line.QUANTUM));
            line.add(new One("ben", Line.QUANTUM));
        }
        assertThat(order(line, 9))
                .containsExactly(
                        "flood", "ann", "ben", "flood", "ann", "ben", "flood", "ann", "ben");
        assertThat(line.size()).isEqualTo(97);
        assertThat(order(line, 200)).hasSize(97).containsOnly("flood");
        assertThat(line.size()).isZero();
    }

    @Test
    void tokensAreSharedEquallyWhateverTheSizeOfRequests() {
        var random = new Random(11);
        var line = new Line<One>();
        var largest = Map.of("small", 100, "middle", 1_000, "large", 4_000);
        var taken = new HashMap<String, Long>();
        largest.forEach((flow, most) -> {
            for (int i = 0; i < 3; i++) {
                line.add(new One(flow, 1 + random.nextInt(most)));
            }
        });
        for (int i = 0; i < 30_000; i++) { // each has always three in line
            var one = line.next(_ -> true, _ -> true).orElseThrow();
            taken.merge(one.flow(), one.cost(), Long::sum);
            line.add(new One(one.flow(), 1 + random.nextInt(largest.getOrDefault(one.flow(), 1))));
        }
        long whole = taken.values().stream().mapToLong(each -> each).sum();
        taken.forEach(
                (flow, tokens) -> assertThat(3.0 * tokens / whole).as(flow).isBetween(0.97, 1.03));
    }

    @Test
    void whatWasNotTakenIsGivenBackToTheFlow() {
        var line = new Line<One>();
        for (int i = 0; i < 40; i++) {
            line.add(new One("modest", 10 * Line.QUANTUM));
            line.add(new One("greedy", 10 * Line.QUANTUM));
        }
        var order = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            var one = line.next(_ -> true, _ -> true).orElseThrow();
            order.add(one.flow());
            if (one.flow().equals("modest")) {
                line.giveBack("modest", 5 * Line.QUANTUM); // it took half of what it asked for
            }
        }
        assertThat(order.stream().filter("modest"::equals).count()).isBetween(19L, 21L);
    }

    @Test
    void theNextOneWaitsForRoomAndIsNotPassed() {
        var line = new Line<One>();
        line.add(new One("ann", Line.QUANTUM));
        line.add(new One("ben", Line.QUANTUM));
        assertThat(line.next(_ -> true, one -> one.flow().equals("ben"))).isEmpty();
        assertThat(line.next(one -> one.flow().equals("ben"), _ -> true))
                .map(One::flow)
                .contains("ben");
        assertThat(line.next(_ -> false, _ -> true)).isEmpty();
        assertThat(line.next(_ -> true, _ -> true)).map(One::flow).contains("ann");
    }

    @Test
    void withinATenantNobodyPassesItsOwnEarlierOne() {
        var line = new Line<One>();
        line.add(new One("acme", "ann", 1));
        line.add(new One("acme", "ann", 2));
        line.add(new One("acme", "ben", 3));
        assertThat(line.next(one -> one.cost() > 1, _ -> true)).map(One::cost).contains(3L);
        assertThat(line.next(one -> one.cost() > 1, _ -> true)).isEmpty();
        assertThat(line.all()).hasSize(2);
    }
}
