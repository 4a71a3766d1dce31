package dev.sartor.spark;

import dev.sartor.core.SartorException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/// Rows joined into clusters, each named by its earliest row. Each row takes the least name that it or one of its neighbours has,
/// and then the name that the row of that name has, until nothing changes: with every round a cluster's name goes twice as far.
///
/// @param alike `row`, `earlier` and `score`, as of {@link NearDuplicateTable}
record RowClusters(JavaRDD<Row> alike) {
    /// As 2^32 rows in one chain would take.
    private static final int MOST_ROUNDS = 32;

    private record Nearest(long row, double score) implements Serializable {
        /// The more alike one; of two the earlier one.
        static Nearest of(Nearest one, Nearest other) {
            if (one.score != other.score) {
                return one.score > other.score ? one : other;
            }
            return one.row < other.row ? one : other;
        }
    }

    /// `row`, `kept`, `nearest` and `score` of all rows but the earliest of each cluster.
    JavaRDD<Row> duplicates() {
        var both =
                alike.flatMapToPair(
                                pair -> {
                                    long row = pair.getLong(0);
                                    long earlier = pair.getLong(1);
                                    double score = pair.getDouble(2);
                                    return List.of(
                                                    new Tuple2<>(row, new Nearest(earlier, score)),
                                                    new Tuple2<>(earlier, new Nearest(row, score)))
                                            .iterator();
                                })
                        .persist(StorageLevel.MEMORY_AND_DISK());
        var neighbours = both.mapToPair(each -> new Tuple2<>(each._2().row(), each._1()));
        var nearest = both.reduceByKey(Nearest::of);
        return settled(neighbours)
                .filter(each -> !each._1().equals(each._2()))
                .join(nearest)
                .map(each ->
                        RowFactory.create(
                                each._1(),
                                each._2()._1(),
                                each._2()._2().row(),
                                each._2()._2().score()));
    }

    /// The earliest row of each row's cluster.
    ///
    /// @param neighbours in both directions
    private static JavaPairRDD<Long, Long> settled(JavaPairRDD<Long, Long> neighbours) {
        var named =
                neighbours
                        .reduceByKey(Math::min)
                        .mapToPair(each -> new Tuple2<>(each._1(), Math.min(each._1(), each._2())))
                        .persist(StorageLevel.MEMORY_AND_DISK());
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var next = renamed(neighbours, named).persist(StorageLevel.MEMORY_AND_DISK());
            long changed =
                    next.join(named).filter(each -> !each._2()._1().equals(each._2()._2())).count();
            named.unpersist();
            named = next;
            if (changed == 0) {
                return named;
            }
        }
        throw SartorException.defect("clusters of duplicates do not settle");
    }

    private static JavaPairRDD<Long, Long> renamed(
            JavaPairRDD<Long, Long> neighbours, JavaPairRDD<Long, Long> named) {
        var least = named.union(names(neighbours, named)).reduceByKey(Math::min);
        var further = names(least.mapToPair(Tuple2::swap), named);
        return least.union(further).reduceByKey(Math::min);
    }

    /// The name of the first row of each pair, for the second.
    private static JavaPairRDD<Long, Long> names(
            JavaPairRDD<Long, Long> pairs, JavaPairRDD<Long, Long> named) {
        return pairs.join(named).mapToPair(Tuple2::_2);
    }
}
