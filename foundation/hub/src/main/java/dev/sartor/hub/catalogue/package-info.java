/// What is known of models without fetching them: names, files with digests, licences. Whether a licence allows a use
/// is decided in `hub`.
@Door
@NullMarked
package dev.sartor.hub.catalogue;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
