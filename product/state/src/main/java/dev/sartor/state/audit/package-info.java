/// The audit log: entries in files, each with the digest of the one before, their head signed and told elsewhere. What an
/// entry says is `serve`'s.
@Door
@NullMarked
package dev.sartor.state.audit;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
