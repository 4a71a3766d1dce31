/// The fields of an index that hold pages and metadata, as Lucene stores and compares them.
/// What a user asks of them are conditions, in the room's own package.
@NullMarked
package dev.sartor.retrieve.field;

import org.jspecify.annotations.NullMarked;
