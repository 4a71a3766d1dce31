package dev.sartor.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// Rows that are written by COPY, many at once.
final class Copied {
    /// An empty cell.
    static final Object NONE = new Object();

    private final String table;
    private final StringBuilder rows = new StringBuilder();

    Copied(String table) {
        this.table = table;
    }

    void row(Object... values) {
        for (int i = 0; i < values.length; i++) {
            rows.append(i == 0 ? "" : "\t");
            if (values[i] == NONE) {
                rows.append("\\N");
            } else {
                append(values[i].toString());
            }
        }
        rows.append('\n');
    }

    private void append(String value) {
        for (int i = 0; i < value.length(); i++) {
            char sign = value.charAt(i);
            switch (sign) {
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                case '\0' -> rows.append('\ufffd');
                default -> rows.append(sign);
            }
        }
    }

    int length() {
        return rows.length();
    }

    void write(Connection connection) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        rows.setLength(0);
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin", new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new SQLException("copying into " + table + ": " + e.getMessage(), "08006", e);
        }
    }
}
