package dev.sartor.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Statements with their values, so that nothing of a value is read as SQL.
final class Sql {
    /// Of pgvector's binary form: two bytes for the dimension, two that are not used, then big-endian floats.
    private static final int BEFORE_FLOATS = 4;

    private Sql() {}

    /// Makes something of a row.
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// @return how many rows were changed
    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static <T> List<T> rows(Connection connection, Row<T> made, String sql, Object... values)
            throws SQLException {
        try (var statement = prepared(connection, sql, values);
                var found = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (found.next()) {
                rows.add(made.of(found));
            }
            return rows;
        }
    }

    static Optional<String> text(Connection connection, String sql, Object... values)
            throws SQLException {
        return rows(connection, row -> Optional.ofNullable(row.getString(1)), sql, values).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    static int number(Connection connection, String sql, Object... values) throws SQLException {
        return rows(connection, row -> row.getInt(1), sql, values).getFirst();
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                switch (values[i]) {
                    case int[] numbers ->
                            statement.setArray(
                                    i + 1, connection.createArrayOf("int4", boxed(numbers)));
                    case double[] numbers ->
                            statement.setArray(
                                    i + 1, connection.createArrayOf("float8", boxed(numbers)));
                    case Collection<?> texts ->
                            statement.setArray(
                                    i + 1, connection.createArrayOf("text", texts.toArray()));
                    case float[] vector -> statement.setString(i + 1, vector(vector));
                    case Object value -> statement.setObject(i + 1, value);
                }
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static Integer[] boxed(int[] numbers) {
        var boxed = new Integer[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }

    private static Double[] boxed(double[] numbers) {
        var boxed = new Double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }

    /// As pgvector writes it.
    static String vector(float[] vector) {
        var text = new StringBuilder(vector.length * 12).append('[');
        for (int i = 0; i < vector.length; i++) {
            text.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return text.append(']').toString();
    }

    /// What `vector_send` gives.
    static float[] floats(byte[] sent) {
        var floats =
                ByteBuffer.wrap(sent, BEFORE_FLOATS, sent.length - BEFORE_FLOATS)
                        .slice()
                        .asFloatBuffer();
        var vector = new float[floats.remaining()];
        floats.get(vector);
        return vector;
    }

    /// A database's text holds no NUL, which becomes the sign for what cannot be shown.
    static String storable(String text) {
        return text.replace('\0', '\ufffd');
    }
}
