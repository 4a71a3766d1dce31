package dev.sartor.cli.limits;

import dev.sartor.core.SartorException;
import dev.sartor.state.IssuedKeys;
import dev.sartor.state.LimitSubject;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Whose limits.
final class SubjectOptions {
    @Option(
            names = "--key",
            paramLabel = "ID",
            description = "The id of a key (`sartor keys list`).")
    Optional<String> key = Optional.empty();

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "A tenant: all its keys together.")
    Optional<String> tenant = Optional.empty();

    @Option(names = "--each-key", description = "Each key that has no limits of its own.")
    boolean eachKey;

    @Option(names = "--each-tenant", description = "Each tenant that has no limits of its own.")
    boolean eachTenant;

    LimitSubject subject() {
        var named = new ArrayList<LimitSubject>();
        key.map(LimitSubject::key).ifPresent(named::add);
        tenant.map(LimitSubject::tenant).ifPresent(named::add);
        if (eachKey) {
            named.add(LimitSubject.each(LimitSubject.Kind.KEY));
        }
        if (eachTenant) {
            named.add(LimitSubject.each(LimitSubject.Kind.TENANT));
        }
        if (named.size() != 1) {
            throw SartorException.user(
                    "limits are those of one: give --key, --tenant, --each-key or --each-tenant, and only one"
                            + " of these.");
        }
        return named.getFirst();
    }

    /// The same; a key that looks like an issued one must have been.
    LimitSubject known(IssuedKeys keys) {
        var subject = subject();
        if (key.isPresent()
                && key.get().startsWith("key-")
                && keys.list().stream().noneMatch(each -> each.id().equals(key.get()))) {
            throw SartorException.user(
                    "there is no key "
                            + key.get()
                            + ": `sartor keys list` shows the ids of those that there are.");
        }
        return subject;
    }
}
