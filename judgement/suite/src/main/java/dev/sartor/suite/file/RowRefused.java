package dev.sartor.suite.file;

/// What is wrong with one row; {@link BenchmarkFiles} names file and line, and goes on with the next.
final class RowRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowRefused(String what) {
        super(what, null, false, false);
    }
}
