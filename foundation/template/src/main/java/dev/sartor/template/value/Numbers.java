package dev.sartor.template.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/// Arithmetic and notation of numbers as in Python.
public final class Numbers {
    private static final int MOST_BITS = 4096;
    private static final int MOST_EXPONENT_BITS = 13;
    private static final int MOST_DECIMALS = 400;

    private Numbers() {}

    /// The shortest notation that reads back as the same number.
    public static String repr(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            var plain = decimal.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        var digits = decimal.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + String.format(Locale.ROOT, "e%+03d", exponent);
    }

    /// A whole or real number, where the value is one; `true` counts as 1.
    public static Optional<Value> number(Value value) {
        return switch (value) {
            case Value.Int number -> Optional.of(number);
            case Value.Real real -> Optional.of(real);
            case Value.Bool bool -> Optional.of(bool.asInt());
            default -> Optional.empty();
        };
    }

    public static double asDouble(Value number) {
        return switch (number) {
            case Value.Int whole -> whole.value().doubleValue();
            case Value.Real real -> real.value();
            default -> throw Fault.wrongType("a number is needed", number);
        };
    }

    /// Both must be numbers.
    public static Value calculate(String operator, Value left, Value right) {
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            return calculate(operator, a.value(), b.value());
        }
        return new Value.Real(calculate(operator, asDouble(left), asDouble(right)));
    }

    private static Value calculate(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> new Value.Int(a.add(b));
            case "-" -> new Value.Int(a.subtract(b));
            case "*" -> new Value.Int(a.multiply(b));
            case "/" -> {
                refuseZero(b.signum() == 0);
                yield new Value.Real(a.doubleValue() / b.doubleValue());
            }
            case "//" -> new Value.Int(floorDivided(a, b));
            case "%" -> new Value.Int(a.subtract(floorDivided(a, b).multiply(b)));
            case "**" -> power(a, b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static BigInteger floorDivided(BigInteger a, BigInteger b) {
        refuseZero(b.signum() == 0);
        var parts = a.divideAndRemainder(b);
        boolean isBelow = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        return isBelow ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static Value power(BigInteger a, BigInteger b) {
        if (b.signum() < 0) {
            refuseZero(a.signum() == 0);
            return new Value.Real(Math.pow(a.doubleValue(), b.doubleValue()));
        }
        int size = a.abs().bitLength();
        if (size <= 1) {
            boolean isItself = b.testBit(0);
            var even = b.signum() == 0 ? BigInteger.ONE : a.abs();
            return new Value.Int(isItself ? a : even);
        }
        if (b.bitLength() > MOST_EXPONENT_BITS || (long) size * b.intValue() > MOST_BITS) {
            throw new Fault("a power has more than " + MOST_BITS + " bits");
        }
        return new Value.Int(a.pow(b.intValue()));
    }

    private static double power(double a, double b) {
        refuseZero(a == 0 && b < 0);
        double result = Math.pow(a, b);
        if (Double.isInfinite(result) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
            throw new Fault("a power is too large for a number with a fraction");
        }
        if (Double.isNaN(result) && !Double.isNaN(a) && !Double.isNaN(b)) {
            throw new Fault("a negative number's power with a fraction is no real number");
        }
        return result;
    }

    private static double calculate(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> {
                refuseZero(b == 0);
                yield a / b;
            }
            case "//" -> {
                refuseZero(b == 0);
                yield Math.floor((a - floorMod(a, b)) / b);
            }
            case "%" -> {
                refuseZero(b == 0);
                yield floorMod(a, b);
            }
            case "**" -> power(a, b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static double floorMod(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return Math.copySign(0.0, b);
        }
        return (rest < 0) != (b < 0) ? rest + b : rest;
    }

    private static void refuseZero(boolean isZero) {
        if (isZero) {
            throw new Fault("division by zero");
        }
    }

    public static Value negated(Value number) {
        return switch (number) {
            case Value.Int whole -> new Value.Int(whole.value().negate());
            case Value.Real real -> new Value.Real(-real.value());
            default -> throw Fault.wrongType("'-' needs a number", number);
        };
    }

    /// Exact, also between whole and real numbers; nothing compares with NaN.
    static Optional<Integer> compared(Value left, Value right) {
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            return Optional.of(a.value().compareTo(b.value()));
        }
        double a = asDouble(left);
        double b = asDouble(right);
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Optional.empty();
        }
        if (Double.isInfinite(a) || Double.isInfinite(b)) {
            return Optional.of(Double.compare(a, b));
        }
        return Optional.of(exact(left).compareTo(exact(right)));
    }

    private static BigDecimal exact(Value number) {
        return number instanceof Value.Int whole
                ? new BigDecimal(whole.value())
                : new BigDecimal(asDouble(number));
    }

    public static BigDecimal rounded(double number, int decimals, RoundingMode mode) {
        if (Math.abs((long) decimals) > MOST_DECIMALS) {
            throw new Fault("a number may be rounded to at most " + MOST_DECIMALS + " decimals");
        }
        return new BigDecimal(number).setScale(decimals, mode);
    }

    /// To a number of decimals, halves to even by the exact binary value, as Python's `round` and `%.2f`.
    /// @param decimals negative: to tens, hundreds and so on
    public static Value.Int rounded(Value.Int number, int decimals) {
        if (decimals < -MOST_DECIMALS) {
            throw new Fault("a number may be rounded to at most " + MOST_DECIMALS + " decimals");
        }
        return new Value.Int(
                new BigDecimal(number.value())
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toBigInteger());
    }

    public static BigDecimal rounded(double number, int decimals) {
        return rounded(number, decimals, RoundingMode.HALF_EVEN);
    }
}
