package dev.sartor.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a package that other rooms may use besides the room's own, `dev.sartor.ROOM`. Stands in its package-info; a room
/// has at most four.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface Door {}
