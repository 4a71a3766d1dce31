package dev.sartor.postgres;

import dev.sartor.core.Json;
import dev.sartor.retrieve.Condition;
import dev.sartor.retrieve.Conditions;
import dev.sartor.retrieve.MetadataValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Conditions as documents: those of the documents that the asker may read for which all of them hold.
record Where(Connection connection, Tables tables, Admitted admitted) {
    /// @return the documents' numbers; empty where there are no conditions
    static Optional<int[]> of(
            Connection connection, Tables tables, Admitted admitted, Conditions where)
            throws SQLException {
        return where.all().isEmpty()
                ? Optional.empty()
                : Optional.of(new Where(connection, tables, admitted).documents(where.all()));
    }

    private int[] documents(List<Condition> conditions) throws SQLException {
        var sql =
                new StringBuilder("select number from ")
                        .append(tables.documents())
                        .append(" where rule = any(?)");
        var values = new ArrayList<Object>();
        values.add(admitted.array());
        for (var condition : conditions) {
            if (!Conditions.isAlwaysKnown(condition.field()) && !isKnown(condition.field())) {
                throw Conditions.unknown(condition.field(), known());
            }
            sql.append(" and ");
            if (condition.operator() == Condition.Operator.OTHER) {
                sql.append("not ");
            }
            sql.append(
                    condition.isOfPath() ? paths(condition, values) : metadata(condition, values));
        }
        return numbers(sql.toString(), values.toArray());
    }

    private int[] numbers(String sql, Object... values) throws SQLException {
        return Sql.rows(connection, row -> row.getInt(1), sql, values).stream()
                .mapToInt(each -> each)
                .toArray();
    }

    /// `??` is the operator `?` of jsonb, whether an object has the key.
    private boolean isKnown(String field) throws SQLException {
        return Sql.text(
                        connection,
                        "select 1 from "
                                + tables.documents()
                                + " where rule = any(?) and metadata ?? ? limit 1",
                        admitted.array(),
                        Sql.storable(field))
                .isPresent();
    }

    private TreeSet<String> known() throws SQLException {
        return new TreeSet<>(
                Sql.rows(
                        connection,
                        row -> row.getString(1),
                        "select distinct jsonb_object_keys(metadata) from "
                                + tables.documents()
                                + " where rule = any(?)",
                        admitted.array()));
    }

    private record Pathed(int number, String path) {}

    /// A pattern is looked at here; the database finds what begins alike.
    private String paths(Condition condition, List<Object> values) throws SQLException {
        var fits = condition.fittingPaths();
        values.add(
                Sql.rows(
                                connection,
                                row -> new Pathed(row.getInt(1), row.getString(2)),
                                "select number, path from "
                                        + tables.documents()
                                        + " where rule = any(?) and starts_with(path, ?)",
                                admitted.array(),
                                Sql.storable(condition.beginning()))
                        .stream()
                        .filter(each -> fits.test(each.path()))
                        .mapToInt(Pathed::number)
                        .toArray());
        return "number = any(?)";
    }

    private static String metadata(Condition condition, List<Object> values) {
        var any = new ArrayList<String>();
        var compared = MetadataValue.of(condition.value());
        var number = compared.number();
        var from = first(compared.from());
        var until = last(compared.until());
        switch (condition.operator()) {
            case EQUAL, OTHER -> {
                any.add("metadata @> ?::jsonb");
                values.add(holding(condition));
                if (number.isPresent()) {
                    any.add(between(condition, "n", number, number, values));
                }
                if (from.isPresent()) {
                    any.add(between(condition, "m", from, until, values));
                }
            }
            case AT_LEAST -> {
                if (number.isPresent()) {
                    any.add(between(condition, "n", number, OptionalDouble.empty(), values));
                }
                if (from.isPresent()) {
                    any.add(between(condition, "m", from, OptionalDouble.empty(), values));
                }
            }
            case AT_MOST -> {
                if (number.isPresent()) {
                    any.add(between(condition, "n", OptionalDouble.empty(), number, values));
                }
                if (until.isPresent()) {
                    any.add(between(condition, "m", OptionalDouble.empty(), until, values));
                }
            }
        }
        return "(" + any.stream().collect(Collectors.joining(" or ")) + ")";
    }

    private static OptionalDouble first(OptionalLong from) {
        return from.isPresent()
                ? OptionalDouble.of((double) from.getAsLong())
                : OptionalDouble.empty();
    }

    /// The last moment before this one.
    private static OptionalDouble last(OptionalLong until) {
        return until.isPresent()
                ? OptionalDouble.of(until.getAsLong() - 1.0)
                : OptionalDouble.empty();
    }

    /// A document that has the very value.
    private static String holding(Condition condition) {
        var json = Json.mapper().createObjectNode();
        json.putArray(Sql.storable(condition.field()))
                .addObject()
                .put("t", Sql.storable(condition.value()));
        return json.toString();
    }

    private static String between(
            Condition condition,
            String kind,
            OptionalDouble from,
            OptionalDouble to,
            List<Object> values) {
        values.add(Sql.storable(condition.field()));
        var sql =
                new StringBuilder(
                        "exists (select 1 from jsonb_array_elements(metadata -> ?) e where (e ->> '"
                                + kind
                                + "')::float8 is not null");
        from.ifPresent(each -> {
            sql.append(" and (e ->> '").append(kind).append("')::float8 >= ?");
            values.add(each);
        });
        to.ifPresent(each -> {
            sql.append(" and (e ->> '").append(kind).append("')::float8 <= ?");
            values.add(each);
        });
        return sql.append(")").toString();
    }
}
