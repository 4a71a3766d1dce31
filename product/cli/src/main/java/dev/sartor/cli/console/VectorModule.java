package dev.sartor.cli.console;

import java.lang.reflect.InaccessibleObjectException;

/// Brings the Vector API, which the kernels and Lucene compute with, into a JVM that was started without it.
///
/// As `--add-modules` it would rule the AOT cache out, and the JVM would print a warning about an incubator module
/// that no option silences. So it is loaded as the JDK itself loads `java.instrument` into a running JVM, in a layer
/// above the boot layer; that layer then takes the boot layer's place, where Lucene looks for the module. For this the
/// launcher opens two packages of JDK 25's `java.base`, the only JDK that it accepts.
public final class VectorModule {
    static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /// Does nothing where the JVM was started with the module, or not by the launcher. What needs the module then says so
    /// ({@link Failures}).
    public static void load() {
        if (ModuleLayer.boot().findModule(NAME).isPresent()) {
            return;
        }
        try {
            var module =
                    (Module)
                            Class.forName("jdk.internal.module.Modules")
                                    .getMethod("loadModule", String.class)
                                    .invoke(null, NAME);
            var boot = System.class.getDeclaredField("bootLayer");
            boot.setAccessible(true);
            boot.set(null, module.getLayer());
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            org.slf4j.LoggerFactory.getLogger(VectorModule.class).debug("not loaded: {}", NAME, e);
        }
    }

    /// Whether something failed because the module is not there.
    static boolean isMissing(Throwable failure) {
        return failure instanceof NoClassDefFoundError missing
                && String.valueOf(missing.getMessage()).contains(NAME.replace('.', '/'));
    }
}
