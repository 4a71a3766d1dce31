/// What a server keeps: the keys that were issued, in a file of SQLite or in a database that several servers share. Which
/// requests they let in is decided in `serve`; what the knowledge of documents needs lies in indexes, not here.
@NullMarked
package dev.sartor.state;

import org.jspecify.annotations.NullMarked;
