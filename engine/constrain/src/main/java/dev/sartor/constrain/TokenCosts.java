package dev.sartor.constrain;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Tokens grouped by how many more tokens complete the text after them.
final class TokenCosts {
    /// As numbers while they are few, as bits when they are many.
    private record Group(int cost, int[] few, TokenSet many) {
        long bytes() {
            return 48 + 4L * few.length + many.bytes();
        }

        void addTo(TokenSet set) {
            for (int token : few) {
                set.add(token);
            }
            set.addAll(many);
        }
    }

    private static final TokenSet NONE = new TokenSet(0);

    private final Group[] groups;

    private TokenCosts(Group[] groups) {
        this.groups = groups;
    }

    /// Adds those after which at most this many tokens complete the text.
    void addTo(TokenSet set, int budget) {
        for (var group : groups) {
            if (group.cost() > budget) {
                return;
            }
            group.addTo(set);
        }
    }

    /// Memory that it takes.
    long bytes() {
        return Arrays.stream(groups).mapToLong(Group::bytes).sum();
    }

    /// The largest cost; 0 where there are no tokens.
    int most() {
        return groups.length == 0 ? 0 : groups[groups.length - 1].cost();
    }

    /// Collects tokens in any order.
    static final class Collector {
        private final int vocabulary;
        private final Map<Integer, Tokens> byCost = new TreeMap<>();

        Collector(int vocabulary) {
            this.vocabulary = vocabulary;
        }

        private static final class Tokens {
            private int[] numbers = new int[8];
            private int count;

            void add(int token) {
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = token;
            }
        }

        void add(int token, int cost) {
            byCost.computeIfAbsent(cost, _ -> new Tokens()).add(token);
        }

        TokenCosts costs() {
            return new TokenCosts(
                    byCost.entrySet().stream()
                            .map(each -> group(each.getKey(), each.getValue()))
                            .toArray(Group[]::new));
        }

        private Group group(int cost, Tokens tokens) {
            // An int takes the place of 32 tokens' bits.
            if (tokens.count < vocabulary / 32) {
                return new Group(cost, Arrays.copyOf(tokens.numbers, tokens.count), NONE);
            }
            var set = new TokenSet(vocabulary);
            for (int i = 0; i < tokens.count; i++) {
                set.add(tokens.numbers[i]);
            }
            return new Group(cost, new int[0], set);
        }
    }
}
