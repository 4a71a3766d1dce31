/// Brings models to this machine and names what is here. {@link dev.sartor.hub.Hub} is the one way in; where the bytes
/// come from is the business of the packages below.
@NullMarked
package dev.sartor.hub;

import org.jspecify.annotations.NullMarked;
