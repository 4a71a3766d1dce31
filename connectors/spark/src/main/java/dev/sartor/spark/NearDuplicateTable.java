package dev.sartor.spark;

import dev.sartor.core.file.Sha256;
import dev.sartor.curate.SpreadDuplicates;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/// The step `near_duplicates` over a table: rows meet in buckets by a shuffle of each band's keys, pairs that may be alike are
/// joined with their texts and compared, and what is alike is joined into clusters. A text stands in one tier by its length, or
/// in two: its place is its row's number and the tier.
record NearDuplicateTable(SpreadDuplicates settings) {
    private static final StructType FOLDED =
            new StructType()
                    .add("row", DataTypes.LongType)
                    .add("key", DataTypes.StringType)
                    .add("folded", DataTypes.StringType);
    private static final StructType HELD =
            new StructType().add("place", DataTypes.LongType).add("folded", DataTypes.StringType);
    private static final StructType BUCKETED =
            new StructType().add("bucket", DataTypes.LongType).add("place", DataTypes.LongType);
    private static final StructType PAIRS =
            new StructType().add("place", DataTypes.LongType).add("earlier", DataTypes.LongType);
    private static final StructType SKETCHED =
            new StructType()
                    .add("place", DataTypes.LongType)
                    .add("length", DataTypes.IntegerType)
                    .add("sketch", DataTypes.createArrayType(DataTypes.LongType, false));
    private static final StructType ALIKE =
            new StructType()
                    .add("row", DataTypes.LongType)
                    .add("earlier", DataTypes.LongType)
                    .add("score", DataTypes.DoubleType);
    private static final StructType RESULT =
            new StructType()
                    .add("row", DataTypes.LongType)
                    .add("kept", DataTypes.LongType)
                    .add("nearest", DataTypes.LongType)
                    .add("score", DataTypes.DoubleType);

    /// Bits of a bucket's number below the tier's and the band's: the key.
    private static final int KEY = 32;

    private static final int BAND = 10;

    /// Duplicates by the numbers of rows: `row`, `kept` (the earliest of its cluster), `nearest` and `score`.
    ///
    /// @param texts `row`, a number, and `text`, which may be null
    Dataset<Row> duplicates(Dataset<Row> texts) {
        var context = texts.sparkSession().sparkContext();
        context.setJobDescription("sartor: near duplicates");
        try {
            var folded =
                    texts.filter(functions.col("text").isNotNull())
                            .map(
                                    (MapFunction<Row, Row>) NearDuplicateTable::folded,
                                    Encoders.row(FOLDED))
                            .filter((FilterFunction<Row>) row -> !row.getString(2).isEmpty());
            var distinct =
                    folded.groupBy("key")
                            .agg(functions.min(functions.struct("row", "folded")).as("first"))
                            .select("key", "first.row", "first.folded")
                            .persist(StorageLevel.MEMORY_AND_DISK());
            var held =
                    distinct.mapPartitions(new Placed(settings), Encoders.row(HELD))
                            .persist(StorageLevel.MEMORY_AND_DISK());
            var edges =
                    equal(folded, distinct)
                            .union(alike(held, tiers(held)))
                            .persist(StorageLevel.MEMORY_AND_DISK());
            var clusters = new RowClusters(edges.toJavaRDD()).duplicates();
            return texts.sparkSession().createDataFrame(clusters, RESULT);
        } finally {
            context.setJobDescription(null);
        }
    }

    private static Row folded(Row row) {
        var folded = SpreadDuplicates.folded(row.getString(1));
        return RowFactory.create(row.getLong(0), Sha256.of(folded), folded);
    }

    /// How many texts each tier holds.
    private static long[] tiers(Dataset<Row> held) {
        var counts = new long[SpreadDuplicates.TIERS];
        held.groupBy(functions.col("place").mod(SpreadDuplicates.TIERS).as("tier"))
                .count()
                .collectAsList()
                .forEach(row -> counts[(int) row.getLong(0)] = row.getLong(1));
        return counts;
    }

    private static int tier(long place) {
        return (int) (place % SpreadDuplicates.TIERS);
    }

    /// Rows that fold to one text, with the earliest of them.
    private static Dataset<Row> equal(Dataset<Row> folded, Dataset<Row> distinct) {
        var earliest = distinct.select(functions.col("key"), functions.col("row").as("earlier"));
        return folded.select("row", "key")
                .join(earliest, "key")
                .filter(functions.col("row").notEqual(functions.col("earlier")))
                .select(
                        functions.col("row"),
                        functions.col("earlier"),
                        functions.lit(1.0).as("score"));
    }

    /// Pairs of rows of one tier that are alike.
    private Dataset<Row> alike(Dataset<Row> held, long[] tiers) {
        var pairs =
                held.mapPartitions(new Bucketed(settings, tiers), Encoders.row(BUCKETED))
                        .repartition(functions.col("bucket"))
                        .sortWithinPartitions("bucket", "place")
                        .mapPartitions(
                                (MapPartitionsFunction<Row, Row>) BucketPairs::new,
                                Encoders.row(PAIRS))
                        .distinct();
        var sketches = held.mapPartitions(new Sketched(settings, tiers), Encoders.row(SKETCHED));
        var similar =
                withBoth(pairs, sketches)
                        .filter(new IsSimilar(settings))
                        .select("place", "earlier");
        return withBoth(similar, held)
                .map(new Compared(settings), Encoders.row(ALIKE))
                .filter((FilterFunction<Row>) pair -> pair.getDouble(2) > 0);
    }

    /// Pairs with what is known of both, the later one's first.
    private static Dataset<Row> withBoth(Dataset<Row> pairs, Dataset<Row> known) {
        var names =
                List.of(known.columns()).stream().filter(name -> !name.equals("place")).toList();
        var first = new ArrayList<Column>(List.of(functions.col("place")));
        var second = new ArrayList<Column>(List.of(functions.col("place").as("earlier")));
        var all = new ArrayList<Column>(List.of(functions.col("place"), functions.col("earlier")));
        for (var name : names) {
            first.add(functions.col(name).as("its_" + name));
            all.add(functions.col("its_" + name));
        }
        for (var name : names) {
            second.add(functions.col(name).as("other_" + name));
            all.add(functions.col("other_" + name));
        }
        return pairs.join(known.select(first.toArray(Column[]::new)), "place")
                .join(known.select(second.toArray(Column[]::new)), "earlier")
                .select(all.toArray(Column[]::new));
    }

    /// The places of each text.
    private record Placed(SpreadDuplicates settings) implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> distinct) {
            return new Spread(
                    distinct,
                    row ->
                            IntStream.range(0, SpreadDuplicates.TIERS)
                                    .filter(tier -> settings.holds(tier, row.getString(2).length()))
                                    .mapToObj(tier ->
                                            RowFactory.create(
                                                    row.getLong(1) * SpreadDuplicates.TIERS + tier,
                                                    row.getString(2)))
                                    .iterator());
        }
    }

    private static SpreadDuplicates.Bands[] bands(SpreadDuplicates settings, long[] tiers) {
        return IntStream.range(0, tiers.length)
                .mapToObj(tier -> settings.bands(tier, Math.max(1, tiers[tier])))
                .toArray(SpreadDuplicates.Bands[]::new);
    }

    /// The buckets of each text: the tier, the band, and what the texts of the bucket have in common there.
    private record Bucketed(SpreadDuplicates settings, long[] tiers)
            implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> held) {
            var bands = bands(settings, tiers);
            FlatMapFunction<Row, Row> buckets =
                    row -> {
                        long place = row.getLong(0);
                        int tier = tier(place);
                        var keys = bands[tier].keys(row.getString(1));
                        return IntStream.range(0, keys.length)
                                .mapToObj(band ->
                                        RowFactory.create(bucket(tier, band, keys[band]), place))
                                .iterator();
                    };
            return new Spread(held, buckets);
        }

        private static long bucket(int tier, int band, int key) {
            return ((long) tier << BAND | band) << KEY | Integer.toUnsignedLong(key);
        }
    }

    private record Sketched(SpreadDuplicates settings, long[] tiers)
            implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> held) {
            var bands = bands(settings, tiers);
            FlatMapFunction<Row, Row> sketch =
                    row -> {
                        var text = row.getString(1);
                        var made = bands[tier(row.getLong(0))].sketch(text);
                        return List.of(RowFactory.create(row.getLong(0), text.length(), made))
                                .iterator();
                    };
            return new Spread(held, sketch);
        }
    }

    private record IsSimilar(SpreadDuplicates settings) implements FilterFunction<Row> {
        @Override
        public boolean call(Row pair) {
            return settings.isPossible(pair.getInt(2), pair.getInt(4))
                    && settings.areSimilar(tier(pair.getLong(0)), longs(pair, 3), longs(pair, 5));
        }

        private static long[] longs(Row pair, int at) {
            return pair.<Long>getList(at).stream().flatMapToLong(LongStream::of).toArray();
        }
    }

    private record Compared(SpreadDuplicates settings) implements MapFunction<Row, Row> {
        @Override
        public Row call(Row pair) {
            double likeness = settings.likeness(pair.getString(2), pair.getString(3));
            return RowFactory.create(
                    pair.getLong(0) / SpreadDuplicates.TIERS,
                    pair.getLong(1) / SpreadDuplicates.TIERS,
                    likeness);
        }
    }
}
