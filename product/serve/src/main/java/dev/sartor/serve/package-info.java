/// What is served and who may ask for it. The server is in `serve.server`.
@NullMarked
package dev.sartor.serve;

import org.jspecify.annotations.NullMarked;
