package dev.sartor.constrain.automaton;

import java.util.BitSet;

/// A set of Unicode's characters; halves of surrogate pairs are none. Immutable.
public final class CodePoints {
    private static final int COUNT = Character.MAX_CODE_POINT + 1;

    private final BitSet set;

    private CodePoints(BitSet set) {
        set.clear(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
        this.set = set;
    }

    @FunctionalInterface
    interface RangeSink {
        void accept(int low, int high);
    }

    /// Whether a text has no half of a surrogate pair.
    public static boolean areWhole(String text) {
        return text.codePoints()
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    public static CodePoints all() {
        return range(0, COUNT - 1);
    }

    static CodePoints none() {
        return new CodePoints(new BitSet());
    }

    public static CodePoints of(int... each) {
        var set = new BitSet();
        for (int one : each) {
            set.set(one);
        }
        return new CodePoints(set);
    }

    public static CodePoints range(int low, int high) {
        var set = new BitSet();
        set.set(low, high + 1);
        return new CodePoints(set);
    }

    static CodePoints where(java.util.function.IntPredicate holds) {
        var set = new BitSet();
        for (int c = 0; c < COUNT; c++) {
            set.set(c, holds.test(c));
        }
        return new CodePoints(set);
    }

    CodePoints or(CodePoints other) {
        var both = (BitSet) set.clone();
        both.or(other.set);
        return new CodePoints(both);
    }

    public CodePoints minus(CodePoints other) {
        var rest = (BitSet) set.clone();
        rest.andNot(other.set);
        return new CodePoints(rest);
    }

    CodePoints complement() {
        return all().minus(this);
    }

    boolean contains(int codePoint) {
        return set.get(codePoint);
    }

    boolean isEmpty() {
        return set.isEmpty();
    }

    void forEachRange(RangeSink sink) {
        for (int low = set.nextSetBit(0); low >= 0; ) {
            int end = set.nextClearBit(low);
            sink.accept(low, end - 1);
            low = set.nextSetBit(end);
        }
    }
}
