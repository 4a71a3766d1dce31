/// Callers whom an identity provider vouches for (OpenID Connect): its tokens are verified here, and say who asks. Logins and
/// sessions are the provider's.
@Door
@NullMarked
package dev.sartor.serve.oidc;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
