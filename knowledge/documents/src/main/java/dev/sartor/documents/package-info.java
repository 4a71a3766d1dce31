/// Documents as they were read, with their sections, metadata and access rules. Where they come from is in
/// `documents.source`.
@NullMarked
package dev.sartor.documents;

import org.jspecify.annotations.NullMarked;
