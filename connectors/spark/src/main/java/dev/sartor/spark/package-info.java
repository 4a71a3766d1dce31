/// Sartor's work over tables of Apache Spark: vectors, answers, scores, duplicates, leaks and indexes of more rows than one
/// machine computes. {@link Sartor} is for programs that have a Spark session, `sartor table` for those who have none. What is
/// computed of a row is other rooms' work; here stands how it is spread over executors.
@NullMarked
package dev.sartor.spark;

import org.jspecify.annotations.NullMarked;
