package dev.sartor.template.value;

import java.math.BigInteger;

/// What an expression evaluates to: Python's values, as far as templates meet them. All but {@link Namespace}, {@link
/// Loop} and {@link OneShot} are immutable.
public sealed interface Value
        permits Text,
                Items,
                OneShot,
                Dict,
                Namespace,
                Loop,
                Function,
                Value.Int,
                Value.Real,
                Value.Bool,
                Value.None,
                Value.Undefined {

    /// Python's name of the type, for messages.
    String typeName();

    /// What `if` makes of it.
    boolean isTrue();

    default Nesting nesting() {
        return Nesting.LEAF;
    }

    record Int(BigInteger value) implements Value {
        private static final int MOST_BITS = 4096;

        public Int {
            if (value.bitLength() > MOST_BITS) {
                throw new Fault("a whole number has more than " + MOST_BITS + " bits");
            }
        }

        public static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }

        /// The number as a count or position; beyond 32 bits it is the nearest end of the range, as every use has a limit
        /// far below.
        public int clamped() {
            if (value.bitLength() < Integer.SIZE) {
                return value.intValue();
            }
            return value.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }

        @Override
        public String typeName() {
            return "int";
        }

        @Override
        public boolean isTrue() {
            return value.signum() != 0;
        }
    }

    record Real(double value) implements Value {
        @Override
        public String typeName() {
            return "float";
        }

        @Override
        public boolean isTrue() {
            return value != 0;
        }
    }

    enum Bool implements Value {
        FALSE,
        TRUE;

        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        Int asInt() {
            return Int.of(this == TRUE ? 1 : 0);
        }

        @Override
        public String typeName() {
            return "bool";
        }

        @Override
        public boolean isTrue() {
            return this == TRUE;
        }
    }

    enum None implements Value {
        NONE;

        @Override
        public String typeName() {
            return "NoneType";
        }

        @Override
        public boolean isTrue() {
            return false;
        }
    }

    /// What a name or attribute that is not there evaluates to: prints as nothing, loops over nothing, and refuses
    /// everything else with this message.
    record Undefined(String message) implements Value {
        public static Undefined name(String name) {
            return new Undefined("'" + name + "' is undefined");
        }

        public static Undefined member(Value owner, String name) {
            return new Undefined(
                    "'" + owner.typeName() + " object' has no attribute '" + name + "'");
        }

        @Override
        public String typeName() {
            return "Undefined";
        }

        @Override
        public boolean isTrue() {
            return false;
        }
    }
}
