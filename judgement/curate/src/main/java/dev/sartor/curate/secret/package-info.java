/// Secrets in texts: keys, tokens and passwords, found by the forms that their issuers give them, by the names that they are
/// assigned to, and by how random they look. Keywords decide where a rule looks at all. Texts alone: no files, no settings file.
@NullMarked
package dev.sartor.curate.secret;

import org.jspecify.annotations.NullMarked;
